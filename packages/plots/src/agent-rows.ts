import { textWidth } from './text-width.ts';

/** The height of the row of one agent, in pixels. */
export const rowHeight = 28;

/** So many agents have a row; what comes after is counted. */
export const mostRows = 40;

/** How many pixels names take at the left of rows, and no more than a third of the width. */
export function nameWidth(names: readonly string[], width: number): number {
  const longest = Math.max(0, ...names.slice(0, mostRows).map((name) => textWidth(name, 12)));
  return Math.min(longest, width / 3) + 12;
}
