import { Rational, sum } from '@mechane/numerics';
import { simpleFraction } from '../many-players/simple-fraction.ts';
import { finite } from '../normal-form/payoff-shares.ts';
import type { BehaviourEquilibrium } from './behaviour-equilibrium.ts';
import { evaluateIn } from './evaluate.ts';
import type { BehaviourProfile } from './extensive-game.ts';
import { evaluateInDoubles } from './levelled-form.ts';
import { exactly } from './realization.ts';
import type { SequenceForm } from './sequences.ts';

/**
 * An equilibrium of a tree in doubles; where simple fractions near to it are in equilibrium exactly, with those.
 *
 * @category Methods for trees
 */
export interface ApproximateBehaviour extends BehaviourEquilibrium<number> {
  /** The equilibrium in fractions, its regret exactly 0. */
  readonly exact?: BehaviourEquilibrium;
}

/** A profile in doubles with what true best responses gain. */
export function inDoublesOnly(form: SequenceForm, profile: BehaviourProfile<number>): BehaviourEquilibrium<number> {
  const { payoffs, regret } = evaluateInDoubles(form, profile);
  return { profile, payoffs, regret: Math.max(0, regret) };
}

/** A profile in fractions, with the doubles that are nearest. */
export function exactBehaviour(form: SequenceForm, profile: BehaviourProfile): ApproximateBehaviour {
  const { payoffs, regret } = evaluateIn(form, profile, exactly);
  return {
    profile: profile.map((sets) => sets.map((own) => own.map((probability) => probability.toNumber()))),
    payoffs: payoffs.map((payoff) => finite(payoff.toNumber())),
    regret: regret.toNumber(),
    exact: { profile, payoffs, regret },
  };
}

/** How near fractions are taken, and with what denominators: nearer ones may have larger. */
const fractions = [
  [1e-11, 10_000],
  [1e-8, 1_000],
  [1e-6, 100],
  [1e-3, 20],
] as const;
/** Beyond so many leaves, checking in fractions takes longer than searching in doubles. */
const mostLeaves = 5_000;

/** The equilibrium in simple fractions that is near to some profile, or else the profile with its regret. */
export function nearestEquilibrium(form: SequenceForm, profile: BehaviourProfile<number>): ApproximateBehaviour {
  if (form.leaves.length <= mostLeaves) {
    for (const [near, largest] of fractions) {
      const rounded = inFractions(profile, near, largest);
      if (rounded === undefined || evaluateIn(form, rounded, exactly).regret.sign !== 0) continue;
      return exactBehaviour(form, rounded);
    }
  }
  return inDoublesOnly(form, profile);
}

function inFractions(profile: BehaviourProfile<number>, near: number, largest: number): BehaviourProfile | undefined {
  const rounded: Rational[][][] = [];
  for (const sets of profile) {
    const own: Rational[][] = [];
    for (const shares of sets) {
      const first: Rational[] = [];
      for (const share of shares.slice(0, -1)) {
        const fraction = simpleFraction(share, near, largest);
        if (fraction === undefined) return undefined;
        first.push(fraction);
      }
      const last = Rational.one.minus(sum(first));
      if (last.sign < 0) return undefined;
      own.push([...first, last]);
    }
    rounded.push(own);
  }
  return rounded;
}
