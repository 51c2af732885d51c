import { nameWidth } from '../agent-rows.ts';
import { drawX, scaleOf, withZero } from '../axes.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { listed, written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet, textSize } from '../sheet.ts';
import { textWidth } from '../text-width.ts';

/**
 * A bid for goods together.
 *
 * @category Auctions
 */
export interface PackageBid {
  readonly bundle: readonly string[];
  readonly value: number;
}

/**
 * An auction of packages, and who won which goods.
 *
 * @category Auctions
 */
export interface PackageAuction {
  readonly goods: readonly string[];
  readonly bids: Readonly<Record<string, readonly PackageBid[]>>;
  readonly allocation: Readonly<Record<string, readonly string[]>>;
  /** What each agent bid for what it won, in units of money. */
  readonly values: Readonly<Record<string, number>>;
  readonly payments: Readonly<Record<string, number>>;
  /** What other rules would have had them pay, such as `{ VCG: { ann: 3 } }`. */
  readonly others?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const height = 34;
const [mostAgents, mostGoods] = [30, 14];
const [leastCell, mostCell] = [9, 26];
/** Between the names of two goods. */
const gap = 6;

/**
 * Who won which goods, and what each winner pays against what it bid.
 *
 * @category Auctions
 */
export function packageAuction(auction: PackageAuction, options: FigureOptions = {}): Figure {
  const { allocation, payments, values, others = {} } = auction;
  const winners = Object.keys(allocation).filter((agent) => (allocation[agent]?.length ?? 0) > 0);
  const title =
    winners.length === 0
      ? 'Nothing is sold'
      : `${listed(winners.slice(0, 4).map((agent) => `${agent} gets ${listed(allocation[agent] ?? [])}`))}${winners.length > 4 ? ' …' : ''}`;
  const sheet = new Sheet(
    title,
    'Filled squares are goods won; each bar is a winning bid, its filled part what is paid, in units of money',
    options.width,
  );
  const goods = auction.goods.slice(0, mostGoods);
  const agents = [...winners, ...Object.keys(auction.bids).filter((agent) => !winners.includes(agent))].slice(
    0,
    mostAgents,
  );
  const names = nameWidth(agents, sheet.width * 0.7);
  const column = columnWidth(goods, (sheet.width * 0.45) / goods.length);
  const cell = Math.min(mostCell, column);
  const left = names + goods.length * column + 16;
  const scale = scaleOf(withZero([...Object.values(values), ...Object.values(payments)]), [left, sheet.width - 20]);
  const top = sheet.top + 20;
  const bottom = top + agents.length * height + 4;
  goods.forEach((good, place) => {
    const most = Math.max(leastCell, column - gap);
    sheet.text([names + (place + 0.5) * column, top - 6], good, { anchor: 'middle', fill: 'faint' }, most);
  });
  const end = drawX(sheet, scale, bottom, top, 'units of money');
  agents.forEach((agent, row) => {
    const y = top + row * height;
    const has = allocation[agent] ?? [];
    sheet.text([0, y + 21], agent, { bold: has.length > 0 }, names - 8);
    goods.forEach((good, place) => {
      const wins = has.includes(good);
      sheet.rect([names + (place + 0.5) * column - cell / 2 + 1, y + height / 2 - cell / 2 + 1], cell - 2, cell - 2, {
        fill: wins ? 'win' : 'none',
        stroke: wins ? 'win' : 'grid',
        round: 2,
        ...(wins ? { label: `${agent} wins ${good}` } : {}),
      });
    });
    drawWinning(sheet, auction, agent, { y, at: scale.at, left });
  });
  const legend = sheet.legend(end + 14, [
    { name: 'paid', look: { fill: 'win', stroke: 'win' }, as: 'box' },
    { name: 'bid', look: { fill: 'soft', stroke: 'faint' }, as: 'box' },
    ...Object.keys(others).map((name, place) => ({
      name,
      look: { stroke: seriesAt(place + 1).role, weight: 3, dash: seriesAt(place + 1).dash },
      as: 'line' as const,
    })),
  ]);
  return sheet.figure(legend, describe(auction, winners), {
    columns: ['agent', 'goods', 'bid', 'pays', ...Object.keys(others)],
    rows: Object.keys(auction.bids).map((agent) => [
      agent,
      (allocation[agent] ?? []).join(' '),
      values[agent] ?? 0,
      payments[agent] ?? 0,
      ...Object.values(others).map((rule) => rule[agent] ?? 0),
    ]),
  });
}

/** How wide the column of a good is: its name stands over it, where there is room. */
function columnWidth(goods: readonly string[], room: number): number {
  const wanted = Math.max(mostCell, ...goods.map((good) => textWidth(good, textSize) + gap));
  return Math.min(wanted, Math.max(leastCell, room));
}

function drawWinning(
  sheet: Sheet,
  { values, payments, others = {} }: PackageAuction,
  agent: string,
  place: { readonly y: number; readonly left: number; at(value: number): number },
): void {
  const { y, at, left } = place;
  const [value, paid] = [values[agent] ?? 0, payments[agent] ?? 0];
  if (value > 0)
    sheet.rect([left, y + 8], at(value) - left, height - 16, {
      fill: 'soft',
      stroke: 'faint',
      round: 2,
      label: `${agent} bids ${written(value)}`,
    });
  if (paid > 0)
    sheet.rect([left, y + 8], at(paid) - left, height - 16, {
      fill: 'win',
      stroke: 'win',
      round: 2,
      label: `${agent} pays ${written(paid)}`,
    });
  if (value > 0) {
    const inside = at(paid) - left > 58;
    sheet.text([inside ? at(paid) - 6 : Math.max(at(paid), left) + 6, y + 21], `pays ${written(paid)}`, {
      fill: inside ? 'paper' : 'ink',
      anchor: inside ? 'end' : 'start',
    });
  }
  Object.values(others).forEach((rule, which) => {
    if (value === 0) return;
    const x = at(rule[agent] ?? 0);
    const { role, dash } = seriesAt(which + 1);
    sheet.line(
      [
        [x, y + 3],
        [x, y + height - 3],
      ],
      { stroke: role, weight: 3, dash },
    );
  });
}

function describe({ allocation, values, payments }: PackageAuction, winners: readonly string[]): string {
  if (winners.length === 0) return 'No bid wins.';
  const said = winners
    .slice(0, mostAgents)
    .map(
      (agent) =>
        `${agent} gets ${listed(allocation[agent] ?? [])}, for which it bid ${written(values[agent] ?? 0)}, and pays ${written(payments[agent] ?? 0)}`,
    );
  return `${said.join('; ')}.`;
}
