import { drawX, drawY, scaleOf, spread, withZero } from '../axes.ts';
import type { Figure, FigureOptions, Point } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import type { Role } from '../palette.ts';
import { Sheet } from '../sheet.ts';

/**
 * What rests in a book of orders, and what was traded.
 *
 * @category Markets
 */
export interface BookOfOrders {
  /** Prices and quantities, the best first. */
  readonly bids: readonly (readonly [price: number, quantity: number])[];
  readonly asks: readonly (readonly [price: number, quantity: number])[];
  readonly trades: readonly {
    readonly price: number;
    readonly quantity: number;
    readonly buyer?: string;
    readonly seller?: string;
  }[];
}

type Levels = BookOfOrders['bids'];

/**
 * The depth of a book of orders on the left, its trades one after another on the right. The figure's `axis` is that of the depth.
 *
 * @category Markets
 */
export function orderBook(book: BookOfOrders, options: FigureOptions = {}): Figure {
  const { bids, asks, trades } = book;
  const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
  const quote = [bid === undefined ? [] : [`bid ${written(bid)}`], ask === undefined ? [] : [`ask ${written(ask)}`]]
    .flat()
    .join(', ');
  const { width = 640 } = options;
  const narrow = width < 520;
  const [first, second] = narrow ? ['Above', 'Below'] : ['Left', 'Right'];
  const title = `${counted(trades.length, 'trade')}${quote === '' ? '; the book is empty' : `; best ${quote}`}`;
  const sheet = new Sheet(
    title,
    `${first}: how much is wanted and offered up to each price. ${second}: the price of each trade, the larger the dot the more`,
    width,
  );
  const middle = narrow ? sheet.width : sheet.width * 0.52;
  const [top, bottom] = [sheet.top + 24, sheet.top + 240];
  const { end, axis } = drawDepth(sheet, book, { left: 50, right: middle - 10, top, bottom });
  const trading = narrow
    ? { left: 50, right: sheet.width - 14, top: end + 34, bottom: end + (trades.length === 0 ? 70 : 200) }
    : { left: middle + 50, right: sheet.width - 14, top, bottom };
  const finish = drawTrades(sheet, trades, trading);
  const legend = sheet.legend(Math.max(end, finish) + 14, [
    { name: 'wanted at this price or less', look: { fill: 'win', opacity: 0.5 }, as: 'box' },
    {
      name: 'offered at this price or more',
      look: { fill: 'good', opacity: 0.5, stroke: 'good', dash: '3 2' },
      as: 'box',
    },
  ]);
  const depth = [
    ...bids.map(([price, quantity]) => ['bid', price, quantity, null, null] as const),
    ...asks.map(([price, quantity]) => ['ask', price, quantity, null, null] as const),
  ];
  const told = trades.map(
    ({ price, quantity, buyer = null, seller = null }) => ['trade', price, quantity, buyer, seller] as const,
  );
  const figure = sheet.figure(legend, describe(book), {
    columns: ['kind', 'price', 'quantity', 'buyer', 'seller'],
    rows: [...depth, ...told],
  });
  return { ...figure, axis };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function drawDepth(
  sheet: Sheet,
  { bids, asks }: BookOfOrders,
  { left, right, top, bottom }: Box,
): { readonly end: number; readonly axis: NonNullable<Figure['axis']> } {
  const total = (levels: Levels): number => levels.reduce((sum, [, quantity]) => sum + quantity, 0);
  const x = scaleOf(widened(spread([...bids, ...asks].map(([price]) => price))), [left, right], { exact: true });
  const y = scaleOf([0, Math.max(1, total(bids), total(asks))], [bottom, top]);
  drawY(sheet, y, left, right, 'quantity');
  const end = drawX(sheet, x, bottom, top, 'price');
  const side = (levels: Levels, edge: number, role: Role, dash: string): void => {
    let sum = 0;
    const points = levels.flatMap(([price, quantity]): Point[] => {
      const before: Point = [x.at(price), y.at(sum)];
      sum += quantity;
      return [before, [x.at(price), y.at(sum)]];
    });
    if (points.length === 0) return;
    const last = points.at(-1) as Point;
    const first = points[0] as Point;
    sheet.line([...points, [edge, last[1]], [edge, bottom], [first[0], bottom]], {
      fill: role,
      opacity: 0.35,
      stroke: 'none',
      closed: true,
    });
    sheet.line([...points, [edge, last[1]]], { stroke: role, weight: 2, dash });
  };
  side(bids, left, 'win', '');
  side(asks, right, 'good', '6 3');
  return { end, axis: { from: x.from, to: x.to, low: x.low, high: x.high } };
}

/** Room beyond the last prices, so that their levels are seen. */
function widened([low, high]: readonly [number, number]): readonly [number, number] {
  const room = (high - low || Math.abs(high) || 1) * 0.12;
  return [low - room, high + room];
}

function drawTrades(sheet: Sheet, trades: BookOfOrders['trades'], { left, right, top, bottom }: Box): number {
  if (trades.length === 0) {
    sheet.text([(left + right) / 2, (top + bottom) / 2], 'no trade yet', { fill: 'faint', anchor: 'middle' });
    return bottom + 20;
  }
  const x = scaleOf([0.5, trades.length + 0.5], [left, right], { exact: true });
  const y = scaleOf(spread(trades.map(({ price }) => price)), [bottom, top]);
  const [, most] = withZero(trades.map(({ quantity }) => quantity));
  drawY(sheet, y, left, right, 'price of a trade');
  const end = drawX(sheet, { ...x, ticks: x.ticks.filter(Number.isInteger) }, bottom, top, 'trade');
  sheet.line(
    trades.map(({ price }, place): Point => [x.at(place + 1), y.at(price)]),
    { stroke: 'faint' },
  );
  trades.forEach(({ price, quantity, buyer = '?', seller = '?' }, place) => {
    const label = `${seller} sells ${written(quantity)} to ${buyer} at ${written(price)}`;
    sheet.dot([x.at(place + 1), y.at(price)], { fill: 'price', radius: 2.5 + 4.5 * Math.sqrt(quantity / most), label });
  });
  return end;
}

function describe({ bids, asks, trades }: BookOfOrders): string {
  const levels = (side: Levels): string =>
    side
      .slice(0, 20)
      .map(([price, quantity]) => `${written(quantity)} at ${written(price)}`)
      .join(', ') || 'nothing';
  const told = trades
    .slice(0, 40)
    .map(
      ({ price, quantity, buyer = 'somebody', seller = 'somebody' }) =>
        `${seller} sells ${written(quantity)} to ${buyer} at ${written(price)}`,
    );
  return `Wanted: ${levels(bids)}. Offered: ${levels(asks)}. ${told.join('; ')}${told.length > 0 ? '.' : 'No trade.'}`;
}
