import type { NormalFormGame } from './game.ts';

/** Every player's probabilities over its strategies, in doubles. */
export type Mixture = readonly Float64Array[];

/** What every strategy of every player pays against the mixtures of the others, less the player's level. Takes time in players · profiles. */
export function deviationPayoffs(game: NormalFormGame, mixture: Mixture): Float64Array[] {
  return game.shape.map((_, player) => deviationPayoffsOf(game, mixture, player));
}

/** What every strategy of one player pays against the mixtures of the others, less its level. */
export function deviationPayoffsOf(game: NormalFormGame, mixture: Mixture, player: number): Float64Array {
  const { shape, strides } = game;
  // Players are summed out one after the other, the last first, so that each step works on a smaller table.
  let table: Float64Array = game.levelled(player).differences;
  let inner = 1;
  for (let other = shape.length - 1; other > player; other--)
    table = summedOut(table, 1, mixture[other] as Float64Array);
  inner = shape[player] as number;
  for (let other = player - 1; other >= 0; other--) table = summedOut(table, inner, mixture[other] as Float64Array);
  return strides.length === 1 ? table.slice() : table;
}

/** Sums a table over a player whose neighbouring strategies are `inner` entries apart. */
function summedOut(table: Float64Array, inner: number, weights: Float64Array): Float64Array {
  const block = inner * weights.length;
  const summed = new Float64Array(table.length / weights.length);
  for (let start = 0, at = 0; start < table.length; start += block, at += inner) {
    for (let strategy = 0; strategy < weights.length; strategy++) {
      const weight = weights[strategy] as number;
      if (weight === 0) continue;
      const from = start + strategy * inner;
      for (let offset = 0; offset < inner; offset++) {
        summed[at + offset] = (summed[at + offset] as number) + weight * (table[from + offset] as number);
      }
    }
  }
  return summed;
}

/** What a mixture pays. */
export function expectedPayoff(weights: Float64Array, payoffs: Float64Array): number {
  let sum = 0;
  for (let strategy = 0; strategy < weights.length; strategy++) {
    sum += (weights[strategy] as number) * (payoffs[strategy] as number);
  }
  return sum;
}

/** By how much what strategies of a player pay may differ where only rounding tells them apart. */
export function roundingOf(game: NormalFormGame, player: number): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const payoff of game.levelled(player).differences) {
    [low, high] = [Math.min(low, payoff), Math.max(high, payoff)];
  }
  // Halved, lest the range of large payoffs overflow.
  return 2e-12 * (high / 2 - low / 2);
}

/** The first of the strategies that pay most, but for rounding. */
export function bestOf(payoffs: Float64Array, rounding: number): number {
  const most = payoffs.reduce((best, payoff) => Math.max(best, payoff), Number.NEGATIVE_INFINITY);
  return payoffs.findIndex((payoff) => payoff >= most - rounding);
}
