import { housing, type Subject, subject, twoSided } from '@mechane/conformance';
import { boston } from './boston.ts';
import { deferredAcceptance } from './deferred-acceptance.ts';
import { type ItemRanking, serialDictatorship } from './serial-dictatorship.ts';
import { topTradingCycles } from './top-trading-cycles.ts';

const items = housing<ItemRanking, { items: string[] }>({
  report: ({ ranking }) => ({ ranking: [...ranking] }),
});
const houses = housing({ report: ({ owns, ranking }) => ({ owns, ranking: [...ranking] }) });

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: serialDictatorship,
    domain: items,
    settings: [
      { items: ['A', 'B', 'C'] },
      { items: ['A', 'B'], order: ['bob'] },
      { items: ['A', 'B', 'C', 'D'], breakTie: 'lot' },
    ],
    runs: 20,
  }),
  subject({ mechanism: topTradingCycles, domain: houses, runs: 20 }),
  subject({ mechanism: deferredAcceptance, domain: twoSided(), runs: 20 }),
  subject({ mechanism: deferredAcceptance, domain: twoSided({ liars: 'proposing' }), runs: 20 }),
  subject({ mechanism: boston, domain: twoSided(), runs: 20 }),
  subject({ mechanism: boston, domain: twoSided({ liars: 'proposing' }), runs: 20 }),
];
