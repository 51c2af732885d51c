import type { Style } from './style.ts';
import { type Cell, table } from './table.ts';
import { printableName, shortened } from './terminal-text.ts';

/** Eighths of a character, from the left. */
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const heights = [...'▁▂▃▄▅▆▇█'];
const mostBars = 24;

/** Something that is as long as its value. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What stands behind the bar: the value, in words. */
  readonly words: string;
  readonly strong?: boolean;
}

/** Bars below each other in a terminal of a given width, the longest as long as there is room; nothing where all are 0 or some are negative. */
export function bars(title: string, all: readonly Bar[], width: number, style: Style): string {
  const most = Math.max(0, ...all.map(({ value }) => value));
  if (!(most > 0) || !Number.isFinite(most) || all.some(({ value }) => !(value >= 0))) return '';
  const shown = all.slice(0, mostBars);
  const labels = shown.map(({ name }) => shortened(printableName(name), 30));
  const names = Math.max(...labels.map(({ length }) => length));
  const words = Math.max(...shown.map((bar) => bar.words.length));
  const room = Math.min(40, width - names - words - 8);
  if (room < 6) return '';
  const rows = shown.map((bar, place): Cell[] => [
    { text: labels[place] ?? '' },
    { text: barOf(bar.value / most, room), ...(bar.strong ? { emphasis: style.good } : {}) },
    { text: bar.words },
  ]);
  const hidden = all.length - shown.length;
  return `  ${style.faint(title)}\n${table(rows, '  ')}${hidden > 0 ? `  … and ${hidden} more\n` : ''}`;
}

/** A bar of so many characters at the most. */
function barOf(share: number, room: number): string {
  const parts = Math.max(1, Math.round(share * room * 8));
  return share === 0 ? '' : `${'█'.repeat(Math.floor(parts / 8))}${eighths[parts % 8]}`;
}

/** A line of small columns as high as the values, with what the lowest and the highest are; nothing where all are the same. */
export function sparkline(values: readonly number[], words: (value: number) => string): string {
  const known = values.filter(Number.isFinite);
  if (known.length < 2) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (low === high) return '';
  const columns = known.map((value) => heights[Math.round(((value - low) / (high - low)) * 7)]);
  return `${columns.join('')}  from ${words(low)} to ${words(high)}`;
}
