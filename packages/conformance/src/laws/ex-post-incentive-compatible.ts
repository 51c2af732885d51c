import { deviatingCase } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { searchMenus } from '../search/menu.ts';
import { withoutUtility } from './needs.ts';
import { explainTemptation, temptation } from './temptation.ts';

/** Truth is a best response to the truth of the others, whatever it turns out to be. */
export const exPostIncentiveCompatible: Law = caseLaw({
  name: 'ex-post-incentive-compatible',
  says: 'no agent gains by any misreport when the others are truthful',
  playsPerRun: 100,
  aboutValues: true,
  aboutStrategies: true,
  undecidable: withoutUtility,
  *cases(trial, { types, seed }, reach) {
    const random = trial.random(`ex-post ${seed}`);
    for (const agent of types.keys()) {
      for (const report of misreportsOf(trial, types, agent, reach, random)) {
        yield deviatingCase(types, seed, agent, report);
      }
    }
  },
  search: (trial, judge, approximately) =>
    searchMenus({ others: (_, { types }) => types }, trial, judge, approximately),
  excess: temptation,
  explain: explainTemptation,
});
