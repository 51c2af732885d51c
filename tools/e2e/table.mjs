/**
 * What one check found.
 *
 * @typedef {{ check: string, measured: string, ok: boolean, skipped?: boolean, note?: string }} Row
 */

/**
 * Rows as a table in plain text.
 *
 * @param {readonly Row[]} rows
 */
export function tableOf(rows) {
  const lines = rows.map(({ check, measured, ok, skipped, note = '' }) => [
    skipped ? 'skipped' : ok ? 'ok' : 'failed',
    check,
    measured,
    note.split('\n', 1)[0] ?? '',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Whether something that was checked does not hold.
 *
 * @param {readonly Row[]} rows
 */
export function violated(rows) {
  return rows.some(({ ok, skipped }) => !ok && !skipped);
}
