import { createMechane } from '@mechane/core';
import { markets } from '@mechane/market';
import { describe, expect, test } from 'vitest';
import { simulate } from '../src/index.ts';

const mechane = createMechane().use(markets);
const limits = [30, 45, 60, 75, 90, 105];

/** A market of six buyers and six sellers, each with one unit and values that stand still, as in Smith's experiments. */
async function market(kind: string, seed: number, mechanism = 'market/call') {
  const traders = (['buy', 'sell'] as const).flatMap((side) =>
    limits.map((value) => ({ kind, side, values: { kind: 'constant' as const, value } })),
  );
  const { arms } = await simulate(
    { arms: [{ mechanism }], policy: { kind: 'fixed' }, population: { bidders: traders }, rounds: 2_000, seed },
    { mechane },
  );
  return {
    alpha: arms[0]?.smithsAlpha ?? Number.NaN,
    efficiency: arms[0]?.efficiency?.mean ?? Number.NaN,
    arm: arms[0],
  };
}

describe('markets with sellers', () => {
  test('truthful traders trade at the competitive price, and lose nothing', async () => {
    expect(await market('truthful', 1)).toMatchObject({ alpha: 0, efficiency: 1, arm: { priceOfAnarchy: 1 } });
  });
  test('ZIP traders come closer to the competitive price than those with zero intelligence (Cliff 1997)', {
    tags: ['long'],
  }, async () => {
    for (const seed of [1, 2, 3]) {
      const [clever, simple] = [await market('zip', seed), await market('zero-intelligence', seed)];
      expect(clever.alpha).toBeLessThan(simple.alpha);
      expect(clever.efficiency).toBeGreaterThan(simple.efficiency);
    }
  });
  test('whoever trades without loss gains: a market never destroys value', async () => {
    const { efficiency, alpha } = await market('zero-intelligence', 4);
    expect(efficiency).toBeGreaterThan(0);
    expect(efficiency).toBeLessThanOrEqual(1);
    expect(alpha).toBeGreaterThan(0);
  });
  test('a market that burns money still has a price that can be measured', async () => {
    const { alpha } = await market('truthful', 1, 'market/mcafee');
    expect(alpha).toBeLessThan(0.2);
  });
});
