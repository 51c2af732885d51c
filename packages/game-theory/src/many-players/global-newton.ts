import { seededRandom } from '@mechane/core';
import { type Pace, pause, type SearchOptions } from '@mechane/numerics';
import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import { type ApproximateEquilibrium, approximateEquilibrium, polished, withExact } from './approximate-equilibrium.ts';
import { NormalFormMap, type PayoffMap } from './payoff-map.ts';
import { PerturbedPath } from './perturbed-path.ts';

/** @category Methods for many players */
export interface RayOptions extends SearchOptions {
  /** For each player, a bonus for each strategy, of which one is the largest; drawn by `seed` unless given. */
  readonly ray?: readonly (readonly number[])[];
  /** How many rays to follow; 1 unless told. Those after the first are drawn. */
  readonly rays?: number;
  /** What rays are drawn by: 1 unless given. */
  readonly seed?: number;
}

/**
 * The global Newton method (Govindan and Wilson 2003), for any number of players: pays a bonus for strategies that is
 * large enough to settle the game, and
 * takes it away along the path of equilibria. Every time that nothing of the bonus is left, there is an equilibrium. On
 * a path there is an odd
 * number of them; they need not be all.
 *
 * @throws MechaneError `invalid-game` for a ray that does not fit the game or has no single largest bonus
 * @category Methods for many players
 * @example
 * ```ts
 * import { globalNewton, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const ray = [[1, 0], [0, 1]];
 * const { results } = globalNewton(game, { ray }).now();
 * results.map(({ exact }) => String(exact?.profile)); // => ['0,1,0,1', '2/3,1/3,1/3,2/3', '1,0,1,0']
 * ```
 */
export function globalNewton(game: NormalFormGame, options: RayOptions = {}): Search<ApproximateEquilibrium> {
  checkRay(game.shape, options);
  return new Search(function* (pace) {
    const map = new NormalFormMap(game);
    return yield* followRays(map, options, pace, (found) => withExact(game, found));
  }, options);
}

/** Follows rays, and yields every equilibrium once. */
export function* followRays<Result extends object>(
  map: PayoffMap,
  options: RayOptions,
  pace: Pace,
  told: (found: ReturnType<typeof approximateEquilibrium>) => Result,
  mostSteps: number = longest,
): Steps<Result> {
  const { rays = 1 } = options;
  const found: Float64Array[] = [];
  let [stuck, long] = [0, 0];
  for (const bonus of bonuses(map, options)) {
    const path = new PerturbedPath(map, bonus);
    for (let steps = 1; ; steps++) {
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
      }
      const step = yield* path.next(pace);
      if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
      if (step === 'stuck') stuck += 1;
      else if (steps > mostSteps) long += 1;
      if (steps > mostSteps) break;
      if (step === 'stuck' || step === 'ended') break;
      if (step !== 'equilibrium') continue;
      const weights = polished(map, path.weights, 0) ?? path.weights.map((weight) => Math.max(0, weight));
      if (found.some((known) => isNear(known, weights))) continue;
      found.push(weights);
      yield told(approximateEquilibrium(map, weights));
    }
  }
  if (stuck > 0)
    return { complete: false, reason: `the path got stuck at a degenerate point on ${stuck} of ${rays} rays` };
  if (long > 0) {
    const reason = `the path was given up after ${mostSteps.toLocaleString('en')} steps on ${long} of ${rays} rays`;
    return { complete: false, reason };
  }
  return { complete: false, reason: 'these are the equilibria on the rays; there may be others' };
}

/** Some paths lead past more equilibria than anybody waits for. */
const longest = 20_000;

const nearness = 1e-7;

/** Whether two lists of weights are the same, but for rounding. */
export function isNear(one: Float64Array, other: Float64Array): boolean {
  return one.every((weight, at) => Math.abs(weight - (other[at] as number)) < nearness);
}

/** The bonuses of all rays to follow. */
export function* bonuses(map: PayoffMap, { ray, rays = 1, seed = 1 }: RayOptions): Generator<Float64Array, void, void> {
  const random = seededRandom(seed);
  for (let count = 0; count < rays; count++) {
    if (count === 0 && ray !== undefined) yield Float64Array.from(ray.flat());
    else yield Float64Array.from({ length: map.size }, () => random.next());
  }
}

/** @throws MechaneError `invalid-game` for a ray that does not fit the game or has no single largest bonus */
export function checkRay(shape: readonly number[], { ray }: RayOptions): void {
  if (ray === undefined) return;
  const wrong = shape.findIndex((count, player) => {
    const own = ray[player] ?? [];
    const most = Math.max(...own);
    return (
      own.length !== count ||
      !own.every((bonus) => Math.abs(bonus) <= 1e6) ||
      own.filter((bonus) => bonus === most).length > 1
    );
  });
  if (wrong === -1 && ray.length === shape.length) return;
  throw invalidGame({
    problem: wrong === -1 ? `there are bonuses for ${ray.length} players` : 'these are no bonuses of the player',
    path: wrong === -1 ? ['ray'] : ['ray', wrong],
    expected: 'a number for each strategy, at most a million, the largest only once',
  });
}
