import { deviatingCase } from '../case.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { misreportsOf } from '../misreports.ts';
import { explainTemptation, temptation, withoutUtility } from '../temptation.ts';

/** Truth is a best response to the truth of the others, whatever it turns out to be. */
export const exPostIncentiveCompatible: Law = caseLaw({
  name: 'ex-post-incentive-compatible',
  says: 'no agent gains by any misreport when the others are truthful',
  climbs: true,
  undecidable: withoutUtility,
  *cases(bench, { types, seed }, reach) {
    const random = bench.random(`ex-post ${seed}`);
    for (const agent of types.keys()) {
      for (const report of misreportsOf(bench, types, agent, reach, random)) {
        yield deviatingCase(types, seed, agent, report);
      }
    }
  },
  excess: temptation,
  explain: explainTemptation,
});
