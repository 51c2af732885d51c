import { curves } from '../curves.ts';
import { allocationFlows, type Flows } from '../markets/flows.ts';
import { type BookOfOrders, orderBook } from '../markets/order-book.ts';
import { type Order, supplyAndDemand } from '../markets/supply-and-demand.ts';
import { type AnyRecord, isNumbers, isRecord, numberOr, onlyNumbers, reportsOf } from '../run-shape.ts';
import type { Painter } from './painter.ts';

const book: Painter = ({ outcome }, options) => {
  const { book: resting, trades } = outcome;
  if (!isRecord(resting) || !Array.isArray(trades)) return undefined;
  return orderBook({ ...(resting as Pick<BookOfOrders, 'bids' | 'asks'>), trades }, options);
};

/** Sales one after another, each at its price. */
const sales: Painter = ({ outcome }, options) => {
  const { sales: sold } = outcome;
  if (!Array.isArray(sold) || sold.length === 0) return undefined;
  const points = sold.map((sale: AnyRecord, place) => ({
    x: numberOr(sale.at, place + 1),
    y: numberOr(sale.price, 0),
  }));
  const timed = sold.some((sale: AnyRecord) => 'at' in sale);
  return curves([{ name: 'price', points }], {
    ...options,
    title: `${sold.length} ${sold.length === 1 ? 'sale' : 'sales'}, the last at ${Math.round((points.at(-1)?.y ?? 0) * 100) / 100}`,
    subtitle: 'Each dot is a sale',
    x: timed ? 'time' : 'sale',
    y: 'units of money',
    zero: true,
  });
};

/** Prices of a process that looks for them, round by round. */
const pricesInTime: Painter = ({ outcome }, options) => {
  const { history, status } = outcome;
  if (
    !Array.isArray(history) ||
    history.length < 2 ||
    !isRecord((history[0] as AnyRecord).prices) ||
    status === undefined
  )
    return undefined;
  const rounds = history as readonly AnyRecord[];
  const goods = Object.keys(onlyNumbers(rounds[0]?.prices));
  const lines = goods.map((name) => ({
    name,
    points: rounds.map(({ prices, round }, place) => ({
      x: numberOr(round, place + 1),
      y: onlyNumbers(prices)[name] ?? 0,
    })),
  }));
  return curves(lines, {
    ...options,
    title: `Prices after ${rounds.length} rounds: ${String(status)}`,
    subtitle: 'The price of each good, round by round',
    x: 'round',
    y: 'price',
  });
};

const twoSided: Painter = ({ reports, outcome }, options) => {
  const orders = ordersIn(reports);
  if (orders === undefined || !isRecord(outcome.trades)) return undefined;
  const bought = Object.values(onlyNumbers(outcome.trades)).reduce((sum, quantity) => sum + Math.max(0, quantity), 0);
  const { clearingPrice, clearingInterval } = outcome;
  return supplyAndDemand(
    {
      orders,
      traded: numberOr(outcome.traded, numberOr(outcome.totalTraded, bought)),
      ...(typeof clearingPrice === 'number' ? { clearingPrice } : {}),
      ...(isNumbers(clearingInterval) && clearingInterval.length === 2
        ? { clearingInterval: [clearingInterval[0] as number, clearingInterval[1] as number] }
        : {}),
    },
    options,
  );
};

function ordersIn(reports: unknown): readonly Order[] | undefined {
  const orders = reportsOf(reports).flatMap(([agent, report]) => ordersOf(agent, report));
  return orders.length === 0 || orders.includes(undefined) ? undefined : (orders as readonly Order[]);
}

function ordersOf(agent: string, report: AnyRecord): readonly (Order | undefined)[] {
  if (Array.isArray(report.orders)) return report.orders.flatMap((order: AnyRecord) => ordersOf(agent, order));
  const { side, price, quantity, supply, demand, minPrice, maxPrice } = report;
  if ((side === 'buy' || side === 'sell') && typeof price === 'number')
    return [{ agent, side, price, quantity: numberOr(quantity, 1) }];
  if (typeof supply === 'number' && typeof minPrice === 'number')
    return [{ agent, side: 'sell', price: minPrice, quantity: supply }];
  if (typeof demand === 'number' && typeof maxPrice === 'number')
    return [{ agent, side: 'buy', price: maxPrice, quantity: demand }];
  return [undefined];
}

const economy: Painter = ({ outcome }, options) => {
  const { allocation, prices } = outcome;
  if (!isRecord(allocation) || !Object.values(allocation).every((bundle) => isRecord(bundle)) || !isRecord(prices))
    return undefined;
  return allocationFlows({ allocation: allocation as Flows['allocation'], prices: onlyNumbers(prices) }, options);
};

/** Markets by the shape of what they are told and give. */
export const marketPainters: readonly Painter[] = [book, sales, pricesInTime, twoSided, economy];
