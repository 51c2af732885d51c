import { truthfulCase } from '../case.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { explainMoney, revenueIn } from './money.ts';
import { withoutPayments } from './needs.ts';

export const noDeficit: Law = caseLaw({
  name: 'no-deficit',
  says: 'agents together never receive more than they pay',
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
    return revenue === Number.NEGATIVE_INFINITY ? revenue : -revenue - approximately;
  },
  explain: explainMoney,
});
