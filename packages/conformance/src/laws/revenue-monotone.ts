import { revenueOf } from '@mechane/core/host';
import type { Arena } from '../arena.ts';
import { type Case, deviated, deviatingCase, type Reports } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
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
    const [present, without] = revenuesIn(arena, given).map(numberInWords);
    return {
      counterexample: counterexampleOf(arena, given),
      reason:
        `revenue is ${present} when ${saying(absent, given.types.get(absent))}, and ` +
        `${without} when ${absent} stays away, while ${others.join(' and ')}`,
      scenarios: scenariosOf(arena, given),
    };
  },
});

function lost(arena: Arena, given: Case): number {
  const [present, absent] = revenuesIn(arena, given);
  return absent - present;
}

/** Revenue when everybody is there, and when somebody stays away. */
function revenuesIn(arena: Arena, given: Case): readonly [number, number] {
  const revenue = (reports: Reports): number => Number(revenueOf(arena.play(reports, given.seed)));
  return [revenue(given.types), revenue(deviated(given))];
}
