import { pause } from '@mechane/numerics';
import { deviationPayoffs, expectedPayoff } from '../normal-form/deviation-payoffs.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { type LearningOptions, startOf } from './learning-options.ts';
import { type LearntProfile, learntProfile } from './learnt-profile.ts';

/** @category Learning */
export interface ReplicatorOptions extends LearningOptions {
  /** How much time passes in a round: 0.01 unless given. */
  readonly timeStep?: number;
}

/**
 * Replicator dynamics (Taylor and Jonker 1978; of several populations Taylor 1979): the share of a strategy grows at the rate by which it
 * pays more than its population's average. Solved by the Runge–Kutta method of fourth order.
 *
 * @category Learning
 * @example
 * ```ts
 * import { readJsonGame, replicator } from '@mechane/game-theory';
 *
 * const prisoners = readJsonGame({ players: ['a', 'b'], payoffs: [[[2, 0], [3, 1]], [[2, 3], [0, 1]]] });
 * const { results } = replicator(prisoners, { rounds: 2_000, start: [[0.99, 0.01], [0.99, 0.01]] }).now();
 * results[0]?.profile.map(([silent = 1]) => silent < 1e-6); // => [true, true]
 * ```
 */
export function replicator(game: NormalFormGame, options: ReplicatorOptions = {}): Search<LearntProfile> {
  const { rounds = 1_000, every = rounds, timeStep = 0.01 } = options;
  const start = startOf(game, options);
  return new Search(function* (pace) {
    let shares: Float64Array[] = start;
    for (let round = 1; round <= rounds; round++) {
      shares = passTime(game, shares, timeStep);
      if (round % every === 0) yield learntProfile(game, shares, round);
      if (!pace.due()) continue;
      yield pause;
      if (pace.stopped !== undefined && round < rounds) return { complete: false, reason: pace.stopped };
    }
    return { complete: true };
  }, options);
}

function passTime(game: NormalFormGame, shares: Float64Array[], step: number): Float64Array[] {
  const first = growth(game, shares);
  const second = growth(game, moved(shares, first, step / 2));
  const third = growth(game, moved(shares, second, step / 2));
  const fourth = growth(game, moved(shares, third, step));
  return shares.map((own, player) => {
    const next = own.map((share, strategy) => {
      const slope = (rates: Float64Array[]): number => rates[player]?.[strategy] as number;
      return Math.max(0, share + (step / 6) * (slope(first) + 2 * slope(second) + 2 * slope(third) + slope(fourth)));
    });
    const sum = next.reduce((total, share) => total + share, 0);
    return next.map((share) => share / sum);
  });
}

function growth(game: NormalFormGame, shares: Float64Array[]): Float64Array[] {
  return deviationPayoffs(game, shares).map((payoffs, player) => {
    const own = shares[player] as Float64Array;
    const average = expectedPayoff(own, payoffs);
    return own.map((share, strategy) => share * ((payoffs[strategy] as number) - average));
  });
}

function moved(shares: Float64Array[], rates: Float64Array[], time: number): Float64Array[] {
  return shares.map((own, player) =>
    own.map((share, strategy) => share + time * (rates[player]?.[strategy] as number)),
  );
}
