import { drawX, drawY, type Scale, scaleOf, spread } from '../axes.ts';
import type { Curve } from '../curves.ts';
import type { Figure, FigureOptions, Point } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';

/**
 * What somebody bid, by what the thing was worth to it.
 *
 * @category Auctions
 */
export interface OneBid {
  readonly agent: string;
  readonly value: number;
  readonly bid: number;
  /** Whether it got something. */
  readonly won: boolean;
  /** What told it apart from others, such as the side of a market: each kind has a shape of its own. */
  readonly kind?: string;
}

/**
 * Many bids, in one auction or in several, and what theory says of them.
 *
 * @category Auctions
 */
export interface BidsOfMany {
  readonly bids: readonly OneBid[];
  /** What theory says that is bid, by value: an equilibrium, or the truth. */
  readonly theory: readonly Curve[];
  /** The name of the horizontal axis, and of the vertical one. */
  readonly x: string;
  readonly y: string;
}

const shapes = ['circle', 'square', 'diamond', 'triangle'] as const;

/**
 * Bids as dots over values, with what theory says drawn over them: those who won are filled, those who did not are pale.
 *
 * @category Auctions
 */
export function bidsByValue(
  { bids, theory, x: across, y: up }: BidsOfMany,
  { title, width }: FigureOptions & { readonly title: string },
): Figure {
  const kinds = [...new Set(bids.map(({ kind = '' }) => kind))];
  const sheet = new Sheet(
    title,
    `Each dot is one of ${counted(bids.length, 'bid')}; lines are what theory says`,
    width,
  );
  const [left, right, top, bottom] = [58, sheet.width - 14, sheet.top + 24, sheet.top + 290];
  const points = theory.flatMap(({ points: each }) => each);
  const x = scaleOf(spread([...bids.map(({ value }) => value), ...points.map((point) => point.x)]), [left, right]);
  const y = scaleOf(spread([0, ...bids.map(({ bid }) => bid), ...points.map((point) => point.y)]), [bottom, top]);
  drawY(sheet, y, left, right, up);
  const end = drawX(sheet, x, bottom, top, across);
  const at = (value: number, bid: number): Point => [x.at(value), y.at(bid)];
  for (const { agent, value, bid, won, kind = '' } of bids) {
    sheet.dot(at(value, bid), {
      radius: 5,
      symbol: shapes[kinds.indexOf(kind) % shapes.length] ?? 'circle',
      fill: won ? 'win' : 'paper',
      stroke: 'win',
      opacity: won ? 0.9 : 0.75,
      key: agent,
      label: `${agent}: ${written(bid)} at ${written(value)}${won ? ', won' : ''}`,
    });
  }
  const lines = theory.map(({ name, points: each }, place) => ({ name, points: each, look: lineAt(place) }));
  for (const { points: each, look } of lines) {
    sheet.line(
      each.map((point) => at(point.x, point.y)),
      look,
    );
  }
  const legend = sheet.legend(end + 14, [
    ...lines.map(({ name, look }) => ({ name, look, as: 'line' as const })),
    { name: 'won', look: { fill: 'win', stroke: 'win' }, as: 'box' as const },
    { name: 'did not', look: { fill: 'paper', stroke: 'win' }, as: 'box' as const },
  ]);
  return sheet.figure(legend, described(bids, theory, { across, up }, x), {
    columns: ['agent', 'kind', across, up, 'won'],
    rows: bids.map(({ agent, kind = '', value, bid, won }) => [agent, kind, value, bid, won ? 1 : 0]),
  });
}

function lineAt(place: number): { readonly stroke: 'price' | 'good'; readonly dash: string; readonly weight: number } {
  return { stroke: place % 2 === 0 ? 'price' : 'good', dash: place === 0 ? '' : seriesAt(place).dash, weight: 2.5 };
}

function described(
  bids: readonly OneBid[],
  theory: readonly Curve[],
  { across, up }: { readonly across: string; readonly up: string },
  { low, high }: Scale,
): string {
  const won = bids.filter((each) => each.won).length;
  const names = theory.map(({ name }) => name).join(' and ');
  const drawn = names === '' ? '' : ` Over them, theory is drawn: ${names}.`;
  return `${up} by ${across}, from ${written(low)} to ${written(high)}: ${counted(bids.length, 'bid')}, of which ${won} won.${drawn}`;
}
