import { nameWidth, rowHeight } from '../agent-rows.ts';
import { drawX, scaleOf } from '../axes.ts';
import type { Figure, FigureOptions } from '../figure.ts';
import { written } from '../numbers.ts';
import { Sheet } from '../sheet.ts';

/**
 * What is drawn by lot, how likely each is, and what was drawn.
 *
 * @category Games
 */
export function lottery(
  chances: readonly (readonly [name: string, probability: number])[],
  drawn: string,
  options: FigureOptions = {},
): Figure {
  const sheet = new Sheet(
    `Drawn: ${drawn}`,
    'Each bar is how likely a profile is; the filled one was drawn',
    options.width,
  );
  const shown = chances.slice(0, 40);
  const left = nameWidth(
    shown.map(([name]) => name),
    sheet.width * 1.3,
  );
  const scale = scaleOf([0, 1], [left, sheet.width - 50], { exact: true });
  const top = sheet.top + 6;
  const bottom = top + shown.length * rowHeight + 4;
  const end = drawX(sheet, scale, bottom, top, 'probability');
  shown.forEach(([name, probability], row) => {
    const y = top + row * rowHeight;
    const is = name === drawn;
    sheet.text([0, y + 18], name, { bold: is }, left - 8);
    sheet.rect([left, y + 5], Math.max(1, scale.at(probability) - left), rowHeight - 10, {
      fill: is ? 'win' : 'soft',
      stroke: is ? 'win' : 'faint',
      round: 2,
    });
    sheet.text([scale.at(probability) + 6, y + 18], written(probability), { bold: is });
  });
  const description = shown.map(([name, probability]) => `${name} with probability ${written(probability)}`).join('; ');
  return sheet.figure(end, `${description}. Drawn: ${drawn}.`, { columns: ['profile', 'probability'], rows: chances });
}
