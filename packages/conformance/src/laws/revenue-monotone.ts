import { revenueOf } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, deviated, deviatingCase } from '../case.ts';
import { caseLaw } from '../case-law.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import type { Law } from '../law.ts';
import { withoutPayments } from '../money.ts';
import { numberInWords, saying } from '../words.ts';

/** Rastegari, Condon and Leyton-Brown 2011: another bidder never costs revenue. */
export const revenueMonotone: Law = caseLaw({
  name: 'revenue-monotone',
  says: 'revenue never falls when another agent takes part',
  undecidable: withoutPayments,
  cases: (_bench, { types, seed }) => [...types.keys()].map((agent) => deviatingCase(types, seed, agent, null)),
  excess: (arena, given, approximately = 0) => lost(arena, given) - approximately,
  explain(arena, given) {
    const [absent = ''] = given.deviation.keys();
    const others = [...given.types]
      .filter(([agent]) => agent !== absent)
      .map(([agent, report]) => saying(agent, report));
    const revenues = [given.types, deviated(given)].map((reports) => revenueOf(arena.play(reports, given.seed)) ?? 0);
    return {
      counterexample: counterexampleOf(arena, given),
      reason:
        `revenue is ${numberInWords(revenues[0] as number)} when ${saying(absent, given.types.get(absent))}, and ` +
        `${numberInWords(revenues[1] as number)} when ${absent} stays away, while ${others.join(' and ')}`,
      scenarios: scenariosOf(arena, given),
    };
  },
});

function lost(arena: Arena, given: Case): number {
  const [present, absent] = [given.types, deviated(given)].map((reports) => revenueOf(arena.play(reports, given.seed)));
  return (absent ?? Number.NaN) - (present ?? Number.NaN);
}
