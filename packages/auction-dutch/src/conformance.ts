import { believedOnGrid, type Domain, multiUnit, type Subject, singleItem, subject } from '@mechane/conformance';
import { clock } from './clock.ts';
import { type GradualOutcome, gradual, type PurchaseOrder } from './gradual.ts';
import { multiUnit as dutchMultiUnit } from './multi-unit.ts';

/** Thresholds within reach of prices that are called one by one. */
const items = believedOnGrid(singleItem({ report: (threshold: number) => ({ threshold }), largest: 300 }));
const units = believedOnGrid(
  multiUnit({ report: (thresholds: readonly number[]) => ({ thresholds: [...thresholds] }), largest: 300 }),
);
/** Orders for one unit each, sent in the order of their times. */
const orders: Domain<unknown, PurchaseOrder> = {
  name: 'orders',
  grid: () => [0, 1, 5].flatMap((at) => [0, 40, 100].map((maxPrice) => ({ at, maxPrice }))),
  types: () =>
    singleItem({ largest: 1_000 })
      .types({})
      .map(({ bid }) => ({ at: bid % 10, maxPrice: bid })),
  together: (given) => given.toSorted(({ at: a = 0 }, { at: b = 0 }) => a - b),
  infeasible(outcome, given) {
    const { sales } = outcome as GradualOutcome;
    if (sales.length > given.size) return `${sales.length} units are sold on ${given.size} orders`;
    const dear = sales.find(({ agent, price }) => !(price <= (given.get(agent)?.maxPrice ?? -1)));
    return dear && `${dear.agent} pays ${dear.price}, more than it ordered for`;
  },
};
const byPriority = { breakTie: { priority: ['cat', 'ann'] } };

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: clock,
    domain: items,
    settings: [
      { startingPrice: 6 },
      { startingPrice: 300, floor: 2, ...byPriority },
      { startingPrice: 6, decrement: 1 },
      { startingPrice: 300, decrement: 7, floor: 2 },
    ],
    runs: 20,
  }),
  subject({
    mechanism: dutchMultiUnit,
    domain: units,
    settings: [
      { units: 2, startingPrice: 4 },
      { units: 2, startingPrice: 4, decrement: 1, pricing: 'uniform' },
      { units: 3, startingPrice: 300, decrement: 9, floor: 2, ...byPriority },
      { units: 3, startingPrice: 300, floor: 2, pricing: 'uniform' },
    ],
    runs: 20,
  }),
  {
    mechanism: gradual,
    domain: orders,
    settings: [
      { targetPrice: 50, decay: 0.31, schedule: { kind: 'linear', perTimeUnit: 2 } },
      { targetPrice: 50, decay: 0.1, schedule: { kind: 'logistic', limit: 3, timeScale: 0.5 } },
    ],
    runs: 20,
  },
];
