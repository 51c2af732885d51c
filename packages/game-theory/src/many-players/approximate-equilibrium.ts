import { Rational, sum } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { finite } from '../normal-form/payoff-shares.ts';
import { exactEquilibrium } from '../two-player/exact-profile.ts';
import { makeIndifferent } from './indifference.ts';
import type { PayoffMap, PayoffScale } from './payoff-map.ts';
import { simpleFraction } from './simple-fraction.ts';

/**
 * An equilibrium in doubles; where its probabilities are simple fractions that are in equilibrium exactly, with those.
 *
 * @category Methods for many players
 */
export interface ApproximateEquilibrium extends Equilibrium<number> {
  /** The equilibrium in fractions, its regret exactly 0. */
  readonly exact?: Equilibrium;
}

/** Weights of all strategies, numbered through, as a profile with payoffs and regret. */
export function approximateEquilibrium(map: PayoffMap, weights: Float64Array): Equilibrium<number> {
  const values = new Float64Array(map.size);
  map.evaluate(weights, values);
  const profile: number[][] = [];
  const payoffs: number[] = [];
  let regret = 0;
  for (let player = 0; player < map.shape.length; player++) {
    const [from, to] = [map.offsets[player] as number, map.offsets[player + 1] as number];
    profile.push([...weights.subarray(from, to)]);
    let mean = 0;
    for (let at = from; at < to; at++) mean += (weights[at] as number) * (values[at] as number);
    const { low, halfRange } = map.scale[player] as PayoffScale[number];
    payoffs.push(finite(low + mean * halfRange + mean * halfRange));
    regret = Math.max(regret, gainOf(map, player, weights, values) * 2 * halfRange);
  }
  return { profile, payoffs, regret: finite(regret) };
}

/** The most that any player gains by deviating, as a share of the range of its payoffs. */
export function regretOf(map: PayoffMap, weights: Float64Array, values: Float64Array): number {
  return map.shape.reduce((most, _, player) => Math.max(most, gainOf(map, player, weights, values)), 0);
}

/** As {@link regretOf}, with the values looked up. */
export function regretAt(map: PayoffMap, weights: Float64Array): number {
  const values = new Float64Array(map.size);
  map.evaluate(weights, values);
  return regretOf(map, weights, values);
}

function gainOf({ offsets }: PayoffMap, player: number, weights: Float64Array, values: Float64Array): number {
  const [from, to] = [offsets[player] as number, offsets[player + 1] as number];
  let best = from;
  for (let at = from; at < to; at++) if ((values[at] as number) > (values[best] as number)) best = at;
  // Summed over differences, so that where all that is played pays most, nothing is left of rounding.
  let gain = 0;
  for (let at = from; at < to; at++) {
    gain += (weights[at] as number) * ((values[best] as number) - (values[at] as number));
  }
  return gain;
}

/** The equilibrium on the supports of some weights that Newton's method finds from there, if there is one. */
export function polished(map: PayoffMap, weights: Float64Array, least: number): Float64Array | undefined {
  const support = Array.from(weights, (weight) => weight > least);
  const found = makeIndifferent(map, support, weights);
  if (found === undefined || found.some((weight) => weight < 0)) return undefined;
  return regretAt(map, found) <= equilibriumRegret ? found : undefined;
}

/** What is left of regret in an equilibrium that is as good as doubles make it, as a share of the range of a player's payoffs. */
export const equilibriumRegret = 1e-12;

/** Beyond so many payoffs, checking in fractions takes longer than searching in doubles. */
const mostExact = 20_000;

/** Adds the equilibrium in fractions, where its probabilities are near to simple ones that have no regret at all. */
export function withExact(game: NormalFormGame, equilibrium: Equilibrium<number>): ApproximateEquilibrium {
  if (game.profiles * game.shape.length > mostExact) return equilibrium;
  const profile: Rational[][] = [];
  for (const own of equilibrium.profile) {
    const fractions: Rational[] = [];
    for (const weight of own) {
      const fraction = simpleFraction(weight);
      if (fraction === undefined) return equilibrium;
      fractions.push(fraction);
    }
    if (!sum(fractions).equals(Rational.one)) return equilibrium;
    profile.push(fractions);
  }
  const exact = exactEquilibrium(game, profile);
  return exact.regret.sign === 0 ? { ...equilibrium, exact } : equilibrium;
}
