import type { Figure } from './figure.ts';

/**
 * The numbers of a figure as CSV (RFC 4180), with a first line of names.
 *
 * @example
 * ```ts
 * import { sealedAuction, toCsv } from '@mechane/plots';
 *
 * const figure = sealedAuction({ bids: { ann: 10, bob: 15 }, payments: { ann: 0, bob: 10 }, winner: 'bob', price: 10 });
 * toCsv(figure).split('\r\n')[2]; // => 'bob,15,10,yes'
 * ```
 *
 * @category Files
 */
export function toCsv({ table: { columns, rows } }: Figure): string {
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(cell: string | number | null): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
