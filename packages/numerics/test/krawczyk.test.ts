import { describe, expect, test } from 'vitest';
import { type Box, type BoxVerdict, contractBox, cutBox } from '../src/index.ts';
import { SeededNumbers } from './random.ts';

const rounding = 1e-12;
const boxOf = (...ranges: readonly (readonly [number, number])[]): Box => ({
  low: Float64Array.from(ranges, ([low]) => low),
  high: Float64Array.from(ranges, ([, high]) => high),
});

/** Where to look on: in the image, cut unless it is much smaller. */
function partsOf(verdict: BoxVerdict): readonly Box[] {
  if (verdict.kind !== 'open') return [];
  return verdict.left < 0.5 ? [verdict.image] : cutBox(verdict.image);
}

/** What is said of x² = c in a range from 0 up, where the derivative 2 x grows. */
function judgeRoot(box: Box, c: number) {
  const [low, high] = [box.low[0] as number, box.high[0] as number];
  const middle = (low + high) / 2;
  return contractBox(
    box,
    {
      values: Float64Array.of(middle ** 2 - c),
      slopes: Float64Array.of(low + high),
      radii: Float64Array.of(high - low),
    },
    rounding,
  );
}

/** All boxes with exactly one root of x² = c that are found in a range. */
function rootsIn(low: number, high: number, c: number): Box[] {
  const found: Box[] = [];
  const open = [boxOf([low, high])];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const verdict = judgeRoot(box, c);
    if (verdict.kind === 'one') found.push(verdict.box);
    open.push(...partsOf(verdict));
  }
  return found;
}

describe('a box with equations', () => {
  test('is cut until each root is found once, and where there is none nothing is', () => {
    const random = new SeededNumbers(9);
    for (let round = 0; round < 200; round++) {
      const c = random.next() * 4;
      const [low, high] = [random.next() + 0.01, 1 + 2 * random.next()];
      const root = Math.sqrt(c);
      // What lies next to an end is in doubt, as rounding is.
      if (Math.min(Math.abs(root - low), Math.abs(root - high)) < 1e-6) continue;
      const found = rootsIn(low, high, c);
      expect(found).toHaveLength(root > low && root < high ? 1 : 0);
      for (const box of found) {
        expect(box.low[0]).toBeLessThanOrEqual(root);
        expect(box.high[0]).toBeGreaterThanOrEqual(root);
      }
    }
  });

  test('in two numbers: a circle and a line meet where they do', () => {
    // x² + y² = 1 and x = y between 1/2 and 1: at the root of 1/2.
    const found: Box[] = [];
    const open = [boxOf([0.5, 1], [0.5, 1])];
    for (let box = open.pop(); box !== undefined; box = open.pop()) {
      const [a, b, c, d] = [box.low[0], box.high[0], box.low[1], box.high[1]] as [number, number, number, number];
      const [x, y] = [(a + b) / 2, (c + d) / 2];
      const verdict = contractBox(
        box,
        {
          values: Float64Array.of(x ** 2 + y ** 2 - 1, x - y),
          slopes: Float64Array.of(a + b, c + d, 1, -1),
          radii: Float64Array.of(b - a, d - c, 0, 0),
        },
        rounding,
      );
      if (verdict.kind === 'one') found.push(verdict.box);
      open.push(...partsOf(verdict));
    }
    expect(found).toHaveLength(1);
    for (const at of [0, 1]) {
      expect(found[0]?.low[at]).toBeLessThanOrEqual(Math.SQRT1_2);
      expect(found[0]?.high[at]).toBeGreaterThanOrEqual(Math.SQRT1_2);
    }
  });

  test('whose slopes are singular, or nearly so, stays as it is, and is cut in two that make up the whole', () => {
    for (const slope of [0, 1e-9]) {
      const box = boxOf([0, 2], [0, 1]);
      const verdict = contractBox(
        box,
        {
          values: Float64Array.of(0, 0),
          slopes: Float64Array.of(1, 0, 0, slope),
          radii: new Float64Array(4),
        },
        rounding,
      );
      expect(verdict).toMatchObject({ kind: 'open', image: box });
      const [first, second] = cutBox(box);
      // Across the longer side.
      expect([first.low[0], first.high[0], second.high[0]]).toEqual([0, second.low[0], 2]);
      expect([...first.low, ...first.high].filter((_, at) => at % 2 === 1)).toEqual([0, 1]);
    }
  });

  test('is never said to have no solution, or one elsewhere, where there is one in it', () => {
    const random = new SeededNumbers(10);
    for (let round = 0; round < 300; round++) {
      // A root at a known place in the box, and a function whose derivative stays within its range.
      const root = random.next();
      const [least, most] = [random.next() - 0.3, 1 + random.next()];
      const value = (0.5 - root) * (least + (most - least) * random.next());
      const verdict = contractBox(
        boxOf([0, 1]),
        {
          values: Float64Array.of(value),
          slopes: Float64Array.of((least + most) / 2),
          radii: Float64Array.of((most - least) / 2),
        },
        rounding,
      );
      const boxes = verdict.kind === 'one' ? [verdict.box] : partsOf(verdict);
      expect(boxes.some(({ low, high }) => (low[0] as number) <= root && root <= (high[0] as number))).toBe(true);
    }
  });

  test('is looked at from another point than its middle, and the solution is as near to it as is said', () => {
    const random = new SeededNumbers(11);
    for (let round = 0; round < 200; round++) {
      const root = 0.5 + random.next();
      // x² = root² around the root, seen from near to it.
      const centre = Float64Array.of(root + (random.next() - 0.5) / 10);
      const box = boxOf([root - 0.1, root + 0.1]);
      const [low, high] = [box.low[0] as number, box.high[0] as number];
      const verdict = contractBox(
        box,
        {
          centre,
          values: Float64Array.of((centre[0] as number) ** 2 - root ** 2),
          slopes: Float64Array.of(low + high),
          radii: Float64Array.of(high - low),
        },
        rounding,
      );
      if (verdict.kind !== 'one') throw new Error('there is one');
      expect(Math.abs(root - (centre[0] as number))).toBeLessThanOrEqual(verdict.error);
    }
  });

  test('is cut across the sides that are named', () => {
    const [first, second] = cutBox(boxOf([0, 9], [0, 1], [0, 2]), [1, 2]);
    expect([...first.high.slice(0, 2), ...second.low.slice(0, 2)]).toEqual([9, 1, 0, 0]);
    expect(first.high[2]).toBe(second.low[2]);
  });
});
