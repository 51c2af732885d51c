import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  type ExchangeScenario,
  type FisherOutcome,
  type FisherScenario,
  markets,
  verifyEquilibrium,
} from '../src/index.ts';

const mechane = createMechane().use(markets);
const kinds = ['linear', 'cobb-douglas', 'leontief', 'ces', 'quasi-linear', 'mixed'] as const;
const runs = 1_000;
const close = 1e-8;

/** Sizes from 1 to 8, each in turn with each. */
const sizeOf = (seed: number) => ({ agents: 1 + (seed % 8), goods: 1 + (Math.floor(seed / 8) % 8) });

describe('the check, which shares nothing with the solvers, accepts 1,000 Fisher markets', () => {
  test.each(kinds)('%s', { tags: ['long'], timeout: 120_000 }, (utilities) => {
    for (let seed = 1; seed <= runs; seed++) {
      const settings = { ...sizeOf(seed), utilities };
      const { settings: market, reports } = mechane.generate('fisher-economy', { settings, seed })
        .instance as FisherScenario;
      const { outcome, certificate } = mechane.run('market/fisher', {
        settings: { goods: { ...market.goods } },
        reports,
      });
      const claim = { supplies: market.goods, agents: Object.entries(reports), ...outcome };
      expect(verifyEquilibrium(claim).residual, `seed ${seed}`).toBeLessThanOrEqual(close);
      expect(certificate?.status).toBe('converged');
    }
  });
});

describe('the check accepts 1,000 exchange economies in which everybody has some of everything', () => {
  test.each(kinds)('%s', { tags: ['long'], timeout: 120_000 }, (utilities) => {
    for (let seed = 1; seed <= runs; seed++) {
      const settings = { ...sizeOf(seed), utilities };
      const { reports } = mechane.generate('exchange-economy', { settings, seed }).instance as ExchangeScenario;
      const { outcome } = mechane.run('market/exchange', { reports });
      const supplies: Record<string, number> = {};
      for (const { endowment } of Object.values(reports))
        for (const [good, has] of Object.entries(endowment)) supplies[good] = (supplies[good] ?? 0) + has;
      expect(outcome.equilibriumFound, `seed ${seed}`).toBe(true);
      const claim = { supplies, agents: Object.entries(reports), ...outcome };
      expect(verifyEquilibrium(claim).residual, `seed ${seed}`).toBeLessThanOrEqual(close);
      expect(Object.values(outcome.prices).reduce((sum, price) => sum + price, 0)).toBeCloseTo(1, 12);
    }
  });
});

test('weights and budgets in whole numbers, full of ties, are no trouble', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const settings = { ...sizeOf(seed), utilities: 'linear' };
    const { reports } = mechane.generate('fisher-economy', { settings, seed }).instance as FisherScenario;
    const goods = Object.fromEntries(
      Array.from({ length: settings.goods }, (_, index) => [`good${index}`, 1 + (index % 2)]),
    );
    const tied = Object.entries(reports).map(([agent, { budget, utility }]) => {
      const weights = Object.fromEntries(
        Object.entries(utility.weights).map(([good, weight]) => [good, Math.ceil(3 * weight)]),
      );
      return [agent, { budget: Math.ceil(3 * budget), utility: { kind: 'linear', weights } }] as const;
    });
    const { certificate } = mechane.run('market/fisher', { settings: { goods }, reports: Object.fromEntries(tied) });
    expect(certificate?.residual, `seed ${seed}`).toBeLessThanOrEqual(1e-11);
  }
});

test('larger linear markets are exact, too', { tags: ['long'] }, () => {
  for (const [agents, goods, seed] of [
    [60, 60, 1],
    [30, 90, 2],
    [120, 20, 3],
  ] as const) {
    for (const utilities of ['linear', 'quasi-linear', 'mixed'] as const) {
      const settings = { agents, goods, utilities };
      const { settings: market, reports } = mechane.generate('fisher-economy', { settings, seed })
        .instance as FisherScenario;
      const { certificate } = mechane.run('market/fisher', { settings: { goods: { ...market.goods } }, reports });
      expect(certificate?.residual).toBeLessThanOrEqual(utilities === 'mixed' ? close : 1e-10);
    }
  }
});

describe('the check refuses what is no equilibrium', () => {
  const scenario = mechane.generate('fisher-economy', { settings: { agents: 4, goods: 3, utilities: 'ces' }, seed: 5 })
    .instance as FisherScenario;
  const { goods } = scenario.settings;
  const { outcome } = mechane.run('market/fisher', { settings: { goods: { ...goods } }, reports: scenario.reports });
  const check = (changed: Partial<FisherOutcome>) =>
    verifyEquilibrium({ supplies: goods, agents: Object.entries(scenario.reports), ...outcome, ...changed });

  test('prices that are a thousandth off', () => {
    for (const good of Object.keys(goods)) {
      const prices = { ...outcome.prices, [good]: (outcome.prices[good] as number) * 1.001 };
      expect(check({ prices }).residual).toBeGreaterThan(1e-5);
    }
  });

  test('more than there is', () => {
    const [agent, bundle] = Object.entries(outcome.allocation)[0] as [string, Record<string, number>];
    const more = Object.fromEntries(Object.entries(bundle).map(([good, quantity]) => [good, quantity * 1.01]));
    expect(check({ allocation: { ...outcome.allocation, [agent]: more } }).clearing).toBeGreaterThan(1e-4);
  });

  test('a bundle of the right price that is not the best', () => {
    const agent = Object.keys(scenario.reports)[0] as string;
    const budget = scenario.reports[agent]?.budget ?? 0;
    const onlyOne = { good0: budget / (outcome.prices.good0 as number) };
    const { optimality, dualityGap } = check({ allocation: { ...outcome.allocation, [agent]: onlyOne } });
    expect(optimality).toBeGreaterThan(0.01);
    expect(dualityGap).toBeGreaterThan(0.001);
  });

  test('goods without a price, free goods that are wanted, and what is bought of a good nobody has', () => {
    const linear = { kind: 'linear', weights: { x: 1, y: 1 } } as const;
    const agents = [['ann', { budget: 1, utility: linear }]] as const;
    const claim = { supplies: { x: 1, y: 1 }, agents };
    expect(verifyEquilibrium({ ...claim, prices: { x: 1 }, allocation: { ann: { x: 1, y: 1 } } }).residual).toBe(
      Infinity,
    );
    expect(verifyEquilibrium({ ...claim, prices: { x: 1, y: 0 }, allocation: { ann: { x: 1, y: 1 } } }).residual).toBe(
      1,
    );
    const strange = { supplies: { x: 1 }, agents, prices: { x: 1, y: 0 }, allocation: { ann: { x: 1, y: 1 } } };
    expect(verifyEquilibrium(strange).clearing).toBe(1);
    const complements = [['ann', { endowment: { x: 1 }, utility: { kind: 'leontief', weights: { y: 1 } } }]] as const;
    const free = { supplies: { x: 1, y: 1 }, prices: { x: 0, y: 0 }, allocation: { ann: { y: 1 } } };
    expect(verifyEquilibrium({ ...free, agents: complements }).optimality).toBe(1);
    const substitutes = [['ann', { endowment: { x: 1 }, utility: linear }]] as const;
    expect(verifyEquilibrium({ ...free, agents: substitutes }).optimality).toBe(1);
    const idle = [['ann', { endowment: {}, utility: linear }]] as const;
    expect(verifyEquilibrium({ ...free, agents: idle, allocation: {} }).residual).toBe(0);
  });
});
