import { createMechane } from '@mechane/core';
import { markets } from '@mechane/market';
import { publishedEconomies } from '@mechane/market/published';
import { expect, test } from 'vitest';

const mechane = createMechane().use(markets);

function priceRatio(id: string, one: string, other: string): number {
  const scenario = publishedEconomies.find((economy) => economy.id === id)?.written() as object;
  const { prices } = mechane.runScenario(scenario).outcome as { prices: Record<string, number> };
  return (prices[one] ?? Number.NaN) / (prices[other] ?? Number.NaN);
}

test('each has a name of its own, and its source', () => {
  expect(new Set(publishedEconomies.map(({ id }) => id)).size).toBe(publishedEconomies.length);
  for (const { source } of publishedEconomies) expect(source).toMatch(/\d{4}/);
});

test('Scarf’s goods are worth the same (1960)', () => {
  expect(priceRatio('scarf', 'x', 'y')).toBeCloseTo(1, 8);
  expect(priceRatio('scarf', 'z', 'y')).toBeCloseTo(1, 8);
});

test('two Cobb–Douglas traders with α = 1/4 trade x for a third of y (Mas-Colell, Whinston and Green 1995)', () => {
  // They own 3 of each good, so p_x/p_y = α/(1 − α).
  expect(priceRatio('two-cobb-douglas-traders', 'x', 'y')).toBeCloseTo(1 / 3, 8);
});

test('one of the three equilibria is found (Mas-Colell, Whinston and Green 1995, exercise 15.B.6)', () => {
  const ratio = priceRatio('three-equilibria', 'y', 'x');
  expect(Math.min(...[27 / 64, 1, 64 / 27].map((known) => Math.abs(ratio - known)))).toBeLessThan(1e-8);
});
