/** A figure that a measurement has to reach. */
export interface Goal {
  /** What is measured, with its unit: `three-agent runs a second`. */
  readonly what: string;
  readonly measured: number;
  /** The least that is wanted. */
  readonly atLeast?: number;
  /** The most that is allowed. */
  readonly atMost?: number;
}

/** What a suite found out, for reading and for keeping. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** A cell for each column; null where there is nothing to say. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly goals?: readonly Goal[];
}

/** Whether a goal is met: `met`, or `missed by 12 %`. */
export function verdictOf({
  measured,
  atLeast = Number.NEGATIVE_INFINITY,
  atMost = Number.POSITIVE_INFINITY,
}: Goal): string {
  if (measured >= atLeast && measured <= atMost) return 'met';
  const shortfall = measured < atLeast ? (atLeast - measured) / atLeast : (measured - atMost) / atMost;
  return Number.isNaN(shortfall) ? 'missed' : `missed by ${formatNumber(shortfall * 100)} %`;
}

/** A table as text, numbers to the right, with its goals below. */
export function formatTable({ title, columns, rows, goals = [] }: Table): string {
  const numeric = columns.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const cells = [columns, ...rows].map((row) => columns.map((_, column) => formatCell(row[column] ?? null)));
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  const verdicts = goals.map(
    (goal) => `${goal.what}: ${formatNumber(goal.measured)}, ${wanted(goal)}: ${verdictOf(goal)}`,
  );
  return [title, '', lines[0], rule, ...lines.slice(1), ...(verdicts.length > 0 ? ['', ...verdicts] : [])].join('\n');
}

function wanted({ atLeast, atMost }: Goal): string {
  const bounds = [
    atLeast === undefined ? [] : [`at least ${formatNumber(atLeast)} wanted`],
    atMost === undefined ? [] : [`at most ${formatNumber(atMost)} allowed`],
  ];
  return bounds.flat().join(', ') || 'nothing wanted';
}

function formatCell(cell: string | number | null): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? formatNumber(cell) : cell;
}

/** Whole numbers in full, others to four significant digits. */
function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(4)));
}
