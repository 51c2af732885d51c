import { truthfulCase } from '../case.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { explainMoney, revenueIn } from './money.ts';
import { withoutPayments } from './needs.ts';

export const budgetBalanced: Law = caseLaw({
  name: 'budget-balanced',
  says: 'what agents pay and what agents receive cancel out',
  playsPerRun: 70,
  dependsOnNumbers: true,
  alsoOfNobody: true,
  pointless: withoutPayments,
  undecidable: withoutPayments,
  *cases(trial, profile) {
    for (const said of saidVariously(trial, profile)) yield truthfulCase(said, profile.seed);
  },
  excess(game, given, approximately = 0) {
    const revenue = revenueIn(game, given);
    return revenue === Number.NEGATIVE_INFINITY ? revenue : Math.abs(revenue) - approximately;
  },
  explain: explainMoney,
});
