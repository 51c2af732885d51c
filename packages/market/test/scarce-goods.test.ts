import { createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type FisherReport, markets } from '../src/index.ts';

const mechane = createMechane().use(markets);

interface Drawn {
  readonly agents: number;
  readonly goods: number;
  /** The part of all goods that an agent needs. */
  readonly density: number;
  /** Weights and supplies lie within so many powers of ten. */
  readonly spread: number;
}

function draw({ agents, goods, density, spread }: Drawn, seed: number) {
  const random = seededRandom(seed);
  const names = Array.from({ length: goods }, (_, j) => `good${j}`);
  const number = (): number => (spread === 0 ? 1 - random.next() : 10 ** (spread * (random.next() - 0.5)));
  const reports: Record<string, FisherReport> = {};
  for (let i = 0; i < agents; i++) {
    const needed = names.filter((_, j) => j === i % goods || random.next() < density);
    const weights = Object.fromEntries(needed.map((name) => [name, number()]));
    reports[`agent${i}`] = { budget: 1 - random.next(), utility: { kind: 'leontief', weights } };
  }
  return { reports, goods: Object.fromEntries(names.map((name) => [name, number()])) };
}

describe('many complements, most of them free, meet the definition of an equilibrium', () => {
  test.each([
    ['that everybody needs', { agents: 60, goods: 60, density: 1, spread: 0 }],
    ['many more than agents', { agents: 5, goods: 150, density: 1, spread: 0 }],
    ['fewer than agents', { agents: 150, goods: 40, density: 1, spread: 0 }],
    ['of which each needs some', { agents: 50, goods: 80, density: 0.1, spread: 0 }],
    ['of which each needs few', { agents: 30, goods: 60, density: 0.02, spread: 0 }],
    ['of very different supplies and needs', { agents: 40, goods: 60, density: 0.5, spread: 6 }],
    ['of which each needs another', { agents: 64, goods: 64, density: 0, spread: 0 }],
  ] as const)('goods %s', (_what, shape) => {
    for (let seed = 1; seed <= 8; seed++) {
      const { reports, goods } = draw(shape, seed);
      const { certificate } = mechane.run('market/fisher', { settings: { goods }, reports });
      expect(certificate?.residual, `seed ${seed}`).toBeLessThanOrEqual(1e-8);
      expect(certificate?.status).toBe('converged');
    }
  });
});

test('a good that is scarce for few agents only is found, however little is spent on it at first', () => {
  // Everybody shares the first goods; a poor agent alone uses up the last, of which there is next to nothing.
  const { reports, goods } = draw({ agents: 40, goods: 60, density: 1, spread: 0 }, 1);
  for (const budget of [1e-6, 1e-4, 1e-2]) {
    const poor = { budget, utility: { kind: 'leontief', weights: { good0: 1, ore: 1 } } } as const;
    const scenario = { settings: { goods: { ...goods, ore: 1e-6 } }, reports: { ...reports, poor } };
    const { outcome, certificate } = mechane.run('market/fisher', scenario);
    expect(certificate?.residual).toBeLessThanOrEqual(1e-8);
    // What it has buys all the ore, and next to nothing of the first good.
    expect((outcome.prices.ore ?? 0) * 1e-6).toBeCloseTo(budget, 8);
    expect(outcome.allocation.poor?.ore).toBeCloseTo(1e-6, 15);
  }
});

test('rounds that do not suffice are admitted', () => {
  const { reports, goods } = draw({ agents: 60, goods: 60, density: 1, spread: 0 }, 1);
  const { certificate } = mechane.run('market/fisher', { settings: { goods, maxRounds: 9 }, reports });
  expect(certificate?.status).toBe('max-rounds');
  expect(certificate?.residual).toBeGreaterThan(1e-8);
});

test('what is too little for a double is not called an equilibrium', () => {
  const names = Array.from({ length: 40 }, (_, j) => `good${j}`);
  const equilibrium = (power: number) => {
    const weights = Object.fromEntries(names.map((name, j) => [name, j === 0 ? 10 ** -power : 1]));
    const goods = Object.fromEntries(names.map((name, j) => [name, j === 0 ? 10 ** power : 1 + j]));
    const buyer = (budget: number) => ({ budget, utility: { kind: 'leontief' as const, weights } });
    return mechane.run('market/fisher', { settings: { goods }, reports: { ann: buyer(1), bob: buyer(2) } });
  };
  const { outcome, certificate } = equilibrium(100);
  expect(certificate?.status).toBe('converged');
  expect(outcome.prices.good1).toBeCloseTo(1.5, 9);
  expect(outcome.allocation.bob?.good1).toBeCloseTo(4 / 3, 9);
  expect(equilibrium(300).certificate?.status).toBe('max-rounds');
});
