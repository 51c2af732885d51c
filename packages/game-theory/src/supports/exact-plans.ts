import { Rational } from '@mechane/numerics';
import { simpleFraction } from '../many-players/simple-fraction.ts';
import { layoutOf, type MultilinearPayoffs } from './multilinear-payoffs.ts';
import type { PlanSupport, SignedSequences } from './plan-support.ts';
import { summedOut } from './summed-out.ts';

/** Plans of all players, by place. */
export type ExactPlans = readonly (readonly Rational[])[];

/** What is exactly known of plans that make all that is played equally good. */
export interface ExactSolution {
  readonly plans: ExactPlans;
  /** Whether all of the supports has some probability, and nothing outside is better. */
  readonly isEquilibrium: boolean;
}

/** The plans in simple fractions that some plans in doubles are near to, if they solve the equations of the supports exactly. */
export function exactSolution(
  payoffs: MultilinearPayoffs,
  supports: readonly PlanSupport[],
  near: readonly Float64Array[],
): ExactSolution | undefined {
  const plans: Rational[][] = [];
  for (const [player, support] of supports.entries()) {
    const own = fractionsNear(support, near[player] as Float64Array);
    if (own === undefined) return undefined;
    plans.push(own);
  }
  const signOf = (player: number, terms: SignedSequences): number => {
    let table: readonly Rational[] = payoffs.exactCoefficients(player, terms, supports);
    for (const other of layoutOf(player, supports).factors.toReversed()) table = summedOut(table, plans[other] ?? []);
    return (table[0] as Rational).sign;
  };
  const isSolution = supports.every(({ ties }, player) => ties.every((terms) => signOf(player, terms) === 0));
  if (!isSolution) return undefined;
  const isEquilibrium =
    plans.every((own) => own.every(({ sign }) => sign > 0)) &&
    supports.every(({ rivals }, player) => rivals.every((terms) => signOf(player, terms) <= 0));
  return { plans, isEquilibrium };
}

function fractionsNear({ sequences, sets }: PlanSupport, near: Float64Array): Rational[] | undefined {
  const plan = new Array<Rational>(sequences.length).fill(Rational.zero);
  for (const { parent, places } of sets) {
    let left = parent === -1 ? Rational.one : (plan[parent] as Rational);
    for (const place of places.slice(0, -1)) {
      const fraction = simpleFraction(near[place] as number);
      if (fraction === undefined) return undefined;
      plan[place] = fraction;
      left = left.minus(fraction);
    }
    plan[places.at(-1) as number] = left;
  }
  return plan;
}
