import { truthfulCase } from '../case.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { explainMoney, revenueIn, withoutPayments } from '../money.ts';

export const noDeficit: Law = caseLaw({
  name: 'no-deficit',
  says: 'agents together never receive more than they pay',
  undecidable: withoutPayments,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given, approximately = 0) => -revenueIn(arena, given) - approximately,
  explain: explainMoney,
});
