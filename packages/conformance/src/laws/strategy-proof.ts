import { deviatingCase } from '../case.ts';
import type { CaseLaw } from '../case-law.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { misreportsOf } from '../misreports.ts';
import { explainTemptation, temptation, withoutUtility } from '../temptation.ts';

const everyOtherLies = 3;

const law: CaseLaw = {
  name: 'strategy-proof',
  says: 'no agent gains by any misreport, whatever the others report',
  climbs: true,
  othersLie: true,
  undecidable: withoutUtility,
  *cases(bench, { types, seed }, reach) {
    const random = bench.random(`strategy-proof ${seed}`);
    for (const agent of types.keys()) {
      const reports = new Map(types);
      if (reach === 'many' && random.below(everyOtherLies) === 0) {
        for (const other of types.keys()) {
          if (other === agent) continue;
          const lies = misreportsOf(bench, types, other, 'few', random);
          if (lies.length > 0) reports.set(other, lies[random.below(lies.length)]);
        }
      }
      for (const report of misreportsOf(bench, reports, agent, reach, random))
        yield deviatingCase(reports, seed, agent, report);
    }
  },
  excess: temptation,
  explain: explainTemptation,
};

export const strategyProof: Law = caseLaw(law);
