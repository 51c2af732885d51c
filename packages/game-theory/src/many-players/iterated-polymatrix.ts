import type { Pace, pause } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search } from '../search.ts';
import { AffineMap } from './affine-map.ts';
import {
  type ApproximateEquilibrium,
  approximateEquilibrium,
  polished,
  regretAt,
  withExact,
} from './approximate-equilibrium.ts';
import { bonuses, checkRay, isNear, type RayOptions } from './global-newton.ts';
import { NormalFormMap } from './payoff-map.ts';
import { PerturbedPath } from './perturbed-path.ts';

/** Approximations of one ray: past so many it is given up. */
const mostApproximations = 200;
const shortestStep = 1 / 64;

/**
 * Iterated polymatrix approximation (Govindan and Wilson 2004), for any number of players: near some mixtures the game
 * is taken for the
 * polymatrix game whose payoffs change at the same rates; that one is solved along a ray, its equilibrium gives the
 * next mixtures, and so on until Newton's
 * method finds an equilibrium from there. Fast; it may fail, and then tries the next ray.
 *
 * @throws MechaneError `invalid-game` for a ray that does not fit the game or has no single largest bonus
 * @category Methods for many players
 * @example
 * ```ts
 * import { iteratedPolymatrix, readJsonGame } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[2, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * iteratedPolymatrix(pennies).now().results.map(({ exact }) => String(exact?.profile)); // => ['1/2,1/2,1/3,2/3']
 * ```
 */
export function iteratedPolymatrix(game: NormalFormGame, options: RayOptions = {}): Search<ApproximateEquilibrium> {
  checkRay(game.shape, options);
  return new Search(function* (pace) {
    const map = new NormalFormMap(game);
    const found: Float64Array[] = [];
    let failed = 0;
    for (const bonus of bonuses(map, options)) {
      const approximation = new Approximation(map, bonus);
      let weights: Float64Array | undefined;
      for (let count = 0; count < mostApproximations && weights === undefined; count++) {
        if (!(yield* pace.goesOn())) return { complete: false, reason: pace.stopped as string };
        weights = yield* approximation.next(pace);
      }
      if (weights === undefined) failed += 1;
      else if (!found.some((known) => isNear(known, weights))) {
        found.push(weights);
        yield withExact(game, approximateEquilibrium(map, weights));
      }
    }
    const reason =
      failed > 0
        ? `on ${failed} of ${options.rays ?? 1} rays the approximations did not converge`
        : 'there may be other equilibria';
    return { complete: false, reason };
  }, options);
}

class Approximation {
  readonly #map: NormalFormMap;
  readonly #bonus: Float64Array;
  #weights: Float64Array;
  #step = 1;
  #regret = Number.POSITIVE_INFINITY;

  constructor(map: NormalFormMap, bonus: Float64Array) {
    this.#map = map;
    this.#bonus = bonus;
    this.#weights = new PerturbedPath(map, bonus).weights;
  }

  /** Approximates once more; an equilibrium, if that is near one. */
  *next(pace: Pace): Generator<typeof pause, Float64Array | undefined, void> {
    const map = this.#map;
    const target = yield* this.#solveNear(this.#weights, pace);
    if (target === undefined) return undefined;
    const equilibrium = polished(map, target, 1e-12);
    if (equilibrium !== undefined) return equilibrium;
    const regret = regretAt(map, target);
    // Steps get shorter as long as they do not lead nearer.
    this.#step = regret < this.#regret ? Math.min(1, 2 * this.#step) : Math.max(shortestStep, this.#step / 2);
    this.#regret = regret;
    const step = this.#step;
    this.#weights = this.#weights.map((weight, at) => weight + step * ((target[at] as number) - weight));
    return undefined;
  }

  /** The first equilibrium on the ray of the polymatrix game that stands in for the game near some mixtures. */
  *#solveNear(weights: Float64Array, pace: Pace): Generator<typeof pause, Float64Array | undefined, void> {
    const map = this.#map;
    const values = new Float64Array(map.size);
    const slopes = new Float64Array(map.size ** 2);
    map.evaluate(weights, values, slopes);
    // Values of the game are the sums over slopes of any one other player.
    const spare = map.shape.length - 2;
    const constants = values.map((value) => -spare * value);
    const path = new PerturbedPath(new AffineMap(map.shape, constants, slopes, map.scale), this.#bonus);
    for (;;) {
      const step = yield* path.next(pace);
      if (step === 'equilibrium') return path.weights;
      if (step !== 'moved') return undefined;
    }
  }
}
