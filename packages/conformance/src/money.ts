import { revenueOf } from '@mechane/core/host';
import type { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import { counterexampleOf, scenariosOf } from './counterexamples.ts';
import type { Violation } from './law.ts';
import { ifPlayable } from './unplayable.ts';
import { allSaying, numberInWords } from './words.ts';

/** The sum of all payments when everybody is truthful. */
export function revenueIn(arena: Arena, { types, seed }: Case): number {
  return Number(revenueOf(arena.play(types, seed)));
}

/** Says what money is left over, or is missing. */
export function explainMoney(arena: Arena, given: Case): Violation {
  const revenue = revenueIn(arena, given);
  const fate =
    revenue < 0 ? `${numberInWords(-revenue)} must be put in from outside` : `${numberInWords(revenue)} is left over`;
  return {
    counterexample: counterexampleOf(arena, given),
    reason: `when ${allSaying(given.types)}, payments sum to ${numberInWords(revenue)}: ${fate}`,
    scenarios: scenariosOf(arena, given),
  };
}

/** Laws about money need payments. */
export function withoutPayments({ arena, profiles }: Bench): string | undefined {
  const outcomes = profiles.slice(0, 5).map(({ types, seed }) => ifPlayable(() => arena.play(types, seed)));
  const paid = outcomes.filter((outcome) => outcome !== undefined && revenueOf(outcome) !== null);
  return outcomes.length > 0 && paid.length === 0 ? 'outcomes have no payments' : undefined;
}
