import { truthfulCase } from '../case.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { explainMoney, revenueIn, withoutPayments } from '../money.ts';

export const budgetBalanced: Law = caseLaw({
  name: 'budget-balanced',
  says: 'what agents pay and what agents receive cancel out',
  undecidable: withoutPayments,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given, approximately = 0) => Math.abs(revenueIn(arena, given)) - approximately,
  explain: explainMoney,
});
