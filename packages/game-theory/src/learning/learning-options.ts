import type { SearchOptions } from '@mechane/numerics';
import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

/**
 * How long a dynamic runs, and from where.
 *
 * @category Learning
 */
export interface LearningOptions extends SearchOptions {
  /** Rounds to play: 1,000 unless given. */
  readonly rounds?: number;
  /** A result after every so many rounds: after the last one only unless given. */
  readonly every?: number;
  /** Where it starts: every player's probabilities; all strategies equally likely unless given. */
  readonly start?: readonly (readonly number[])[];
}

const sloppiness = 1e-9;

/** @throws MechaneError `invalid-game` where the start is no profile of the game */
export function startOf(game: NormalFormGame, { start }: LearningOptions): Float64Array[] {
  if (start === undefined) return game.shape.map((count) => new Float64Array(count).fill(1 / count));
  const wrong = game.shape.findIndex((count, player) => {
    const own = start[player] ?? [];
    const sum = own.reduce((total, weight) => total + weight, 0);
    return own.length !== count || own.some((weight) => !(weight >= 0)) || Math.abs(sum - 1) > sloppiness;
  });
  if (wrong === -1) return start.map((own) => Float64Array.from(own));
  throw invalidGame({
    problem: 'these are no probabilities of the player',
    path: ['start', wrong],
    expected: `${game.shape[wrong]} numbers of 0 or more that sum to 1`,
  });
}
