import {
  type Domain,
  doubleAuction,
  multiUnit,
  type Subject,
  singleItem,
  subject,
  type Trader,
} from '@mechane/conformance';
import { highsOptimizer } from '@mechane/optimization';
import { call } from './call.ts';
import {
  divisions,
  type Goods,
  goodsOf,
  overdrawn,
  simpleUtilities,
  suppliesOf,
  utilityFor,
} from './conformance-economies.ts';
import { messages } from './conformance-messages.ts';
import { equilibrium, type SupplyOrDemand } from './equilibrium.ts';
import { exchange } from './exchange.ts';
import type { ExchangeReport } from './exchange-agents.ts';
import { fisher } from './fisher.ts';
import type { FisherReport } from './fisher-agents.ts';
import { mcafee } from './mcafee.ts';
import { muda } from './muda.ts';
import { type MultiCommodityOutcome, multiCommodity } from './multi-commodity.ts';
import { type FullOrderReport, type Order, type OrderReport, ordersOf } from './order.ts';
import { orderBook } from './order-book.ts';
import type { ResourceReport } from './resource-program.ts';
import { stronglyBudgetBalanced } from './strongly-budget-balanced.ts';
import { tatonnement } from './tatonnement.ts';
import { tradeReduction } from './trade-reduction.ts';
import type { Bundle } from './utility/utility.ts';
import { vcg } from './vcg.ts';

const byPriority = { breakTie: { priority: ['cat', 'ann'] } };

const unitTraders = doubleAuction<OrderReport>();
const traders = doubleAuction<OrderReport>({ units: 3 });
const suppliersAndDemanders = doubleAuction<SupplyOrDemand>({
  units: 3,
  report: ({ side, price, quantity = 1 }) =>
    side === 'buy' ? { demand: quantity, maxPrice: price } : { supply: quantity, minPrice: price },
  trader: (report) =>
    'supply' in report
      ? { side: 'sell', price: report.minPrice, quantity: report.supply }
      : { side: 'buy', price: report.maxPrice, quantity: report.demand },
});

const schedule = (side: Order['side'], prices: readonly number[]): OrderReport => ({
  orders: prices.map((price) => ({ side, price })),
});
/** Reports as a trader, which hides that units have prices of their own, and as one trader for each unit. */
const whole = (report: OrderReport): Trader => {
  const [first, ...further] = ordersOf(report as FullOrderReport);
  return { side: first?.side ?? 'buy', price: first?.price ?? 0, quantity: 1 + further.length };
};
const units = (report: OrderReport): readonly Trader[] =>
  ordersOf(report as FullOrderReport).map(({ side, price }) => ({ side, price }));

/** Buyers to whom every further unit is worth less, and sellers whom it costs more: an order for each unit. */
const schedules: Domain<unknown, OrderReport> = {
  ...doubleAuction({ trader: whole }),
  value(agent, type, outcome) {
    const traded = (outcome as { trades: Readonly<Record<string, number>> }).trades[agent] ?? 0;
    const bought = whole(type).side === 'buy' ? traded : -traded;
    const prices = units(type).map(({ price }) => price);
    if (bought < 0) return Number.NEGATIVE_INFINITY;
    const ranked = whole(type).side === 'buy' ? prices.sort((a, b) => b - a) : prices.sort((a, b) => a - b);
    const worth = ranked.slice(0, bought).reduce((sum, price) => sum + price, 0);
    return whole(type).side === 'buy' ? worth : -worth;
  },
  misreports(type) {
    const orders = [...ordersOf(type as FullOrderReport)];
    return orders.slice(1).map((_, last) => ({ orders: orders.slice(0, last + 1) }));
  },
  grid: () => [[3], [2, 1], [3, 0], [2, 2]].flatMap((prices) => [schedule('buy', prices), schedule('sell', prices)]),
  types: () =>
    multiUnit()
      .types({ units: 3 })
      .map(({ bids: [first = 0, ...further] }) => schedule(first % 2 === 0 ? 'buy' : 'sell', [first, ...further])),
  bestWelfare(types) {
    const each = [...types.values()].flatMap(units).map((unit, index): [string, Trader] => [`unit${index}`, unit]);
    return Number(doubleAuction().bestWelfare?.(new Map(each), {}));
  },
  raises(from, to) {
    const [before, after] = [units(from), units(to)];
    const better = ({ side, price }: Trader, now = price): boolean => (side === 'buy' ? now >= price : now <= price);
    const sameSide = whole(from).side === whole(to).side && before.length === after.length;
    return sameSide && before.every((unit, index) => better(unit, after[index]?.price));
  },
};
const callMarkets: readonly Subject[] = [
  subject({ mechanism: call, domain: traders, settings: [{}, { k: 0, ...byPriority }, { k: 1 }], runs: 20 }),
  subject({ mechanism: equilibrium, domain: suppliersAndDemanders, settings: [{}, byPriority], runs: 20 }),
  subject({ mechanism: vcg, domain: traders, settings: [{}, byPriority], runs: 20 }),
  subject({ mechanism: vcg, domain: schedules, runs: 20 }),
  subject({ mechanism: mcafee, domain: unitTraders, settings: [{}, byPriority], runs: 20 }),
  subject({ mechanism: tradeReduction, domain: unitTraders, settings: [{}, byPriority], runs: 20 }),
  subject({ mechanism: stronglyBudgetBalanced, domain: unitTraders, settings: [{}, byPriority], runs: 20 }),
  subject({ mechanism: muda, domain: traders, settings: [{}, { rationing: 'vickrey', ...byPriority }], runs: 20 }),
  subject({ mechanism: muda, domain: schedules, settings: [{}, { rationing: 'vickrey' }], runs: 20 }),
];

const orderBooks: readonly Subject[] = [
  {
    mechanism: orderBook,
    domain: messages,
    settings: [{}, { selfTradePrevention: 'cancel-both' }, { tickSize: 0.5, lotSize: 0.01 }],
    runs: 20,
  },
];

/** Economies, and the types and settings they are examined on. */
function economies(): readonly Subject[] {
  const whole = singleItem({ largest: 2 ** 30 }).types({});

  /** Buyers with different budgets, some without any. */
  const buyers: Domain<Goods, FisherReport> = {
    name: 'buyers',
    grid: () => simpleUtilities().flatMap((utility) => [1, 3].map((budget) => ({ budget, utility }))),
    types: (settings) =>
      whole.map(({ bid }) => ({
        budget: Math.floor(bid) % 7,
        utility: utilityFor(Math.floor(bid / 7), goodsOf(settings), false),
      })),
    infeasible: (outcome, _types, { goods }) =>
      overdrawn(goods, (outcome as { allocation: Record<string, Bundle> }).allocation),
  };

  /** Buyers who all have the same budget, and cannot say otherwise. */
  const equals: Domain<Goods, FisherReport> = {
    ...buyers,
    name: 'equal-budgets',
    grid: () => simpleUtilities().map((utility) => ({ budget: 1, utility })),
    types: (settings) =>
      whole.map(({ bid }) => ({ budget: 1, utility: utilityFor(Math.floor(bid), goodsOf(settings), false) })),
    mayReport: (type, report) => type.budget === report.budget,
    *alternatives(types, { goods }) {
      const payments = Object.fromEntries([...types].map(([agent, { budget }]) => [agent, budget]));
      for (const allocation of divisions(goods, [...types.keys()])) yield { allocation, payments };
    },
  };

  const barterGoods = ['x', 'y'];

  /** Traders who may have nothing of some good, or nothing at all. */
  const traders: Domain<unknown, ExchangeReport> = {
    name: 'traders',
    grid: () =>
      simpleUtilities().flatMap((utility) => [{ x: 1 }, { x: 1, y: 2 }].map((endowment) => ({ endowment, utility }))),
    types: () =>
      whole.map(({ bid }) => {
        const number = Math.floor(bid);
        return {
          endowment: { x: number % 4, y: Math.floor(number / 4) % 4 },
          utility: utilityFor(Math.floor(number / 16), barterGoods, true),
        };
      }),
    infeasible: (outcome, types) =>
      overdrawn(
        suppliesOf([...types.values()].map(({ endowment }) => endowment)),
        (outcome as { allocation: Record<string, Bundle> }).allocation,
      ),
  };

  /** Traders who have some of everything, and want some of everything: equilibria exist. */
  const ownersOfEverything: Domain<unknown, ExchangeReport> = {
    ...traders,
    name: 'owners-of-everything',
    grid: () =>
      simpleUtilities().flatMap((utility) =>
        [
          { x: 1, y: 1 },
          { x: 1, y: 2 },
        ].map((endowment) => ({ endowment, utility })),
      ),
    types: () =>
      whole.map(({ bid }) => {
        const number = Math.floor(bid);
        return {
          endowment: { x: 1 + (number % 4), y: 1 + (Math.floor(number / 4) % 4) },
          utility: utilityFor(Math.floor(number / 16), barterGoods, true),
        };
      }),
    *alternatives(types) {
      const supplies = suppliesOf([...types.values()].map(({ endowment }) => endowment));
      for (const allocation of divisions(supplies, [...types.keys()])) yield { allocation };
    },
  };

  /** Up to two uses of two resources. */
  const users: Domain<{ readonly resources: Readonly<Record<string, number>> }, ResourceReport> = {
    name: 'users',
    grid: () => [
      { uses: [{ value: 3, needs: { cpu: 1, memory: 1 } }] },
      { uses: [{ value: 2, needs: { cpu: 1 }, limit: 1 }] },
      { uses: [{ value: 4, needs: { memory: 2 } }], budget: 3 },
      { uses: [] },
    ],
    types: () =>
      whole.map(({ bid }) => {
        const number = Math.floor(bid);
        const digit = (place: number, base: number): number => Math.floor(number / base ** place) % base;
        return {
          uses: [
            { value: digit(0, 10), needs: { cpu: 1 + digit(1, 10) } },
            { value: digit(2, 10), needs: { cpu: digit(3, 10), memory: 1 + digit(4, 10) }, limit: 1 + digit(5, 10) },
          ],
          ...(number % 2 === 0 ? {} : { budget: 1 + digit(6, 10) }),
        };
      }),
    infeasible: (outcome, _types, { resources }) => overdrawn(resources, (outcome as MultiCommodityOutcome).allocation),
  };

  const byPriority = { breakTie: { priority: ['cat', 'ann'] } };

  return [
    subject({
      mechanism: fisher,
      domain: buyers,
      settings: [{ goods: { x: 1, y: 1 } }, { goods: { x: 2, y: 3, z: 0.5 }, ...byPriority }],
      runs: 20,
    }),
    subject({
      mechanism: fisher,
      domain: equals,
      settings: [{ goods: { x: 1, y: 1 } }, { goods: { x: 3, y: 2 } }],
      runs: 20,
    }),
    subject({ mechanism: exchange, domain: traders, settings: [{}, byPriority], runs: 20 }),
    subject({ mechanism: exchange, domain: ownersOfEverything, runs: 20 }),
    subject({ mechanism: tatonnement, domain: traders, settings: [{ maxRounds: 60 }], runs: 20 }),
    subject({
      mechanism: multiCommodity,
      domain: users,
      settings: [{ resources: { cpu: 4, memory: 6 } }, { resources: { cpu: 10, memory: 3 }, ...byPriority }],
      providers: [highsOptimizer()],
      runs: 10,
    }),
  ];
}

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [...callMarkets, ...orderBooks, ...economies()];
