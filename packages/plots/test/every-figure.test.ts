import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as plots from '../src/index.ts';
import { type Figure, type Mark, toCsv, toSvg, toTikz } from '../src/index.ts';
import { drawn } from './drawn.ts';
import { everyFigure } from './every-figure.ts';

const names = Object.keys(everyFigure());

test('every function that draws is among the figures that are tried', () => {
  const source = readFileSync(new URL('./every-figure.ts', import.meta.url), 'utf8');
  const writers = [
    'toCsv',
    'toHtml',
    'toLatexTable',
    'toSvg',
    'toTikz',
    'pictureOf',
    'picturesOf',
    'gamePictures',
    'curves',
  ];
  const drawing = Object.entries(plots).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(drawing.filter((name) => !writers.includes(name) && !source.includes(`: ${name}(`))).toEqual([]);
});

describe.each(names)('%s', (name) => {
  describe.each([300, 640])('at %i pixels', (width) => {
    const figure = everyFigure({ width })[name] as Figure;

    test('stays on its paper', () => {
      expect(figure.width).toBe(width);
      for (const mark of figure.marks) {
        for (const [x, y] of cornersOf(mark)) {
          expect(x, JSON.stringify(mark)).toBeGreaterThanOrEqual(-0.5);
          expect(x, JSON.stringify(mark)).toBeLessThanOrEqual(width + 0.5);
          expect(y, JSON.stringify(mark)).toBeGreaterThanOrEqual(0);
          expect(y, JSON.stringify(mark)).toBeLessThanOrEqual(figure.height);
        }
      }
    });

    test('sets no text over another', () => {
      const boxes = figure.marks.flatMap((mark) => (mark.shape === 'text' ? [boxOf(mark)] : []));
      const over = boxes.flatMap((one, place) =>
        boxes
          .slice(place + 1)
          .filter((other) => overlap(one, other))
          .map((other) => [one.text, other.text]),
      );
      expect(over).toEqual([]);
    });
  });

  const figure = everyFigure()[name] as Figure;

  test('says what is seen, to those who listen too', () => {
    const svg = drawn(figure);
    expect(svg.querySelector('title')?.textContent).toBe(figure.title);
    expect(figure.title.length).toBeGreaterThan(5);
    expect(figure.description.length).toBeGreaterThan(20);
    expect(toSvg(figure)).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('has its numbers as a table', () => {
    expect(figure.table.rows.length).toBeGreaterThan(0);
    for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length);
    expect(toCsv(figure).split('\r\n')).toHaveLength(figure.table.rows.length + 2);
  });

  test('is TikZ with balanced braces', () => {
    const tikz = toTikz(figure).replaceAll(/\\[{}]/g, '');
    expect(tikz.split('{')).toHaveLength(tikz.split('}').length);
    expect(tikz).not.toMatch(/NaN|undefined|Infinity/);
  });
});

function cornersOf(mark: Mark): readonly (readonly [number, number])[] {
  if (mark.shape === 'line' || mark.shape === 'curve') return mark.points;
  if (mark.shape !== 'rect') return [mark.at];
  return [mark.at, [mark.at[0] + mark.width, mark.at[1] + mark.height]];
}

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a text is at the least: narrower than most fonts set it. */
function boxOf({ at: [x, y], text, size = 12, anchor = 'start' }: Extract<Mark, { shape: 'text' }>): Box {
  const width = text.length * size * 0.42;
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { text, left, right: left + width, top: y - size * 0.7, bottom: y };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
