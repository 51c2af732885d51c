import { nameWidth, rowHeight } from '../agent-rows.ts';
import { drawPrice } from '../auctions/sealed-auction.ts';
import { drawX, scaleOf, withZero } from '../axes.ts';
import type { Cell, Figure, FigureOptions } from '../figure.ts';
import { written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';

/**
 * Alternatives, what each is worth to whom, and which is chosen.
 *
 * @category Public choice
 */
export interface Choice {
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly alternatives: readonly string[];
  readonly chosen: string | null;
  readonly payments: Readonly<Record<string, number>>;
}

/**
 * What each alternative is worth to all together, agent by agent.
 *
 * @category Public choice
 */
export function choiceOfOne({ values, alternatives, chosen, payments }: Choice, options: FigureOptions = {}): Figure {
  const paid = Object.entries(payments).filter(([, payment]) => payment !== 0);
  const title = `${chosen ?? 'Nothing'} is chosen${
    paid.length === 0
      ? ', and nobody pays'
      : `; ${paid
          .slice(0, 3)
          .map(([agent, payment]) => `${agent} pays ${written(payment)}`)
          .join(', ')}`
  }`;
  const sheet = new Sheet(
    title,
    'Each bar is what an alternative is worth to all, a part an agent, in units of money',
    options.width,
  );
  const agents = Object.keys(values);
  const shown = alternatives.slice(0, 30);
  const left = nameWidth(shown, sheet.width);
  const sums = shown.flatMap((name) =>
    [1, -1].map((sign) =>
      agents.reduce((sum, agent) => sum + Math.max(0, sign * (values[agent]?.[name] ?? 0)) * sign, 0),
    ),
  );
  const scale = scaleOf(withZero(sums), [left, sheet.width - 44]);
  const top = sheet.top + 6;
  const bottom = top + shown.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, 'units of money');
  shown.forEach((name, row) => {
    const y = top + row * rowHeight;
    sheet.text([0, y + 18], name, { bold: name === chosen }, left - 8);
    const edge = { up: 0, down: 0 };
    agents.forEach((agent, place) => {
      const value = values[agent]?.[name] ?? 0;
      const side = value < 0 ? 'down' : 'up';
      const [from, to] = [scale.at(edge[side]), scale.at(edge[side] + value)].sort((a, b) => a - b) as [number, number];
      edge[side] += value;
      if (value !== 0)
        sheet.rect([from, y + 5], to - from, rowHeight - 10, {
          fill: seriesAt(place).role,
          stroke: 'paper',
          opacity: name === chosen ? 1 : 0.45,
          label: `${name} is worth ${written(value)} to ${agent}`,
        });
    });
    const sum = edge.up + edge.down;
    sheet.text([scale.at(edge.up) + 6, y + 18], written(sum), { bold: name === chosen });
  });
  const legend = sheet.legend(
    end + 14,
    agents.slice(0, 12).map((name, place) => ({ name, look: { fill: seriesAt(place).role }, as: 'box' })),
  );
  const rows = agents.flatMap((agent) =>
    shown.map((name): readonly Cell[] => [agent, name, values[agent]?.[name] ?? 0, payments[agent] ?? 0]),
  );
  return sheet.figure(
    legend,
    `${title}. ${shown.map((name, place) => `${name} is worth ${written((sums[2 * place] ?? 0) + (sums[2 * place + 1] ?? 0))} to all`).join('; ')}.`,
    { columns: ['agent', 'alternative', 'value', 'pays'], rows },
  );
}

/**
 * The points that agents like best on a line, and the one that is chosen.
 *
 * @category Public choice
 */
export function peaksOnLine(
  peaks: Readonly<Record<string, number>>,
  location: number | null,
  options: FigureOptions = {},
): Figure {
  const agents = Object.entries(peaks).sort(([, a], [, b]) => a - b);
  const title = location === null ? 'Nothing is chosen' : `The choice is ${written(location)}`;
  const sheet = new Sheet(
    title,
    'Each dot is the point that an agent likes best; the dashed line is the choice',
    options.width,
  );
  const shown = agents.slice(0, 40);
  const left = nameWidth(
    shown.map(([agent]) => agent),
    sheet.width,
  );
  const scale = scaleOf(padded(shown.map(([, peak]) => peak)), [left, sheet.width - 44]);
  const top = sheet.top + 16;
  const bottom = top + shown.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, '');
  shown.forEach(([agent, peak], row) => {
    const y = top + row * rowHeight;
    const chosen = peak === location;
    sheet.text([0, y + 18], agent, { bold: chosen }, left - 8);
    if (location !== null)
      sheet.line(
        [
          [scale.at(peak), y + 14],
          [scale.at(location), y + 14],
        ],
        { stroke: 'faint' },
      );
    sheet.dot([scale.at(peak), y + 14], {
      fill: chosen ? 'win' : 'faint',
      symbol: chosen ? 'diamond' : 'circle',
      radius: 5,
    });
    const before = location !== null && peak < location;
    sheet.text([scale.at(peak) + (before ? -10 : 10), y + 18], written(peak), {
      bold: chosen,
      anchor: before ? 'end' : 'start',
    });
  });
  if (location !== null) drawPrice(sheet, scale.at(location), `choice ${written(location)}`, top, bottom);
  return sheet.figure(
    end,
    `${shown.map(([agent, peak]) => `${agent} likes ${written(peak)} best`).join('; ')}. ${title}.`,
    { columns: ['agent', 'peak'], rows: agents.map(([agent, peak]) => [agent, peak]) },
  );
}

function padded(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * 0.12;
  return [low - room, high + room];
}
