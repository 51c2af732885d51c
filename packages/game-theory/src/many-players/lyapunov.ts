import { seededRandom } from '@mechane/core';
import { pause, type SearchOptions } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import {
  type ApproximateEquilibrium,
  approximateEquilibrium,
  equilibriumRegret,
  polished,
  withExact,
} from './approximate-equilibrium.ts';
import { isNear } from './global-newton.ts';
import { NormalFormMap, type PayoffMap } from './payoff-map.ts';

/** @category Methods for many players */
export interface LyapunovOptions extends SearchOptions {
  /**
   * From how many mixtures the descent begins; 10 unless told. The first is where all strategies are equally likely.
   */
  readonly starts?: number;
  /** What the others are drawn by: 1 unless given. */
  readonly seed?: number;
}

const mostDescents = 2_000;
const betweenPolishings = 25;

/**
 * Minimises the sum of the squares of what strategies pay more than the mixtures played, which is 0 in equilibria only
 * (McKelvey 1991), by projected
 * gradients from several starts. A descent may end where the sum is not 0: nothing is found from there.
 *
 * @category Methods for many players
 * @example
 * ```ts
 * import { lyapunov, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const { results } = lyapunov(game, { starts: 20 }).now();
 * results.map(({ exact }) => String(exact?.profile)).sort(); // => ['0,1,0,1', '1,0,1,0', '2/3,1/3,1/3,2/3']
 * ```
 */
export function lyapunov(game: NormalFormGame, options: LyapunovOptions = {}): Search<ApproximateEquilibrium> {
  const { starts = 10, seed = 1 } = options;
  return new Search(function* (pace) {
    const map = new NormalFormMap(game);
    const random = seededRandom(seed);
    const found: Float64Array[] = [];
    let failed = 0;
    for (let start = 0; start < starts; start++) {
      const descent = new Descent(
        map,
        startingWeights(map, start === 0 ? () => 1 : () => -Math.log(1 - random.next())),
      );
      let weights: Float64Array | undefined;
      for (let count = 1; count <= mostDescents && !descent.ended && weights === undefined; count++) {
        if (pace.due()) {
          yield pause;
          if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
        }
        descent.descend();
        if (count % betweenPolishings === 0 || descent.ended) weights = descent.equilibrium();
      }
      if (weights === undefined) failed += 1;
      else if (!found.some((known) => isNear(known, weights))) {
        found.push(weights);
        yield withExact(game, approximateEquilibrium(map, weights));
      }
    }
    const reason =
      failed > 0 ? `${failed} of ${starts} descents led to no equilibrium` : 'there may be other equilibria';
    return { complete: false, reason };
  }, options);
}

/** Weights in proportion to draws. */
function startingWeights(map: PayoffMap, draw: () => number): Float64Array {
  const weights = Float64Array.from({ length: map.size }, draw);
  map.shape.forEach((_, player) => {
    const own = weights.subarray(map.offsets[player], map.offsets[player + 1]);
    const sum = own.reduce((total, weight) => total + weight, 0);
    own.forEach((weight, at) => {
      own[at] = weight / sum;
    });
  });
  return weights;
}

/**
 * Spectral projected gradient (Barzilai and Borwein 1988; Birgin, Martínez and Raydan 2000), its steps halved until the
 * sum falls.
 */
class Descent {
  readonly #map: PayoffMap;
  /** What strategies pay at the weights last looked at, and how that changes with each weight. */
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  #weights: Float64Array;
  #gradient: Float64Array;
  #sum: number;
  #step = 1;
  ended = false;

  constructor(map: PayoffMap, weights: Float64Array) {
    this.#map = map;
    this.#weights = weights;
    this.#gradient = new Float64Array(map.size);
    this.#values = new Float64Array(map.size);
    this.#slopes = new Float64Array(map.size ** 2);
    this.#sum = this.#look(weights, this.#gradient);
  }

  descend(): void {
    const from = this.#weights;
    const to = from.map((weight, at) => weight - this.#step * (this.#gradient[at] as number));
    project(this.#map, to);
    const direction = to.map((weight, at) => weight - (from[at] as number));
    const slope = dot(direction, this.#gradient);
    if (!(slope < -1e-30)) {
      this.ended = true;
      return;
    }
    const gradient = new Float64Array(this.#map.size);
    for (let share = 1; share > 1e-10; share /= 2) {
      const weights = from.map((weight, at) => weight + share * (direction[at] as number));
      const sum = this.#look(weights, gradient);
      if (sum > this.#sum + 1e-4 * share * slope) continue;
      const moved = weights.map((weight, at) => weight - (from[at] as number));
      const turned = gradient.map((part, at) => part - (this.#gradient[at] as number));
      const curvature = dot(moved, turned);
      this.#step = curvature > 0 ? Math.min(1e4, Math.max(1e-4, dot(moved, moved) / curvature)) : 10;
      [this.#weights, this.#gradient, this.#sum] = [weights, gradient, sum];
      return;
    }
    this.ended = true;
  }

  /** The equilibrium that Newton's method finds from here, trying larger supports and then smaller ones. */
  equilibrium(): Float64Array | undefined {
    for (const least of [1e-6, 1e-3, 1e-2]) {
      const found = polished(this.#map, this.#weights, least);
      if (found?.every((weight, at) => Math.abs(weight - (this.#weights[at] as number)) < 0.1)) return found;
    }
    return this.#sum < equilibriumRegret ** 2 ? this.#weights : undefined;
  }

  /** The sum of squares, and its gradient. */
  #look(weights: Float64Array, gradient: Float64Array): number {
    const { size, shape, offsets } = this.#map;
    const [values, slopes] = [this.#values, this.#slopes];
    this.#map.evaluate(weights, values, slopes);
    gradient.fill(0);
    let sum = 0;
    for (let player = 0; player < shape.length; player++) {
      const [from, to] = [offsets[player] as number, offsets[player + 1] as number];
      let mean = 0;
      for (let at = from; at < to; at++) mean += (weights[at] as number) * (values[at] as number);
      let meanSlopes: Float64Array | undefined;
      for (let at = from; at < to; at++) {
        const gain = (values[at] as number) - mean;
        if (gain <= 0) continue;
        sum += gain * gain;
        meanSlopes ??= this.#meanSlopes(weights, from, to);
        for (let by = 0; by < size; by++) {
          const slope = (slopes[at * size + by] as number) - (meanSlopes[by] as number);
          gradient[by] = (gradient[by] as number) + 2 * gain * slope;
        }
      }
    }
    return sum;
  }

  /** How what a player gets on average changes with each weight: with its own, by what the strategy pays. */
  #meanSlopes(weights: Float64Array, from: number, to: number): Float64Array {
    const { size } = this.#map;
    const means = new Float64Array(size);
    for (let own = from; own < to; own++) {
      const weight = weights[own] as number;
      if (weight === 0) continue;
      for (let by = 0; by < size; by++)
        means[by] = (means[by] as number) + weight * (this.#slopes[own * size + by] as number);
    }
    means.set(this.#values.subarray(from, to), from);
    return means;
  }
}

/** Moves weights to the nearest probabilities (Held, Wolfe and Crowder 1974). */
function project({ shape, offsets }: PayoffMap, weights: Float64Array): void {
  for (let player = 0; player < shape.length; player++) {
    const own = weights.subarray(offsets[player], offsets[player + 1]);
    const sorted = own.toSorted().reverse();
    let [sum, level] = [0, 0];
    for (let count = 1; count <= sorted.length; count++) {
      sum += sorted[count - 1] as number;
      const next = (sum - 1) / count;
      if ((sorted[count - 1] as number) > next) level = next;
    }
    for (let at = 0; at < own.length; at++) own[at] = Math.max(0, (own[at] as number) - level);
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
