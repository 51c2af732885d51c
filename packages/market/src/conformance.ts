import { type Domain, doubleAuction, multiUnit, type Subject, subject, type Trader } from '@mechane/conformance';
import { call } from './call.ts';
import { economies } from './conformance-economies.ts';
import { messages } from './conformance-messages.ts';
import { equilibrium, type SupplyOrDemand } from './equilibrium.ts';
import { mcafee } from './mcafee.ts';
import { muda } from './muda.ts';
import { type FullOrderReport, type Order, type OrderReport, ordersOf } from './order.ts';
import { orderBook } from './order-book.ts';
import { stronglyBudgetBalanced } from './strongly-budget-balanced.ts';
import { tradeReduction } from './trade-reduction.ts';
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
