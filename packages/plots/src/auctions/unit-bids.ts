import { drawY, scaleOf, withZero } from '../axes.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * Bids for several units of one good, and who got how many.
 *
 * @category Auctions
 */
export interface UnitBids {
  /** What each agent bids for its first unit, its second, and so on, in units of money. */
  readonly bids: Readonly<Record<string, readonly number[]>>;
  readonly units: number;
  readonly allocation: Readonly<Record<string, number>>;
  readonly payments: Readonly<Record<string, number>>;
  /** Where one price holds for all. */
  readonly clearingPrice?: number;
  /** Units that are won one by one, each at its price, in the order in which they are. */
  readonly won?: readonly (readonly [price: number, agent: string])[];
}

interface UnitBid {
  readonly agent: string;
  readonly nth: number;
  readonly bid: number;
  readonly wins: boolean;
}

const mostBars = 60;

/**
 * Bids for units from the highest to the lowest, the units that there are, and the price. Where units are clinched one by one, each as a dot at
 * its price (Ausubel 2004).
 *
 * @category Auctions
 */
export function unitBids(auction: UnitBids, options: FigureOptions = {}): Figure {
  const { units, clearingPrice, won = [], allocation } = auction;
  const winners = Object.entries(allocation).filter(([, count]) => count > 0);
  const title =
    winners.length === 0
      ? 'No unit is sold'
      : winners
          .slice(0, 4)
          .map(([agent, count]) => `${agent} gets ${written(count)}`)
          .join(', ') + (winners.length > 4 ? ', …' : '');
  const subtitle = `Each bar is a bid for one unit, in units of money, the highest first; of ${counted(units, 'unit')} on sale`;
  const sheet = new Sheet(title, subtitle, options.width);
  const all = sorted(auction);
  const shown = all.slice(0, mostBars);
  const [top, bottom, left, right] = [sheet.top + 24, sheet.top + 250, 46, sheet.width - 10];
  const prices = won.map(([price]) => price);
  const y = scaleOf(withZero([...shown.map(({ bid }) => bid), ...prices, clearingPrice ?? 0]), [bottom, top]);
  const step = Math.min(48, (right - left) / Math.max(1, shown.length));
  drawY(sheet, y, left, right, 'units of money');
  const clinched = pricesOfUnits(auction);
  const priceOf = ({ agent, nth }: UnitBid): number | undefined => clinched.get(`${agent}\n${nth}`);
  shown.forEach((each, place) => {
    drawUnit(sheet, each, { x: left + place * step, step, y: y.at, zero: bottom, price: priceOf(each) });
  });
  sheet.line(
    [
      [left, bottom],
      [right, bottom],
    ],
    { stroke: 'faint' },
  );
  if (units < shown.length) {
    const x = left + units * step;
    sheet.line(
      [
        [x, top - 8],
        [x, bottom + 18],
      ],
      { stroke: 'ink', dash: '2 3' },
    );
    sheet.text([x, top - 12], `${counted(units, 'unit')}`, { anchor: x > right - 30 ? 'end' : 'middle' });
  }
  if (clearingPrice !== undefined && winners.length > 0) {
    sheet.line(
      [
        [left, y.at(clearingPrice)],
        [right, y.at(clearingPrice)],
      ],
      { stroke: 'price', weight: 2, dash: '6 3' },
    );
    sheet.text([right, y.at(clearingPrice) - 6], `price ${written(clearingPrice)}`, {
      fill: 'price',
      bold: true,
      anchor: 'end',
    });
  }
  shown.forEach((each, place) => {
    const { agent, nth } = each;
    const price = priceOf(each);
    if (price === undefined) return;
    sheet.dot([left + (place + 0.5) * step, y.at(price)], {
      fill: 'price',
      stroke: 'paper',
      weight: 2,
      radius: 6,
      symbol: 'diamond',
      label: `${agent} wins unit ${nth} at ${written(price)}`,
    });
  });
  const end = legendOf(sheet, won.length > 0, bottom + 38);
  return sheet.figure(end, describe(auction), {
    columns: ['agent', 'unit', 'bid', 'wins', 'pays in all'],
    rows: all.map(({ agent, nth, bid, wins }) => [agent, nth, bid, wins ? 'yes' : 'no', auction.payments[agent] ?? 0]),
  });
}

function sorted({ bids, allocation }: UnitBids): readonly UnitBid[] {
  return Object.entries(bids)
    .flatMap(([agent, own]) =>
      own.map((bid, place) => ({ agent, nth: place + 1, bid, wins: place < (allocation[agent] ?? 0) })),
    )
    .sort((one, other) => other.bid - one.bid || Number(other.wins) - Number(one.wins));
}

interface BarPlace {
  readonly x: number;
  readonly step: number;
  readonly zero: number;
  /** What the unit is won at, where that is told by a dot. */
  readonly price: number | undefined;
  y(value: number): number;
}

function drawUnit(sheet: Sheet, { agent, bid, wins, nth }: UnitBid, { x, step, y, zero, price }: BarPlace): void {
  sheet.rect([x + 1, y(bid)], step - 2, zero - y(bid), {
    fill: wins ? 'win' : 'soft',
    stroke: wins ? 'win' : 'faint',
    label: `${agent} bids ${written(bid)} for unit ${nth}${wins ? ', and wins it' : ''}`,
  });
  if (step > 18)
    sheet.text(
      [x + step / 2, zero + 15],
      agent,
      { anchor: 'middle', fill: wins ? 'ink' : 'faint', bold: wins },
      step - 2,
    );
  const line = lineFor(y(bid) + 14, price === undefined ? undefined : y(price));
  if (step > 26 && zero - line > 4)
    sheet.text([x + step / 2, line], written(bid), { anchor: 'middle', fill: wins ? 'paper' : 'ink' }, step - 3);
}

/** Where text stands that would stand on a line, and may not cover a dot. */
function lineFor(line: number, dot: number | undefined): number {
  return dot === undefined || dot > line + 8 || dot < line - 20 ? line : dot + 20;
}

/** The price of each unit that is won, on the bar of the bid that wins it. */
function pricesOfUnits({ won = [] }: UnitBids): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  return new Map(
    won.map(([price, agent]) => {
      const nth = (counts.get(agent) ?? 0) + 1;
      counts.set(agent, nth);
      return [`${agent}\n${nth}`, price];
    }),
  );
}

function legendOf(sheet: Sheet, withDots: boolean, y: number): number {
  const dots = withDots
    ? [
        {
          name: 'the price of the unit',
          look: { stroke: 'price', weight: 3 },
          as: 'line',
        } as const,
      ]
    : [];
  return sheet.legend(y, [
    { name: 'wins a unit', look: { fill: 'win', stroke: 'win' }, as: 'box' },
    { name: 'wins none', look: { fill: 'soft', stroke: 'faint' }, as: 'box' },
    ...dots,
  ]);
}

function describe({ bids, allocation, payments, clearingPrice }: UnitBids): string {
  const each = Object.entries(bids)
    .slice(0, 40)
    .map(([agent, own]) => {
      const count = allocation[agent] ?? 0;
      return `${agent} bids ${own.slice(0, 10).map(written).join(', ')}, gets ${written(count)} and pays ${written(payments[agent] ?? 0)}`;
    });
  return `${each.join('; ')}.${clearingPrice === undefined ? '' : ` One price holds for all: ${written(clearingPrice)}.`}`;
}
