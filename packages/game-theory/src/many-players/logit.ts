import type { Pace } from '@mechane/numerics';
import { invalidGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import {
  type ApproximateEquilibrium,
  approximateEquilibrium,
  equilibriumRegret,
  polished,
  regretAt,
  withExact,
} from './approximate-equilibrium.ts';
import { LogitPath, type PathOptions, type PathTeller } from './logit-path.ts';
import { NormalFormMap, type PayoffMap } from './payoff-map.ts';
import { WeighedMap } from './weighed-map.ts';

/** @category Methods for many players */
export interface LogitOptions extends PathOptions {}

/**
 * A point of the logit correspondence.
 *
 * @category Methods for many players
 */
export interface QuantalResponse extends ApproximateEquilibrium {
  /**
   * How much payoffs count: strategies are played in proportion to exp(λ · payoff). Infinite for the equilibrium at the
   * end of the path.
   */
  readonly lambda: number;
}

/**
 * Follows the logit quantal response equilibria (McKelvey and Palfrey 1995) from all strategies being equally likely,
 * at λ = 0, to an equilibrium,
 * for any number of players: a predictor–corrector method along the arc, through turning points (Turocy 2005). The
 * equilibrium is the last
 * result; its `lambda` is infinite. Near it, Newton's method makes it as exact as doubles are. It is one of several, where there are more.
 *
 * @throws MechaneError `invalid-game` for values of λ that are not numbers of 0 or more
 * @category Methods for many players
 * @example
 * ```ts
 * import { logit, readJsonGame } from '@mechane/game-theory';
 *
 * const pennies = readJsonGame({ players: ['even', 'odd'], payoffs: [[[9, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * const { results } = logit(pennies, { lambdas: [1] }).now();
 * results.map(({ lambda, profile }) => [lambda, profile[1]?.[0]?.toFixed(4)]); // => [[1, '0.3128'], [Infinity, '0.1000']]
 * ```
 */
export function logit(game: NormalFormGame, options: LogitOptions = {}): Search<QuantalResponse> {
  const { lambdas = [] } = options;
  const wrong = lambdas.findIndex((lambda) => !(lambda >= 0 && lambda < Number.POSITIVE_INFINITY));
  if (wrong !== -1) {
    throw invalidGame({
      problem: `λ is ${lambdas[wrong]}`,
      path: ['lambdas', wrong],
      expected: 'a number of 0 or more',
    });
  }
  return new Search((pace) => {
    const own = new NormalFormMap(game);
    const { map, halfRange } = WeighedMap.inOneUnit(own);
    return logitSteps(game, own, options, pace, { map, lambdaUnit: 0.5 / halfRange });
  }, options);
}

/** The search as steps of another one: on the game's own map, or on one that has the same equilibria. */
export function logitSteps(
  game: NormalFormGame,
  own: NormalFormMap,
  options: LogitOptions,
  pace: Pace,
  { map, ...path }: { readonly map: PayoffMap } & Pick<PathTeller<object>, 'mostSteps' | 'lambdaUnit'>,
): Steps<QuantalResponse> {
  return new LogitPath<ApproximateEquilibrium>(map, options, pace, {
    ...path,
    regret: (weights) => regretAt(own, weights),
    nearby: (weights) => polished(own, weights, played),
    told: (weights) => approximateEquilibrium(own, weights),
    limit(weights) {
      const equilibrium = approximateEquilibrium(own, weights);
      return regretAt(own, weights) <= equilibriumRegret ? withExact(game, equilibrium) : equilibrium;
    },
  }).follow();
}

/** From such shares on, a strategy counts as played. */
const played = 1e-3;
