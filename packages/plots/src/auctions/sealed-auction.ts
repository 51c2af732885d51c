import { mostRows, nameWidth, rowHeight } from '../agent-rows.ts';
import { drawX, type Scale, scaleOf, withZero } from '../axes.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { counted, listed, written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * What a sealed auction of one item was told and gave.
 *
 * @category Auctions
 */
export interface SealedAuction {
  /** What each agent bid, in units of money. */
  readonly bids: Readonly<Record<string, number>>;
  readonly payments: Readonly<Record<string, number>>;
  readonly winner: string | null;
  /** What the winner pays. */
  readonly price: number;
  /** Who gets one, where there are several: `winner` alone unless given. */
  readonly winners?: readonly string[];
  readonly reserve?: number;
}

/**
 * Bids as bars, and the price as a line across them.
 *
 * @param options `most` is the largest number on the axis, where it must not move with the bids
 * @category Auctions
 */
export function sealedAuction(
  auction: SealedAuction,
  options: FigureOptions & { readonly most?: number } = {},
): Figure {
  const { bids, payments, winner, price, reserve = 0 } = auction;
  const agents = Object.keys(bids);
  const winners = auction.winners ?? (winner === null ? [] : [winner]);
  const title = titleOf(auction, winners);
  const sheet = new Sheet(title, 'Each bar is a bid; the dashed line is the price, in units of money', options.width);
  const shown = agents.slice(0, mostRows);
  const left = nameWidth(shown, sheet.width);
  const largest = options.most ?? Math.max(...withZero([...Object.values(bids), price, reserve]));
  const scale = scaleOf([0, largest], [left, sheet.width - 44], { exact: options.most !== undefined });
  const top = sheet.top + 16;
  const bottom = top + shown.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, 'units of money');
  shown.forEach((agent, row) => {
    drawBid(sheet, auction, agent, scale, top + row * rowHeight);
  });
  if (reserve > 0) {
    const x = scale.at(reserve);
    sheet.line(
      [
        [x, top - 2],
        [x, bottom],
      ],
      { stroke: 'faint', dash: '2 3' },
    );
    if (reserve !== price) sheet.text([x, top - 6], `reserve ${written(reserve)}`, { fill: 'faint', anchor: 'middle' });
  }
  if (winners.length > 0 && price > 0) drawPrice(sheet, scale.at(price), `price ${written(price)}`, top, bottom);
  // After the price, whose line may pass where a bid is said.
  shown.forEach((agent, row) => {
    const bid = bids[agent] as number;
    const bold = agent === winner || winners.includes(agent);
    const x = scale.from + barWidth(bid, scale) + 6;
    sheet.text([x, top + row * rowHeight + 18], written(bid), { bold, key: `${agent} bid`, rim: true });
  });
  const hidden = agents.length - shown.length;
  if (hidden > 0) sheet.text([0, end + 10], `and ${counted(hidden, 'bidder')} more`, { fill: 'faint' });
  return {
    ...sheet.figure(end + (hidden > 0 ? 18 : 0), describe(auction), {
      columns: ['agent', 'bid', 'pays', 'wins'],
      rows: agents.map((agent) => [
        agent,
        bids[agent] as number,
        payments[agent] ?? 0,
        winners.includes(agent) ? 'yes' : 'no',
      ]),
    }),
    axis: { from: scale.from, to: scale.to, low: scale.low, high: scale.high },
  };
}

function drawBid(
  sheet: Sheet,
  { bids, payments, winner, winners = [] }: SealedAuction,
  agent: string,
  scale: Scale,
  y: number,
): void {
  const bid = bids[agent] as number;
  const wins = agent === winner || winners.includes(agent);
  const pays = payments[agent] ?? 0;
  sheet.text([0, y + 18], agent, { bold: wins }, scale.from - 8);
  sheet.rect([scale.from, y + 5], barWidth(bid, scale), rowHeight - 10, {
    fill: wins ? 'win' : 'soft',
    stroke: wins ? 'win' : 'faint',
    round: 2,
    key: agent,
    label: `${agent} bids ${written(bid)} and pays ${written(pays)}`,
  });
  if (pays > 0 && agent !== winner) {
    const x = scale.at(pays);
    sheet.line(
      [
        [x, y + 3],
        [x, y + rowHeight - 3],
      ],
      { stroke: 'price', weight: 3, label: `${agent} pays ${written(pays)}` },
    );
  }
}

function barWidth(bid: number, scale: Scale): number {
  return Math.max(1, scale.at(Math.min(bid, scale.high)) - scale.from);
}

/** A dashed line from top to bottom with its price above. */
export function drawPrice(sheet: Sheet, x: number, words: string, top: number, bottom: number): void {
  sheet.line(
    [
      [x, top - 2],
      [x, bottom],
    ],
    { stroke: 'price', weight: 2, dash: '6 3' },
  );
  const anchor = x > sheet.width - 60 ? 'end' : x < 40 ? 'start' : 'middle';
  sheet.text([x, top - 6], words, { fill: 'price', bold: true, anchor });
}

function titleOf({ bids, winner, price }: SealedAuction, winners: readonly string[]): string {
  if (winners.length === 0) return 'Nobody wins';
  if (winner !== null) return `${winner} wins and pays ${written(price)}`;
  const all = counted(Object.keys(bids).length, 'bidder');
  return price > 0 ? `${winners.length} of ${all} buy at ${written(price)}` : `${winners.length} of ${all} buy`;
}

function describe({ bids, payments, winner, winners = [], price, reserve = 0 }: SealedAuction): string {
  const said = Object.entries(bids)
    .slice(0, mostRows)
    .map(
      ([agent, bid]) =>
        `${agent} bids ${written(bid)}${(payments[agent] ?? 0) > 0 ? ` and pays ${written(payments[agent] ?? 0)}` : ''}`,
    );
  const floor = reserve > 0 ? ` The reserve is ${written(reserve)}.` : '';
  const sold =
    winners.length > 0 ? `${listed(winners.slice(0, mostRows))} buy.` : 'No bid qualifies, and nothing is sold.';
  const end = winner === null ? sold : `${winner} wins at ${written(price)}.`;
  return `${said.join('; ')}.${floor} ${end}`;
}
