import { nice, ticks } from 'd3-array';
import { written } from './numbers.ts';
import type { Sheet } from './sheet.ts';
import { textWidth } from './text-width.ts';

/** Where numbers stand along a line. */
export interface Scale {
  at(value: number): number;
  readonly low: number;
  readonly high: number;
  /** In pixels. */
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** How a tick is written, where not as a number. */
  readonly format?: (tick: number) => string;
}

/** A scale for numbers from `low` to `high`, widened to round ones unless `exact`. */
export function scaleOf(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  { exact = false }: { readonly exact?: boolean } = {},
): Scale {
  const count = Math.max(1, Math.min(8, Math.round(Math.abs(to - from) / 70)));
  const [least, most] = widened(low, high);
  const [first, last] = exact ? [least, most] : nice(least, most, count);
  const at = (value: number): number => from + ((value - first) / (last - first)) * (to - from);
  return { at, low: first, high: last, from, to, ticks: ticks(first, last, count) };
}

/** An interval that is one, whatever was given. */
function widened(low: number, high: number): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (low < high) return [low, high];
  return low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
}

/** The least interval with zero and all numbers in it. */
export function withZero(values: readonly number[]): readonly [number, number] {
  return spread([0, ...values]);
}

/** The least interval with all numbers in it. */
export function spread(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** Draws a horizontal axis at `y`, with lines up to `top` and its unit below; gives where it ends. */
export function drawX(sheet: Sheet, scale: Scale, y: number, top: number, unit: string): number {
  const { format = written } = scale;
  for (const tick of scale.ticks) {
    const [x, text] = [scale.at(tick), format(tick)];
    sheet.line(
      [
        [x, top],
        [x, y],
      ],
      { stroke: 'grid' },
    );
    const anchor = x + textWidth(text, 12) / 2 > sheet.width ? 'end' : 'middle';
    sheet.text([anchor === 'end' ? sheet.width : x, y + 15], text, { fill: 'faint', anchor });
  }
  sheet.line(
    [
      [scale.from, y],
      [scale.to, y],
    ],
    { stroke: 'faint' },
  );
  sheet.text([scale.to, y + 31], unit, { fill: 'faint', anchor: 'end' });
  return y + (unit === '' ? 20 : 36);
}

/** Draws a vertical axis at `x`, with lines up to `right` and its unit above. */
export function drawY(sheet: Sheet, scale: Scale, x: number, right: number, unit: string): void {
  const { format = written } = scale;
  for (const tick of scale.ticks) {
    const y = scale.at(tick);
    sheet.line(
      [
        [x, y],
        [right, y],
      ],
      { stroke: 'grid' },
    );
    sheet.text([x - 6, y + 4], format(tick), { fill: 'faint', anchor: 'end' });
  }
  sheet.text([Math.max(0, x - 50), Math.min(scale.from, scale.to) - 10], unit, { fill: 'faint' });
}
