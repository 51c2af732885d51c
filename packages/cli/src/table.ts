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
