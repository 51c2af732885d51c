import { drawX, drawY, type Scale, scaleOf, withZero } from '../axes.ts';
import type { Figure, FigureOptions, Point } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * An order to buy or to sell up to a quantity at a price or better.
 *
 * @category Markets
 */
export interface Order {
  readonly agent: string;
  readonly side: 'buy' | 'sell';
  /** In units of money. */
  readonly price: number;
  readonly quantity: number;
}

/**
 * A market that clears at once.
 *
 * @category Markets
 */
export interface ClearedMarket {
  readonly orders: readonly Order[];
  /** How much changes hands. */
  readonly traded: number;
  readonly clearingPrice?: number;
  /** The lowest and the highest price at which the market clears. */
  readonly clearingInterval?: readonly [number, number];
}

/**
 * Supply and demand as steps, the interval of prices that clear, and the gains from trade as the area between.
 *
 * @category Markets
 */
export function supplyAndDemand(market: ClearedMarket, options: FigureOptions = {}): Figure {
  const { orders, traded, clearingPrice, clearingInterval } = market;
  const at = clearingPrice === undefined ? '' : ` at ${written(clearingPrice)}`;
  const title =
    traded > 0 ? `${counted(traded, 'unit')} change${traded === 1 ? 's' : ''} hands${at}` : 'Nothing changes hands';
  const sheet = new Sheet(
    title,
    'Demand falls and supply rises with the quantity; the shaded area is the gain from trade; prices in units of money',
    options.width,
  );
  const demand = stepsOf(orders.filter(({ side }) => side === 'buy').sort((a, b) => b.price - a.price));
  const supply = stepsOf(orders.filter(({ side }) => side === 'sell').sort((a, b) => a.price - b.price));
  const [left, right, top, bottom] = [50, sheet.width - 12, sheet.top + 24, sheet.top + 290];
  const most = Math.max(1, demand.at(-1)?.to ?? 0, supply.at(-1)?.to ?? 0);
  const x = scaleOf([0, most], [left, right], { exact: true });
  const y = scaleOf(withZero(orders.map(({ price }) => price)), [bottom, top]);
  drawY(sheet, y, left, right, 'price');
  const end = drawX(sheet, x, bottom, top, 'quantity');
  drawGains(sheet, demand, supply, traded, x, y);
  if (clearingInterval !== undefined && traded > 0) {
    const [low, high] = clearingInterval.map((price) => y.at(Math.max(y.low, Math.min(y.high, price)))) as [
      number,
      number,
    ];
    sheet.rect([left, high], right - left, Math.max(1, low - high), {
      fill: 'price',
      opacity: 0.16,
      label: `clears from ${written(clearingInterval[0])} to ${written(clearingInterval[1])}`,
    });
  }
  if (clearingPrice !== undefined && traded > 0) {
    sheet.line(
      [
        [left, y.at(clearingPrice)],
        [right, y.at(clearingPrice)],
      ],
      { stroke: 'price', weight: 2, dash: '6 3' },
    );
  }
  sheet.line(pathOf(demand, x, y), { stroke: 'win', weight: 2.5 });
  sheet.line(pathOf(supply, x, y), { stroke: 'good', weight: 2.5, dash: '8 3' });
  if (clearingPrice !== undefined && traded > 0)
    sheet.text([right, y.at(clearingPrice) - 6], `price ${written(clearingPrice)}`, {
      fill: 'price',
      bold: true,
      anchor: 'end',
      rim: true,
    });
  const legend = sheet.legend(end + 14, [
    { name: 'demand', look: { stroke: 'win', weight: 2.5 }, as: 'line' },
    { name: 'supply', look: { stroke: 'good', weight: 2.5, dash: '8 3' }, as: 'line' },
    { name: 'gains from trade', look: { fill: 'soft', stroke: 'grid' }, as: 'box' },
    ...(clearingInterval === undefined
      ? []
      : [{ name: 'prices that clear', look: { fill: 'price', opacity: 0.3 }, as: 'box' } as const]),
  ]);
  return sheet.figure(legend, describe(market), {
    columns: ['agent', 'side', 'price', 'quantity'],
    rows: orders.map(({ agent, side, price, quantity }) => [agent, side, price, quantity]),
  });
}

/** A price that holds over an interval of quantities. */
interface Step {
  readonly price: number;
  readonly from: number;
  readonly to: number;
}

function stepsOf(sorted: readonly Order[]): readonly Step[] {
  let from = 0;
  return sorted.map(({ price, quantity }) => {
    const step = { price, from, to: from + quantity };
    from = step.to;
    return step;
  });
}

function pathOf(steps: readonly Step[], x: Scale, y: Scale): readonly Point[] {
  return steps.flatMap(({ price, from, to }): Point[] => [
    [x.at(from), y.at(price)],
    [x.at(to), y.at(price)],
  ]);
}

/** The area between the curves up to what is traded. */
function drawGains(
  sheet: Sheet,
  demand: readonly Step[],
  supply: readonly Step[],
  traded: number,
  x: Scale,
  y: Scale,
): void {
  const upTo = (steps: readonly Step[]): readonly Step[] =>
    steps.filter(({ from }) => from < traded).map((step) => ({ ...step, to: Math.min(step.to, traded) }));
  const upper = pathOf(upTo(demand), x, y);
  const lower = pathOf(upTo(supply), x, y);
  if (upper.length > 0 && lower.length > 0)
    sheet.line([...upper, ...lower.toReversed()], { fill: 'soft', stroke: 'none', closed: true });
}

function describe({ orders, traded, clearingPrice, clearingInterval }: ClearedMarket): string {
  const buyers = orders.filter(({ side }) => side === 'buy').length;
  const interval =
    clearingInterval === undefined
      ? ''
      : ` Every price from ${written(clearingInterval[0])} to ${written(clearingInterval[1])} clears the market.`;
  const price = clearingPrice === undefined ? '' : ` The price is ${written(clearingPrice)}.`;
  return `${counted(buyers, 'order')} to buy and ${counted(orders.length - buyers, 'order')} to sell; ${written(traded)} change hands.${interval}${price}`;
}
