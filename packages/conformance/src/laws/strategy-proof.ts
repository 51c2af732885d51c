import type { Random } from '@mechane/core';
import { deviatingCase, type Reports } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { searchMenus } from '../search/menu.ts';
import { withDepartures } from '../search/said-variously.ts';
import { withoutUtility } from './needs.ts';
import { explainTemptation, temptation } from './temptation.ts';

/** In mechanisms with rounds, also against agents that play as no report says. */
export const strategyProof: Law = caseLaw({
  name: 'strategy-proof',
  says: 'no agent gains by any misreport, whatever the others report',
  playsPerRun: 130,
  aboutValues: true,
  aboutStrategies: true,
  undecidable: withoutUtility,
  *cases(trial, { types, seed }, reach) {
    const random = trial.random(`strategy-proof ${seed}`);
    for (const agent of types.keys()) {
      for (const report of misreportsOf(trial, types, agent, reach, random)) {
        yield deviatingCase(types, seed, agent, report);
      }
    }
  },
  search: (trial, judge, approximately) => searchMenus({ others }, trial, judge, approximately),
  excess: temptation,
  explain: explainTemptation,
});

/** The truth, or now and then something that need not be anybody's truth. */
function others(trial: Trial, { types }: Profile, random: Random): Reports {
  const kind = random.below(6);
  if (kind > 2 || types.size < 2) return types;
  const agents = [...types.keys()];
  const liar = agents[random.below(agents.length)] as string;
  if (kind === 0 && trial.strategies) return withDepartures(trial.strategies, types, liar, random);
  const said = new Map(types);
  for (const agent of agents) {
    if (agent !== liar && random.below(2) === 0) continue;
    const lies = misreportsOf(trial, types, agent, 'few', random);
    if (lies.length > 0) said.set(agent, lies[random.below(lies.length)]);
  }
  return said;
}
