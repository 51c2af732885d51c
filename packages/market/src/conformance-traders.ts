import { type Domain, doubleAuction, multiUnit, type Trader } from '@mechane/conformance';
import type { SupplyOrDemand } from './equilibrium.ts';
import { type FullOrderReport, type Order, type OrderReport, ordersOf } from './order.ts';

/** Traders of one unit each. */
export const unitTraders: Domain<unknown, OrderReport> = doubleAuction<OrderReport>();

/** Traders of up to three units at one price each. */
export const traders: Domain<unknown, OrderReport> = doubleAuction<OrderReport>({ units: 3 });

/** Suppliers and demanders of up to three units. */
export const suppliersAndDemanders: Domain<unknown, SupplyOrDemand> = doubleAuction<SupplyOrDemand>({
  units: 3,
  report: ({ side, price, quantity = 1 }) =>
    side === 'buy' ? { demand: quantity, maxPrice: price } : { supply: quantity, minPrice: price },
  trader: (report) =>
    'supply' in report
      ? { side: 'sell', price: report.minPrice, quantity: report.supply }
      : { side: 'buy', price: report.maxPrice, quantity: report.demand },
});

/** Buyers to whom every further unit is worth less, and sellers whom it costs more: an order for each unit. */
export const schedules: Domain<unknown, OrderReport> = {
  name: 'double-auction',
  grid: () =>
    [[3], [2, 1], [3, 0], [2, 2]].flatMap((prices) => [scheduleOf('buy', prices), scheduleOf('sell', prices)]),
  types: () =>
    multiUnit()
      .types({ units: 3 })
      .map(({ bids: [first = 0, ...others] }) => scheduleOf(first % 2 === 0 ? 'buy' : 'sell', [first, ...others])),
  mayReport: (type, report) => sideOf(type) === sideOf(report),
  bestWelfare: (types) => {
    const units = [...types].flatMap(([agent, report]) =>
      ordersOf(report as FullOrderReport).map(({ side, price }, unit): [string, Trader] => [
        `${agent} ${unit}`,
        { side, price },
      ]),
    );
    return Number(doubleAuction().bestWelfare?.(new Map(units), {}));
  },
  infeasible(outcome, types) {
    const units = new Map(
      [...types].map(([agent, report]): [string, Trader] => {
        const { length } = ordersOf(report as FullOrderReport);
        return [agent, { side: sideOf(report), price: 0, quantity: length }];
      }),
    );
    return doubleAuction().infeasible?.(outcome, units, {});
  },
  raises(from, to) {
    const side = sideOf(from);
    const [before, after] = [ordersOf(from as FullOrderReport), ordersOf(to as FullOrderReport)];
    return (
      sideOf(to) === side &&
      after.length === before.length &&
      before.every(({ price }, unit) => {
        const raised = after[unit]?.price ?? price;
        return side === 'buy' ? raised >= price : raised <= price;
      })
    );
  },
};

function scheduleOf(side: Order['side'], prices: readonly number[]): OrderReport {
  return { orders: prices.map((price) => ({ side, price })) };
}

function sideOf(report: OrderReport): Order['side'] {
  return 'orders' in report ? (report.orders[0]?.side ?? 'buy') : report.side;
}
