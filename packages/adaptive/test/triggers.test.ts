import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type ChangeDetector, cusum, pageHinkley } from '../src/index.ts';

/** After how many numbers a change is called, in a series of noise around a mean that moves at 1,000; `Infinity` for never. */
function calledAt(detector: ChangeDetector, seed: number, moved: number): number {
  const random = seededRandom(seed);
  for (let index = 0; index < 2_000; index++) {
    const mean = index < 1_000 ? 0.5 : moved;
    if (detector.detects(mean + random.next() - 0.5)) return index;
  }
  return Number.POSITIVE_INFINITY;
}

describe.each([
  ['CUSUM', () => cusum({ target: 0.5, slack: 0.1, threshold: 10 })],
  ['Page-Hinkley', () => pageHinkley({ slack: 0.1, threshold: 10 })],
] as const)('%s', (_, detector) => {
  test.each([1, 0])('calls a change of the mean from 0.5 to %d soon, and none before', (moved) => {
    for (let seed = 0; seed < 20; seed++) {
      const index = calledAt(detector(), seed, moved);
      // By 0.4 a number, 10 is reached in 25; noise and the moving mean take their time.
      expect(index).toBeGreaterThanOrEqual(1_000);
      expect(index).toBeLessThan(1_100);
    }
  });
  test('refuses what is not finite: it is no change', () => {
    const watching = detector();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => watching.detects(value)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
    }
    expect(watching.detects(0.5)).toBe(false);
  });
  test('lets changes of up to the slack pass, and calls those beyond it', () => {
    for (const [moved, called] of [
      [0.595, false],
      [0.405, false],
      [0.65, true],
      [0.35, true],
    ] as const) {
      const watching = detector();
      const calls = Array.from({ length: 2_000 }, (__, index) => watching.detects(index < 1_000 ? 0.5 : moved));
      expect(calls.includes(true), String(moved)).toBe(called);
    }
  });
  test('lets small changes pass', () => {
    for (let seed = 0; seed < 20; seed++) expect(calledAt(detector(), seed, 0.55)).toBe(Number.POSITIVE_INFINITY);
  });
  test('starts afresh when it has called one', () => {
    const watching = detector();
    const calls = Array.from({ length: 400 }, (__, index) => watching.detects(index < 100 ? 0.5 : 1)).filter(Boolean);
    expect(calls.length).toBeGreaterThan(0);
    expect(watching.detects(0.5)).toBe(false);
  });
});
