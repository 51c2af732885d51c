import type { Pace, pause, SearchOptions } from '@mechane/numerics';
import { firstOf } from '../first-of.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { pureSteps } from '../normal-form/pure.ts';
import { Search, type Steps } from '../search.ts';
import { type ApproximateEquilibrium, approximateEquilibrium, regretAt } from './approximate-equilibrium.ts';
import { followRays } from './global-newton.ts';
import { logitSteps } from './logit.ts';
import { NormalFormMap } from './payoff-map.ts';
import { subdivisionSteps } from './simplicial-subdivision.ts';
import { WeighedMap } from './weighed-map.ts';

/** A regret that will do, as a share of the range of a player's payoffs. */
const willDo = 1e-9;
/** How many steps a path may take, and how many of them are followed. */
const [mostSteps, mostPaths] = [3_000, 4];
/** How many times as long as by itself the last resort may take. */
const lastPatience = 20;

/**
 * Finds an equilibrium of any game with any number of players: a pure one if there is one, else at the end of a logit path or on a ray of
 * global Newton, and where those get stuck, on the grids of simplicial subdivision, which always come to one.
 *
 * @category Methods for many players
 * @example
 * ```ts
 * import { anyEquilibrium, readJsonGame } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[3, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * anyEquilibrium(pennies).now().results.map(({ exact }) => String(exact?.profile)); // => ['1/2,1/2,1/4,3/4']
 * ```
 */
export function anyEquilibrium(game: NormalFormGame, options: SearchOptions = {}): Search<ApproximateEquilibrium> {
  return new Search((pace) => anySteps(game, pace), options);
}

/** The search as steps of another one. */
export function* anySteps(game: NormalFormGame, pace: Pace): Steps<ApproximateEquilibrium> {
  const found = yield* foundIn(game, pace);
  if (found !== undefined) yield found;
  return { complete: false, reason: pace.stopped ?? 'one equilibrium is shown; there may be others' };
}

function* foundIn(game: NormalFormGame, pace: Pace): Generator<typeof pause, ApproximateEquilibrium | undefined, void> {
  const pure = yield* firstOf(pureSteps(game, pace));
  if (pace.stopped !== undefined && pure === undefined) return undefined;
  const map = new NormalFormMap(game);
  if (pure !== undefined) {
    const weights = Float64Array.from(pure.profile.flat(), (weight) => weight.toNumber());
    return { ...approximateEquilibrium(map, weights), exact: pure };
  }
  const isGood = ({ profile }: ApproximateEquilibrium): boolean =>
    regretAt(map, Float64Array.from(profile.flat())) <= willDo;
  for (let path = 0; path < mostPaths; path++) {
    const weighed = path === 0 ? map : WeighedMap.drawn(map, path);
    const end = yield* firstOf(logitSteps(game, map, {}, pace, { map: weighed, mostSteps }), isGood);
    if (end !== undefined || pace.stopped !== undefined) return end && plain(end);
  }
  const told = (found: ApproximateEquilibrium): ApproximateEquilibrium => found;
  const ray = yield* firstOf(followRays(map, { rays: mostPaths }, pace, told, mostSteps), isGood);
  if (ray !== undefined || pace.stopped !== undefined) return ray;
  const point = yield* firstOf(subdivisionSteps(game, {}, pace, lastPatience));
  if (point === undefined) return undefined;
  const weights = Float64Array.from(point.profile.flat(), (weight) => weight.toNumber());
  const near = approximateEquilibrium(map, weights);
  return point.regret.sign === 0 ? { ...near, exact: point } : near;
}

function plain({ profile, payoffs, regret, exact }: ApproximateEquilibrium): ApproximateEquilibrium {
  return { profile, payoffs, regret, ...(exact === undefined ? {} : { exact }) };
}
