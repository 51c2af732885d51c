import { pause } from '@mechane/numerics';
import { deviationPayoffs, expectedPayoff, roundingOf } from '../normal-form/deviation-payoffs.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { type LearningOptions, startOf } from './learning-options.ts';
import { type LearntProfile, learntProfile } from './learnt-profile.ts';

/**
 * Where players stand who learn from regret: their average play.
 *
 * @category Learning
 */
export interface NoRegretProfile extends LearntProfile {
  /**
   * What each player would have gained per round, had it played its best strategy throughout. The largest says how far the history of play
   * is from a coarse correlated equilibrium (Moulin and Vial 1978).
   */
  readonly externalRegrets: readonly number[];
}

/** @category Learning */
export interface HedgeOptions extends LearningOptions {
  /** How strongly weights follow payoffs: the square root of 8 ln(strategies)/rounds over the range of payoffs unless given. */
  readonly learningRate?: number;
}

/** Turns the sums of what strategies would have gained so far into the next mixture. */
type Follow = (gains: Float64Array, player: number, next: Float64Array) => void;

/**
 * Regret matching (Hart and Mas-Colell 2000, in mixed strategies against mixed strategies): strategies are played in proportion to what
 * playing them all along would have gained. Average external regret falls at least as fast as the square root of the rounds (Blackwell
 * 1956).
 *
 * @category Learning
 * @example
 * ```ts
 * import { readJsonGame, regretMatching } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[2, -1], [-1, 1]], [[-2, 1], [1, -1]]] });
 * const { results } = regretMatching(pennies, { rounds: 10_000, start: [[1, 0], [1, 0]] }).now();
 * results[0]?.payoffs.map((payoff) => payoff.toFixed(2)); // => ['0.20', '-0.20']
 * ```
 */
export function regretMatching(game: NormalFormGame, options: LearningOptions = {}): Search<NoRegretProfile> {
  const roundings = game.shape.map((_, player) => roundingOf(game, player));
  return noRegret(game, options, (gains, player, next) => {
    const rounding = roundings[player] as number;
    let sum = 0;
    for (const gain of gains) if (gain > rounding) sum += gain;
    for (let strategy = 0; strategy < next.length; strategy++) {
      const gain = gains[strategy] as number;
      next[strategy] = sum > 0 ? (gain > rounding ? gain / sum : 0) : 1 / next.length;
    }
  });
}

/**
 * Hedge, or multiplicative weights (Littlestone and Warmuth 1994, Freund and Schapire 1997): strategies are played in proportion to the
 * exponential of what they would have earned. With the usual rate, average external regret after T rounds is at most the range of payoffs times
 * the square root of ln(strategies)/2T.
 *
 * @category Learning
 */
export function hedge(game: NormalFormGame, options: HedgeOptions = {}): Search<NoRegretProfile> {
  const { rounds = 1_000 } = options;
  const rates = game.shape.map((count, player) => {
    const payoffs = game.levelled(player).differences;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const payoff of payoffs) [low, high] = [Math.min(low, payoff), Math.max(high, payoff)];
    return options.learningRate ?? (high > low ? Math.sqrt((8 * Math.log(count)) / rounds) / (high - low) : 0);
  });
  return noRegret(game, options, (gains, player, next) => {
    const rate = rates[player] as number;
    const largest = Math.max(...gains);
    let sum = 0;
    for (let strategy = 0; strategy < next.length; strategy++) {
      next[strategy] = Math.exp(rate * ((gains[strategy] as number) - largest));
      sum += next[strategy] as number;
    }
    for (let strategy = 0; strategy < next.length; strategy++) next[strategy] = (next[strategy] as number) / sum;
  });
}

function noRegret(game: NormalFormGame, options: LearningOptions, follow: Follow): Search<NoRegretProfile> {
  const { rounds = 1_000, every = rounds } = options;
  const current = startOf(game, options);
  const sums = game.shape.map((count) => new Float64Array(count));
  // What each strategy would have gained over what was earned.
  const gains = game.shape.map((count) => new Float64Array(count));
  return new Search(function* (pace) {
    for (let round = 1; round <= rounds; round++) {
      for (const [player, payoffs] of deviationPayoffs(game, current).entries()) {
        const [own, sum, gain] = [current[player], sums[player], gains[player]] as [
          Float64Array,
          Float64Array,
          Float64Array,
        ];
        const earned = expectedPayoff(own, payoffs);
        for (let strategy = 0; strategy < own.length; strategy++) {
          sum[strategy] = (sum[strategy] as number) + (own[strategy] as number);
          gain[strategy] = (gain[strategy] as number) + (payoffs[strategy] as number) - earned;
        }
      }
      for (const [player, own] of current.entries()) follow(gains[player] as Float64Array, player, own);
      if (round % every === 0) {
        const average = sums.map((sum) => sum.map((played) => played / round));
        const externalRegrets = gains.map((gain) => Math.max(...gain) / round);
        yield { ...learntProfile(game, average, round), externalRegrets };
      }
      if (!pace.due()) continue;
      yield pause;
      if (pace.stopped !== undefined && round < rounds) return { complete: false, reason: pace.stopped };
    }
    return { complete: true };
  }, options);
}
