import { mostRows, nameWidth, rowHeight } from '../agent-rows.ts';
import { drawX, scaleOf, spread } from '../axes.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';
import { textWidth } from '../text-width.ts';
import { drawPrice } from './sealed-auction.ts';

/**
 * What a price clock called and who left it when.
 *
 * @category Auctions
 */
export interface PriceClock {
  /** Where the clock began, in units of money. */
  readonly startingPrice: number;
  readonly agents: readonly string[];
  /** Up to where each agent stays in, or down to where it waits, as far as that is known. */
  readonly limits: Readonly<Record<string, number>>;
  readonly winner: string | null;
  /** What the winner pays. */
  readonly price: number;
  /** `down` for a Dutch clock: `up` unless given. */
  readonly direction?: 'up' | 'down';
  /** In which round each agent left, where that is known. */
  readonly rounds?: Readonly<Record<string, number>>;
}

/**
 * The path of a price clock: how long each bidder is in, and where the clock stops.
 *
 * @category Auctions
 */
export function priceClock(clock: PriceClock, options: FigureOptions = {}): Figure {
  const { agents, winner, price, startingPrice, direction = 'up' } = clock;
  const title = winner === null ? 'The clock stops and nobody wins' : `${winner} wins and pays ${written(price)}`;
  const what =
    direction === 'up'
      ? 'Each bar is how long a bidder stays in as the price rises'
      : 'Each bar is how long a bidder waits as the price falls';
  const sheet = new Sheet(title, `${what}, in units of money`, options.width);
  const shown = agents.slice(0, mostRows);
  const left = nameWidth(shown, sheet.width);
  const range = spread([startingPrice, price, ...Object.values(clock.limits)]);
  // What is said of the last to leave stands between its mark and the edge.
  const said = Math.max(0, ...shown.map((agent) => textWidth(leaving(clock, agent), 12) + 14));
  const [before, after] = direction === 'up' ? [0, Math.max(44, said)] : [said, 44];
  const scale = scaleOf(range, [left + before, sheet.width - after]);
  const top = sheet.top + 16;
  const bottom = top + shown.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, 'units of money');
  shown.forEach((agent, row) => {
    drawStay(sheet, clock, agent, { y: top + row * rowHeight, at: scale.at, left });
  });
  if (winner !== null) drawPrice(sheet, scale.at(price), `price ${written(price)}`, top, bottom);
  shown.forEach((agent, row) => {
    const x = scale.at(endOf(clock, agent)) + (direction === 'up' ? 10 : -10);
    const anchor = direction === 'up' ? 'start' : 'end';
    sheet.text([x, top + row * rowHeight + 18], leaving(clock, agent), { fill: 'faint', anchor, rim: true });
  });
  const hidden = agents.length - shown.length;
  if (hidden > 0) sheet.text([0, end + 10], `and ${counted(hidden, 'bidder')} more`, { fill: 'faint' });
  return sheet.figure(end + (hidden > 0 ? 18 : 0), describe(clock), {
    columns: ['agent', direction === 'up' ? 'leaves at' : 'stops at', 'round', 'wins'],
    rows: agents.map((agent) => [
      agent,
      clock.limits[agent] ?? null,
      clock.rounds?.[agent] ?? null,
      agent === winner ? 'yes' : 'no',
    ]),
  });
}

interface Place {
  readonly y: number;
  readonly left: number;
  at(value: number): number;
}

function drawStay(sheet: Sheet, clock: PriceClock, agent: string, { y, at, left }: Place): void {
  const { winner, startingPrice, direction = 'up' } = clock;
  const wins = agent === winner;
  const end = endOf(clock, agent);
  const [from, to] = [at(startingPrice), at(end)].sort((a, b) => a - b) as [number, number];
  sheet.text([0, y + 18], agent, { bold: wins }, left - 8);
  sheet.rect([from, y + 9], Math.max(1, to - from), rowHeight - 18, {
    fill: wins ? 'win' : 'soft',
    stroke: wins ? 'win' : 'faint',
    round: 2,
    key: agent,
  });
  sheet.dot([at(end), y + rowHeight / 2], {
    fill: wins ? 'win' : 'paper',
    stroke: wins ? 'win' : 'faint',
    weight: 2,
    symbol: wins ? 'diamond' : 'circle',
    label: `${agent} ${wins ? 'wins' : direction === 'up' ? 'leaves' : 'waits to'} at ${written(end)}`,
  });
}

/** Where the bar of an agent ends: the clock shows nothing of what a winner would have paid beyond the price. */
function endOf({ winner, price, limits, startingPrice }: PriceClock, agent: string): number {
  return agent === winner ? price : (limits[agent] ?? startingPrice);
}

/** What is said of an agent that did not win, beside its mark. */
function leaving(clock: PriceClock, agent: string): string {
  const round = clock.rounds?.[agent];
  if (agent === clock.winner) return '';
  return `${written(endOf(clock, agent))}${round === undefined ? '' : `, round ${round}`}`;
}

function describe({ agents, limits, winner, price, startingPrice, direction = 'up' }: PriceClock): string {
  const verb = direction === 'up' ? 'leaves at' : 'would stop it at';
  const left = agents
    .filter((agent) => agent !== winner && limits[agent] !== undefined)
    .slice(0, mostRows)
    .map((agent) => `${agent} ${verb} ${written(limits[agent] as number)}`);
  const end = winner === null ? 'Nobody wins.' : `${winner} wins at ${written(price)}.`;
  return `The clock begins at ${written(startingPrice)}. ${left.join('; ')}${left.length > 0 ? '. ' : ''}${end}`;
}
