import { type Subject, subject } from '@mechane/conformance';
import { call } from './call.ts';
import { economies } from './conformance-economies.ts';
import { messages } from './conformance-messages.ts';
import { schedules, suppliersAndDemanders, traders, unitTraders } from './conformance-traders.ts';
import { equilibrium } from './equilibrium.ts';
import { mcafee } from './mcafee.ts';
import { muda } from './muda.ts';
import { orderBook } from './order-book.ts';
import { stronglyBudgetBalanced } from './strongly-budget-balanced.ts';
import { tradeReduction } from './trade-reduction.ts';
import { vcg } from './vcg.ts';

const byPriority = { breakTie: { priority: ['cat', 'ann'] } };

const callMarkets: readonly Subject[] = [
  subject({ mechanism: call, domain: traders, settings: [{}, { k: 0, ...byPriority }, { k: 1 }], runs: 100 }),
  subject({ mechanism: equilibrium, domain: suppliersAndDemanders, settings: [{}, byPriority], runs: 100 }),
  subject({ mechanism: vcg, domain: traders, settings: [{}, byPriority], runs: 100 }),
  subject({ mechanism: vcg, domain: schedules, runs: 100 }),
  subject({ mechanism: mcafee, domain: unitTraders, settings: [{}, byPriority], runs: 100 }),
  subject({ mechanism: tradeReduction, domain: unitTraders, settings: [{}, byPriority], runs: 100 }),
  subject({ mechanism: stronglyBudgetBalanced, domain: unitTraders, settings: [{}, byPriority], runs: 100 }),
  subject({ mechanism: muda, domain: traders, settings: [{}, { rationing: 'vickrey', ...byPriority }], runs: 60 }),
  subject({ mechanism: muda, domain: schedules, settings: [{}, { rationing: 'vickrey' }], runs: 60 }),
];

const orderBooks: readonly Subject[] = [
  {
    mechanism: orderBook,
    domain: messages,
    settings: [{}, { selfTradePrevention: 'cancel-both' }, { tickSize: 0.5, lotSize: 0.01 }],
  },
];

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [...callMarkets, ...orderBooks, ...economies];
