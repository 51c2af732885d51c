import { widthOf } from './terminal-text.ts';

/** A cell of a table: a text, and how it is emphasised once its width is known. */
export interface Cell {
  readonly text: string;
  readonly emphasis?: (text: string) => string;
  readonly align?: 'left' | 'right';
}

/** Lays rows out in aligned columns, one row a line. */
export function table(rows: readonly (readonly Cell[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach(({ text }, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(text));
    });
  }
  return rows.map((row) => `${indent}${line(row, widths)}\n`).join('');
}

function line(row: readonly Cell[], widths: readonly number[]): string {
  return row
    .map(({ text, emphasis = (same) => same, align = 'left' }, column) => {
      const padding = ' '.repeat((widths[column] ?? 0) - widthOf(text));
      if (align === 'right') return padding + emphasis(text);
      return emphasis(text) + (column === row.length - 1 ? '' : padding);
    })
    .join('  ');
}
