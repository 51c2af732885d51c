import { truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { paymentFlaw } from '../outcome-flaws.ts';
import { allSaying } from '../words.ts';

export const finitePayments: Law = caseLaw({
  name: 'structural/finite-payments',
  says: 'every number in an outcome is finite, and payments name every participant and nobody else',
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, { types, seed }) => (paymentFlaw(arena.play(types, seed), types.keys()) === undefined ? 0 : 1),
  explain: (arena, given) => ({
    counterexample: counterexampleOf(arena, given),
    reason: `when ${allSaying(given.types)}, ${paymentFlaw(arena.play(given.types, given.seed), given.types.keys())}`,
    scenarios: scenariosOf(arena, given),
  }),
});
