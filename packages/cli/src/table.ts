import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';

/** A cell of a table: a text, and how it is emphasised. */
export interface Cell {
  readonly text: string;
  readonly emphasis?: (text: string) => string;
  readonly align?: 'left' | 'right';
}

const edges = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((edge) =>
  ['', '-mid', '-left', '-right'].map((at) => edge + at),
);
const chars = { ...Object.fromEntries(edges.map((edge) => [edge, ''])), middle: '  ' };
const style = { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true };

/** Lays rows out in aligned columns, one row a line. */
export function table(rows: readonly (readonly Cell[])[], indent = ''): string {
  if (rows.length === 0) return '';
  const drawn = new Table({ chars, style });
  for (const row of rows) {
    drawn.push(
      row.map(({ text, emphasis = (same) => same, align = 'left' }) => ({ content: emphasis(text), hAlign: align })),
    );
  }
  return drawn
    .toString()
    .replace(/^(.*?) *$/gm, `${indent}$1`)
    .concat('\n');
}

/**
 * A table whose first row says what stands in each column. Where it is wider than the terminal, a paragraph for each row: what it is first, and below
 * that the other columns by their names.
 *
 * @param lead how many columns say what a row is
 */
export function headedTable(
  heading: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  columns: number,
  lead = 1,
): string {
  const drawn = table([heading, ...rows], '  ');
  if (drawn.split('\n').every((line) => stripVTControlCharacters(line).length <= columns)) return drawn;
  return rows
    .map((row) => {
      const what = row.slice(0, lead).map(({ text, emphasis = (same) => same }) => emphasis(text.trim()));
      const named = row.slice(lead).map((cell, place): readonly Cell[] => [
        { ...(heading[lead + place] as Cell), align: 'left' },
        { ...cell, align: 'left' },
      ]);
      return `  ${what.join('  ')}\n${table(named, '    ')}`;
    })
    .join('\n');
}
