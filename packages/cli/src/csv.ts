/** A value in a table of comma-separated values; what is not known is left empty. */
export type CsvField = string | number | boolean | null;

/** Lines of comma-separated values, as RFC 4180 wants them. */
export function csvLines(rows: readonly (readonly CsvField[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}

function field(value: CsvField): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
