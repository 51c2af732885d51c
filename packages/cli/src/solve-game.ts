import type { CorrelatedObjective, Game, MethodOf, SolveOptions } from '@mechane/game-theory';
import { emptyGame, unknownLeader, unknownObjective, workbookOfGames } from './errors.ts';
import { type GameTheory, gameTheoryOf } from './game-theory.ts';
import { decodeText, parseJson } from './json-text.ts';

/** What is to be solved, and how. */
export interface GameToSolve {
  readonly bytes: Uint8Array;
  /** The format that the file's name tells; seen from the text where it tells none. */
  readonly format: 'nfg' | 'efg' | undefined;
  readonly method: string | undefined;
  readonly objective: string | undefined;
  /** The name of the player who commits. */
  readonly leader: string | undefined;
  /** Whether a tree is solved as the table of its reduced normal form. */
  readonly normalForm: boolean;
  readonly seconds: number | undefined;
  /** How many milliseconds of them have passed. */
  readonly passed: number;
  /** So many results are told; the others are counted. */
  readonly most: number;
}

/** What players and what they do are called in a game, each by a name of its own. */
export interface GameLabels {
  readonly players: readonly string[];
  /** Of a table. */
  readonly strategies?: readonly (readonly string[])[];
  /** Of a tree. */
  readonly informationSets?: readonly (readonly { readonly label: string; readonly actions: readonly string[] }[])[];
}

/** What is told before the end: what begins, and then results, each as JSON. */
export type SolvedPart =
  | { readonly labels: GameLabels; readonly method: string }
  | { readonly count: number; readonly results: readonly string[] };

/** What a task has besides what it is given, as far as solving needs it. */
interface Host {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly onProgress: (steps: number) => void;
  readonly onPart: (part: SolvedPart) => void;
}

/** Results are told together where they come fast. */
const [mostTogether, longestWait] = [200, 100];

/** Solves a game, and gives all that is said besides the results, as JSON. */
export async function solveGame(
  { bytes, format, method, objective, leader, normalForm, seconds, passed, most }: GameToSolve,
  { cwd, signal, onProgress, onPart }: Host,
): Promise<string> {
  const since = performance.now() - passed;
  const gameTheory = await gameTheoryOf(cwd);
  const read = readGame(Buffer.from(bytes), format, gameTheory);
  const game = normalForm && !('payoff' in read) ? gameTheory.reducedNormalForm(read).game : read;
  const labels = labelsOf(game, gameTheory);
  const chosen = method ?? (gameTheory.methodsFor(game)[0] as string);
  const options: SolveOptions = {
    since,
    signal,
    onProgress,
    ...(seconds === undefined ? {} : { seconds }),
    ...(objective === undefined ? {} : { objective: objectiveOf(objective, labels.players) }),
    ...(leader === undefined ? {} : { leader: leaderOf(leader, labels.players) }),
  };
  onPart({ labels, method: chosen });
  let [told, waiting, count, last]: [number, string[], number, number] = [0, [], 0, performance.now()];
  const flush = (): void => {
    if (count > 0) onPart({ count, results: waiting });
    [waiting, count, last] = [[], 0, performance.now()];
  };
  const found = await gameTheory.solve(game, {
    ...options,
    method: chosen as MethodOf,
    keep: false,
    onResult(result) {
      count += 1;
      if (told++ < most) waiting.push(gameTheory.solutionJson(result));
      if (waiting.length >= mostTogether || performance.now() - last >= longestWait) flush();
    },
  });
  flush();
  const { equilibria: _, ...rest } = found;
  return JSON.stringify(rest);
}

/** Reads a game in the format that its file's name or its text tells. */
export function readGame(bytes: Buffer, format: 'nfg' | 'efg' | undefined, gameTheory: GameTheory): Game {
  const text = decodeText(bytes);
  const [word = ''] = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .split(/\s/, 1);
  if (format === 'nfg' || /^nfg$/i.test(word)) return gameTheory.readNfg(text);
  if (format === 'efg' || /^efg$/i.test(word)) return gameTheory.readEfg(text);
  if (word === '') throw emptyGame();
  if (word.startsWith('<')) throw workbookOfGames();
  // Looked through for what a parser lets pass; numbers are then read from the text, since JavaScript rounds them.
  const value = parseJson(bytes);
  const isTree = typeof value === 'object' && value !== null && 'root' in value;
  return isTree ? gameTheory.readJsonTree(text) : gameTheory.readJsonGame(text);
}

function labelsOf(game: Game, { distinctNames }: GameTheory): GameLabels {
  const players = distinctNames(game.players);
  if ('strategies' in game) return { players, strategies: game.strategies.map(distinctNames) };
  return {
    players,
    informationSets: game.informationSets.map((sets) => {
      const names = distinctNames(sets.map(({ label }) => label));
      return sets.map(({ actions }, set) => ({ label: names[set] as string, actions: distinctNames(actions) }));
    }),
  };
}

function objectiveOf(typed: string, players: readonly string[]): CorrelatedObjective {
  if (typed === 'welfare' || typed === 'fairness') return typed;
  const player = players.indexOf(typed);
  if (player !== -1) return { player };
  throw unknownObjective(typed);
}

function leaderOf(typed: string, players: readonly string[]): number {
  const player = players.indexOf(typed);
  if (player === -1) throw unknownLeader(typed, players);
  return player;
}
