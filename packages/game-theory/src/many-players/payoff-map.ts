import type { NormalFormGame } from '../normal-form/game.ts';
import { type PayoffShares, sharesOf } from '../normal-form/payoff-shares.ts';

/**
 * What strategies pay against mixtures, and how that changes with the mixtures. Strategies of all players are numbered
 * through.
 */
export interface PayoffMap {
  readonly shape: readonly number[];
  /** Where the strategies of each player begin; the last entry is the number of all strategies. */
  readonly offsets: readonly number[];
  /** The number of all strategies. */
  readonly size: number;
  /** Whether values change at constant rates. */
  readonly isAffine: boolean;
  /** Turns values of the map into payoffs of the game, and back. */
  readonly scale: PayoffScale;
  /**
   * Sets `values[k]` to what strategy `k` pays when the others play `weights`, and `slopes[k * size + l]` to how fast
   * that grows with the
   * weight of strategy `l` of another player.
   */
  evaluate(weights: Float64Array, values: Float64Array, slopes?: Float64Array): void;
}

/**
 * Payoffs of the map are those of the game less the `low` of the player, over twice its `halfRange`: they lie between 0 and 1, each player's in
 * the unit of its own.
 */
export type PayoffScale = readonly Pick<PayoffShares, 'low' | 'halfRange'>[];

/** Where the strategies of each player begin, and at last their number. */
export function offsetsOf(shape: readonly number[]): number[] {
  const offsets = [0];
  for (const count of shape) offsets.push((offsets.at(-1) as number) + count);
  return offsets;
}

/**
 * The map of a game in normal form. Both values and slopes take about twice as many multiplications as there are
 * payoffs.
 */
export class NormalFormMap implements PayoffMap {
  readonly shape: readonly number[];
  readonly offsets: readonly number[];
  readonly size: number;
  readonly isAffine: boolean;
  readonly scale: readonly PayoffShares[];
  readonly #tables: readonly Float64Array[];
  readonly #sums: readonly [Float64Array, Float64Array];
  readonly #branches: readonly [Float64Array, Float64Array];

  constructor(game: NormalFormGame) {
    this.shape = game.shape;
    this.offsets = offsetsOf(game.shape);
    this.size = this.offsets.at(-1) as number;
    this.isAffine = game.shape.length <= 2;
    this.scale = game.shape.map((_, player) => sharesOf(game.given(player)));
    this.#tables = this.scale.map(({ shares }) => shares);
    const room = game.profiles;
    this.#sums = [new Float64Array(room), new Float64Array(room)];
    this.#branches = [new Float64Array(room), new Float64Array(room)];
  }

  evaluate(weights: Float64Array, values: Float64Array, slopes?: Float64Array): void {
    for (let player = 0; player < this.shape.length; player++) this.#evaluatePlayer(player, weights, values, slopes);
  }

  /** Sums out the others from the last on; before each is summed out, a branch sums out all others but that one. */
  #evaluatePlayer(player: number, weights: Float64Array, values: Float64Array, slopes?: Float64Array): void {
    const { shape, offsets, size } = this;
    const own = shape[player] as number;
    const start = offsets[player] as number;
    let table = this.#tables[player] as Float64Array;
    let length = table.length;
    let spare = 0;
    for (let other = shape.length - 1; other >= 0; other--) {
      if (other === player) continue;
      const count = shape[other] as number;
      const otherStart = offsets[other] as number;
      if (slopes !== undefined) {
        const branch = this.#branch(table, length, player, other, weights);
        const [ownStep, otherStep] = player < other ? [count, 1] : [1, own];
        for (let mine = 0; mine < own; mine++) {
          const row = (start + mine) * size + otherStart;
          for (let theirs = 0; theirs < count; theirs++) {
            slopes[row + theirs] = branch[mine * ownStep + theirs * otherStep] as number;
          }
        }
      }
      const target = this.#sums[spare as 0 | 1];
      length = sumOut(table, length, target, player > other ? own : 1, weights, otherStart, count);
      table = target;
      spare = 1 - spare;
    }
    for (let mine = 0; mine < own; mine++) values[start + mine] = table[mine] as number;
  }

  #branch(from: Float64Array, fromLength: number, player: number, kept: number, weights: Float64Array): Float64Array {
    let [table, length, spare] = [from, fromLength, 0];
    for (let other = kept - 1; other >= 0; other--) {
      if (other === player) continue;
      const inner = (this.shape[kept] as number) * (player > other ? (this.shape[player] as number) : 1);
      const target = this.#branches[spare as 0 | 1];
      const count = this.shape[other] as number;
      length = sumOut(table, length, target, inner, weights, this.offsets[other] as number, count);
      table = target;
      spare = 1 - spare;
    }
    return table;
  }
}

/**
 * Sums a table over a player whose neighbouring strategies are `inner` entries apart; returns how long the result is.
 */
function sumOut(
  table: Float64Array,
  length: number,
  target: Float64Array,
  inner: number,
  weights: Float64Array,
  weightsFrom: number,
  count: number,
): number {
  let at = 0;
  if (inner === 1) {
    for (let start = 0; start < length; start += count, at++) {
      let sum = 0;
      for (let strategy = 0; strategy < count; strategy++) {
        sum += (weights[weightsFrom + strategy] as number) * (table[start + strategy] as number);
      }
      target[at] = sum;
    }
    return at;
  }
  const block = inner * count;
  for (let start = 0; start < length; start += block, at += inner) {
    for (let offset = 0; offset < inner; offset++) {
      let sum = 0;
      for (let strategy = 0, from = start + offset; strategy < count; strategy++, from += inner) {
        sum += (weights[weightsFrom + strategy] as number) * (table[from] as number);
      }
      target[at + offset] = sum;
    }
  }
  return at;
}
