import type { Figure, FigureOptions } from './figure.ts';
import { written } from './numbers.ts';
import type { AnyRun } from './run-shape.ts';
import { Sheet } from './sheet.ts';
import { wrapped } from './text-width.ts';

const [lineHeight, nameColumn, mostLines] = [20, 130, 60];

/** An outcome in words, a line a field, where there is no picture for it. */
export function outcomeTable({ mechanism, outcome }: AnyRun, { width }: FigureOptions = {}): Figure {
  const fields = Object.entries(outcome).map(([name, value]) => [name, inWords(value)] as const);
  const sheet = new Sheet(`The outcome of ${mechanism}`, 'Each line is a field of the outcome', width);
  let y = sheet.top + 8;
  for (const [name, text] of fields.slice(0, mostLines)) {
    sheet.text([0, y + 14], name, { fill: 'faint' }, nameColumn - 8);
    for (const line of wrapped(text, sheet.width - nameColumn, 12).slice(0, 6)) {
      sheet.text([nameColumn, y + 14], line, {}, sheet.width - nameColumn);
      y += lineHeight;
    }
    sheet.line(
      [
        [0, y],
        [sheet.width, y],
      ],
      { stroke: 'grid' },
    );
  }
  const description = fields.map(([name, text]) => `${name}: ${text}`).join('; ');
  return sheet.figure(y + 8, description, {
    columns: ['field', 'value'],
    rows: fields.map(([name, text]) => [name, text]),
  });
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return written(value);
  if (typeof value === 'string') return value;
  return JSON.stringify(value).replaceAll(',', ', ').replaceAll(':', ': ').replaceAll('"', '');
}
