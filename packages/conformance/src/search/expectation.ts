import type { AgentId, Random } from '@mechane/core';
import type { Reports } from '../case.ts';
import { agentName, drawSeed } from '../draw/names.ts';
import { drawEvenly } from '../draw/shrink-tree.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Steps } from '../law.ts';
import { numberInWords } from '../words/words.ts';

/** Standard errors that an estimate may be off: a mistake once in three million, as thousands are compared. */
export const sigmas = 5;
/** Draws of the second look, per random profile that the search is given. */
const drawsPerRun = 5;
const fewestDraws = 400;
const groupSizes = [2, 3, 1, 4] as const;

/** A gain on average, and how sure that is. */
export interface Estimate {
  readonly mean: number;
  readonly error: number;
  readonly draws: number;
}

/** The types of everybody, of which one agent's is replaced by its own, and the lot. */
export interface Drawn {
  readonly drawn: readonly unknown[];
  readonly seed: number;
}

/** How many agents expectations are taken over, the most telling numbers first. */
export function sizesExpected({ fewest, most }: Trial): readonly number[] {
  return [...new Set(groupSizes.map((size) => Math.min(most, Math.max(fewest, size))))];
}

/** Draws of a second look, by which something is refuted. */
export function sureDraws({ runs }: Trial): number {
  return Math.max(fewestDraws, drawsPerRun * runs);
}

/** What agents believe of each other. */
export function priorOf({ domain, settings }: Game): ReturnType<Game['domain']['types']> {
  return domain.prior?.(settings) ?? domain.types(settings);
}

/** Draws the types of so many agents, the same for one purpose: differences between reports are then the reports' own. */
export function othersDrawn(trial: Trial, size: number, draws: number, purpose: string): readonly Drawn[] {
  const random: Random = trial.random(`${purpose} ${size}`);
  const flat = drawEvenly(priorOf(trial.game), draws * size, random.below(2 ** 31));
  return Array.from({ length: draws }, (_, draw) => ({
    drawn: flat.slice(draw * size, (draw + 1) * size),
    seed: drawSeed(random),
  }));
}

/** The agent says this, and everybody else what was drawn. */
export function reportsWith(
  game: Game,
  agent: AgentId,
  size: number,
  drawn: readonly unknown[],
  said: unknown,
): Reports {
  const names = Array.from({ length: size }, (_, position) => agentName(position));
  const position = Math.max(0, names.indexOf(agent));
  names[position] = agent;
  const reports = drawn.with(position, said);
  const fitting = game.domain.together?.(reports, game.settings) ?? reports;
  return new Map(names.map((name, index) => [name, fitting[index]]));
}

/** The mean of a gain over draws; where a gain is `undefined` it does not count, and one that is no number spoils the mean. */
export function* estimateOver<Draw>(all: readonly Draw[], gainIn: (one: Draw) => number | undefined): Steps<Estimate> {
  let [sum, squares, counted] = [0, 0, 0];
  for (const one of all) {
    if (counted % 16 === 0) yield undefined;
    const gain = ifSound(() => gainIn(one));
    if (gain === undefined) continue;
    sum += gain;
    squares += gain * gain;
    counted += 1;
  }
  const mean = counted === 0 ? 0 : sum / counted;
  const variance = counted < 2 ? 0 : Math.max(0, squares / counted - mean * mean) * (counted / (counted - 1));
  return { mean, error: Math.sqrt(variance / Math.max(1, counted)), draws: counted };
}

function ifSound(gain: () => number | undefined): number | undefined {
  try {
    return gain();
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    return thrown.kind === 'spoilt' ? Number.NaN : undefined;
  }
}

/** Whether a gain is beyond doubt; a mean that is no number is worse than any. */
export function isGain({ mean, error }: Estimate, approximately: number): boolean {
  return Number.isNaN(mean) || mean - sigmas * error > approximately + 1e-9 * Math.max(1, Math.abs(mean));
}

/** "15.8 ± 4.89". */
export function estimateInWords({ mean, error }: Estimate, digits: number = 3): string {
  const rounded = (number: number): string => numberInWords(Number(number.toPrecision(digits)));
  return `${rounded(mean)} ± ${rounded(sigmas * error)}`;
}
