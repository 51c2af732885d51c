import { createMechane } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publicChoices } from '../src/index.ts';

const mechane = createMechane().use(publicChoices);

describe('the median', () => {
  const locate = (...peaks: number[]) =>
    mechane.run('public-choice/median', {
      reports: Object.fromEntries(peaks.map((peak, index) => [`agent${index}`, { peak }])),
    });
  test('is that of the middle voter (Moulin 1980), the lower of two', () => {
    expect(locate(1, 10, 4).outcome.location).toBe(4);
    expect(locate(1, 10).outcome.location).toBe(1);
    expect(locate(-3).outcome.location).toBe(-3);
    expect(locate().outcome.location).toBeNull();
  });
  test('is where all walk least', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 7 }), (peaks) => {
        const walk = (location: number) => peaks.reduce((sum, peak) => sum + Math.abs(peak - location), 0);
        const { outcome, metrics } = locate(...peaks);
        expect(walk(outcome.location as number)).toBe(Math.min(...peaks.map(walk)));
        expect(metrics).toMatchObject({ welfare: -walk(outcome.location as number) + 0, efficiency: 1, revenue: null });
      }),
      { seed: 1 },
    );
  });
});
