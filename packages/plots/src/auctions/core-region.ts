import { drawX, drawY, scaleOf } from '../axes.ts';
import type { Figure, FigureOptions, Point } from '../figure.ts';
import { listed, written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';
import { coreConstraints, type Halfplane, insideOf } from './core-constraints.ts';
import type { PackageAuction } from './package-auction.ts';

/** A payment of each winner, with a name such as VCG. */
type Named = readonly (readonly [name: string, payments: Readonly<Record<string, number>>])[];

/**
 * The core of an auction of packages (Day and Raghavan 2007): the payments of two winners at which nobody else would rather have struck a
 * bargain with the seller, or of three winners at the same revenue. `undefined` where two or three do not win, or there are too many bidders to look at
 * every coalition.
 *
 * @category Auctions
 */
export function coreRegion(auction: PackageAuction, options: FigureOptions = {}): Figure | undefined {
  const winners = Object.keys(auction.allocation).filter((agent) => (auction.allocation[agent]?.length ?? 0) > 0);
  const constraints = coreConstraints(auction, winners);
  if (constraints === undefined || (winners.length !== 2 && winners.length !== 3)) return undefined;
  const named: Named = [['paid', auction.payments], ...Object.entries(auction.others ?? {})];
  return winners.length === 2
    ? plane(auction, winners, constraints, named, options)
    : triangle(auction, winners, constraints, named, options);
}

function plane(
  auction: PackageAuction,
  winners: readonly string[],
  constraints: readonly Halfplane[],
  named: Named,
  options: FigureOptions,
): Figure {
  const [one, other] = winners as [string, string];
  const [high1, high2] = [auction.values[one] ?? 0, auction.values[other] ?? 0];
  const sheet = new Sheet(
    `What ${one} and ${other} may pay in the core`,
    'The shaded area is the core: no coalition with the seller would do better; in units of money',
    options.width,
  );
  const side = Math.min(sheet.width - 150, 340);
  const [left, top] = [46, sheet.top + 22];
  const x = scaleOf([0, high1 * 1.08], [left, left + side], { exact: true });
  const y = scaleOf([0, high2 * 1.08], [top + side, top], { exact: true });
  drawY(sheet, y, left, left + side, `${other} pays`);
  const end = drawX(sheet, x, top + side, top, `${one} pays`);
  const box: readonly (readonly number[])[] = [
    [0, 0],
    [high1, 0],
    [high1, high2],
    [0, high2],
  ];
  const region = insideOf(box, constraints);
  const at = ([first = 0, second = 0]: readonly number[]): Point => [x.at(first), y.at(second)];
  sheet.line(region.map(at), { fill: 'soft', stroke: 'ink', closed: true, weight: 1.5 });
  drawPoints(sheet, named, winners, at, left + side + 14);
  return sheet.figure(end, describe(auction, winners, named), {
    columns: ['point', one, other],
    rows: [
      ...region.map((corner) => ['corner', corner[0] ?? 0, corner[1] ?? 0]),
      ...named.map(([name, payments]) => [name, payments[one] ?? 0, payments[other] ?? 0]),
    ],
  });
}

/** Three payments with a given sum are a point in a triangle. */
function triangle(
  auction: PackageAuction,
  winners: readonly string[],
  constraints: readonly Halfplane[],
  named: Named,
  options: FigureOptions,
): Figure {
  const sum = winners.reduce((total, agent) => total + (auction.payments[agent] ?? 0), 0);
  const sheet = new Sheet(
    `What ${listed(winners)} may pay in the core at a revenue of ${written(sum)}`,
    'Each corner of the triangle is one of them paying all; the shaded area is the core, in units of money',
    options.width,
  );
  const side = Math.min(sheet.width - 170, 400);
  const [left, top] = [20, sheet.top + 24];
  const tall = (side * Math.sqrt(3)) / 2;
  const corners: readonly Point[] = [
    [left, top + tall],
    [left + side, top + tall],
    [left + side / 2, top],
  ];
  const at = (payments: readonly number[]): Point => {
    const share = payments.map((each) => (sum === 0 ? 1 / 3 : each / sum));
    return [0, 1].map((axis) =>
      corners.reduce((total, corner, place) => total + (share[place] ?? 0) * (corner[axis] as number), 0),
    ) as unknown as Point;
  };
  const caps = winners.map(
    (agent, place): Halfplane => ({
      normal: winners.map((_, which) => (which === place ? -1 : 0)),
      least: -(auction.values[agent] ?? 0),
    }),
  );
  const whole = [
    [sum, 0, 0],
    [0, sum, 0],
    [0, 0, sum],
  ];
  const region = insideOf(whole, [...constraints, ...caps]);
  sheet.line(corners, { stroke: 'faint', closed: true });
  sheet.line(region.map(at), { fill: 'soft', stroke: 'ink', closed: true, weight: 1.5 });
  winners.forEach((agent, place) => {
    const [x, y] = corners[place] as Point;
    sheet.text(
      [x, place === 2 ? y - 8 : y + 16],
      agent,
      { anchor: place === 0 ? 'start' : place === 1 ? 'end' : 'middle' },
      140,
    );
  });
  const onPlane = named.filter(
    ([, payments]) =>
      Math.abs(winners.reduce((total, agent) => total + (payments[agent] ?? 0), 0) - sum) < 1e-6 * Math.max(1, sum),
  );
  drawPoints(sheet, onPlane, winners, at, left + side + 10);
  return sheet.figure(top + tall + 28, describe(auction, winners, named), {
    columns: ['point', ...winners],
    rows: [
      ...region.map((corner) => ['corner', ...corner]),
      ...named.map(([name, payments]) => [name, ...winners.map((agent) => payments[agent] ?? 0)]),
    ],
  });
}

function drawPoints(
  sheet: Sheet,
  named: Named,
  winners: readonly string[],
  at: (payments: readonly number[]) => Point,
  beside: number,
): void {
  named.forEach(([name, payments], place) => {
    const { role, symbol } = seriesAt(place);
    const paid = winners.map((agent) => payments[agent] ?? 0);
    const words = `${name}: ${paid.map(written).join(', ')}`;
    sheet.dot(at(paid), { fill: role, stroke: 'paper', weight: 1.5, radius: 6, symbol, label: words });
    const y = sheet.top + 40 + place * 36;
    sheet.dot([beside + 6, y - 4], { fill: role, radius: 5, symbol });
    sheet.text([beside + 18, y], name, { bold: true }, sheet.width - beside - 18);
    sheet.text([beside + 18, y + 15], paid.map(written).join(', '), { fill: 'faint' }, sheet.width - beside - 18);
  });
}

function describe({ values }: PackageAuction, winners: readonly string[], named: Named): string {
  const bids = winners.map((agent) => `${agent} bids ${written(values[agent] ?? 0)}`).join(', ');
  return `${bids}. ${named.map(([name, payments]) => `${name}: ${winners.map((agent) => `${agent} ${written(payments[agent] ?? 0)}`).join(', ')}`).join('; ')}.`;
}
