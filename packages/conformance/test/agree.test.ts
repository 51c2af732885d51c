import { describe, expect, test } from 'vitest';
import { agree } from '../src/game/same.ts';

const bids = (...values: number[]) => new Map(values.map((bid, index) => [`agent ${index}`, { bid }]));

describe('outcomes that were computed in another order say the same', () => {
  test.each<[string, number, number, ReturnType<typeof bids>, object, boolean]>([
    ['where whole amounts are one apart, they do not', 3, 4, bids(1, 2), {}, false],
    ['where thirds differ by their rounding, they do', 1 / 3, 1 / 3 + 2 ** -54, bids(1, 2), {}, true],
    ['where a sum beyond 2^53 loses a unit, they do', 3, 4, bids(2 ** 53 - 1, 4), {}, true],
    ['where it cannot have lost as much, they do not', 3, 300, bids(2 ** 53 - 1, 4), {}, false],
    // 9007281494775 in units of 0.001 is beyond 2^53: plain arithmetic adds it up (https://en.wikipedia.org/wiki/Double-precision_floating-point_format).
    [
      'where decimals beside a large amount are rounded, they do',
      3.001953125,
      3.002,
      bids(-9007281494775, 1.501),
      {},
      true,
    ],
    [
      'where the settings have the decimals, they do',
      3.001953125,
      3.002,
      bids(9007281494775),
      { reserve: 0.001 },
      true,
    ],
    ['where those are counted exactly, they do not', 3.001953125, 3.002, bids(900719925473, 1.501), {}, false],
  ])('%s', (_, one, other, reports, settings, same) => {
    expect(agree({ payment: one }, { payment: other }, reports, settings)).toBe(same);
  });
});
