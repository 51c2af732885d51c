import { isMechaneError, type MechaneError } from '@mechane/core';
import type { CorrelatedObjective, Game, Solution } from '@mechane/game-theory';
import type { Place } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { unknownObjective } from '../errors.ts';
import { type GameTheory, gameTheoryOf } from '../game-theory.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { parseJson } from '../json-text.ts';
import { readText } from '../read-input.ts';
import { solutionText } from '../solution-text.ts';

export interface SolveOptions {
  readonly method?: string;
  readonly objective?: string;
  readonly seconds?: number;
  readonly json?: boolean;
}

/** `mechane solve`: the equilibria of a game. The answer is "no" when none was found. */
export async function solve(file: string, options: SolveOptions, context: Context): Promise<number> {
  const { json = false, method, objective, seconds } = options;
  const { output, progress, style, host } = context;
  const { signal } = host;
  const gameTheory = await gameTheoryOf(host.cwd);
  try {
    const game = readGame(await readText(file, host), gameTheory);
    let found: Solution;
    try {
      found = await gameTheory.solve(game, {
        signal,
        ...(method === undefined ? {} : { method }),
        ...(seconds === undefined ? {} : { seconds }),
        ...(objective === undefined ? {} : { objective: objectiveOf(objective, game.players) }),
        onProgress: (steps) => progress.show(() => `${steps.toLocaleString('en')} steps`),
      });
    } finally {
      progress.clear();
    }
    // As JSON, rationals are texts: what is shown to read is the same.
    const told = JSON.parse(JSON.stringify(found)) as Solution;
    await output.write(json ? `${JSON.stringify(told)}\n` : solutionText(told, game, style));
    throwIfInterrupted(signal);
    return told.equilibria.length > 0 || told.method === 'dominance' ? 0 : 1;
  } catch (thrown) {
    if (!isMechaneError(thrown)) throw thrown;
    context.reportError(thrown, { ...placeOf(thrown), file, json });
    return 2;
  }
}

function readGame(text: string, gameTheory: GameTheory): Game {
  const [kind] = text.trimStart().split(/\s/, 1);
  if (kind === 'NFG') return gameTheory.readNfg(text);
  if (kind === 'EFG') return gameTheory.readEfg(text);
  const value = parseJson(Buffer.from(text));
  const isTree = typeof value === 'object' && value !== null && 'root' in value;
  return isTree ? gameTheory.readJsonTree(value) : gameTheory.readJsonGame(value);
}

function objectiveOf(typed: string, players: readonly string[]): CorrelatedObjective {
  if (typed === 'welfare' || typed === 'fairness') return typed;
  const player = players.indexOf(typed);
  if (player !== -1) return { player };
  throw unknownObjective(typed);
}

/** The line and column that the reader of a game file gives as a path. */
function placeOf({ code, path }: MechaneError): Place {
  const [, line, , column] = path;
  return code === 'invalid-file' ? { line: Number(line), column: Number(column) } : {};
}
