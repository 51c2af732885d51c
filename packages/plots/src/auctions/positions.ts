import { nameWidth, rowHeight } from '../agent-rows.ts';
import { drawX, scaleOf, withZero } from '../axes.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * Positions on a page, and who got which.
 *
 * @category Auctions
 */
export interface Positions {
  /** Bids a click, in units of money. */
  readonly bids: Readonly<Record<string, number>>;
  /** Who has each position, the best first. */
  readonly slots: readonly (string | null)[];
  readonly pricePerClick: Readonly<Record<string, number>>;
  /** Clicks at each position. */
  readonly clicks: readonly number[];
}

/**
 * Bids a click, and what a click costs whoever has a position.
 *
 * @category Auctions
 */
export function positionsSold({ bids, slots, pricePerClick, clicks }: Positions, options: FigureOptions = {}): Figure {
  const [first] = slots;
  const title =
    first == null
      ? 'No position is sold'
      : `${first} has the best position and pays ${written(pricePerClick[first] ?? 0)} a click`;
  const sheet = new Sheet(
    title,
    'Each bar is a bid a click, in units of money; the mark on it is what a click costs',
    options.width,
  );
  const placed = slots.filter((agent): agent is string => agent !== null);
  const rows = [...placed, ...Object.keys(bids).filter((agent) => !placed.includes(agent))].slice(0, 40);
  const names = rows.map((agent) => (placed.includes(agent) ? `${placed.indexOf(agent) + 1}. ${agent}` : agent));
  const left = nameWidth(names, sheet.width);
  const scale = scaleOf(withZero(Object.values(bids)), [left, sheet.width - 120]);
  const top = sheet.top + 6;
  const bottom = top + rows.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, 'units of money a click');
  rows.forEach((agent, row) => {
    const y = top + row * rowHeight;
    const slot = placed.indexOf(agent);
    const width = Math.max(1, scale.at(bids[agent] ?? 0) - left);
    sheet.text([0, y + 18], names[row] as string, { bold: slot >= 0 }, left - 8);
    sheet.rect([left, y + 5], width, rowHeight - 10, {
      fill: slot >= 0 ? 'win' : 'soft',
      stroke: slot >= 0 ? 'win' : 'faint',
      round: 2,
      key: agent,
    });
    if (slot < 0) return;
    const price = pricePerClick[agent] ?? 0;
    const x = scale.at(price);
    sheet.line(
      [
        [x, y + 1],
        [x, y + rowHeight - 1],
      ],
      { stroke: 'price', weight: 3, label: `${agent} pays ${written(price)} a click` },
    );
    sheet.text(
      [sheet.width - 112, y + 18],
      `pays ${written(price)} × ${written(clicks[slot] ?? 0)}`,
      { fill: 'faint' },
      112,
    );
  });
  const said = placed.map(
    (agent, slot) =>
      `${agent} has position ${slot + 1}, bids ${written(bids[agent] ?? 0)} and pays ${written(pricePerClick[agent] ?? 0)} a click`,
  );
  return sheet.figure(end, `${said.join('; ')}.`, {
    columns: ['agent', 'position', 'bid a click', 'pays a click', 'clicks'],
    rows: rows.map((agent) => {
      const slot = placed.indexOf(agent);
      return [
        agent,
        slot < 0 ? null : slot + 1,
        bids[agent] ?? 0,
        slot < 0 ? null : (pricePerClick[agent] ?? 0),
        slot < 0 ? null : (clicks[slot] ?? 0),
      ];
    }),
  });
}
