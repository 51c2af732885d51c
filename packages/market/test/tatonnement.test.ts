import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { type ExchangeReport, markets, type PriceStep, type TatonnementAsk } from '../src/index.ts';
import { PricePath } from '../src/price-path.ts';

const mechane = createMechane().use(markets);

const steps: readonly PriceStep[] = [
  { kind: 'multiplicative', size: 0.1 },
  { kind: 'multiplicative', size: 0.01 },
  { kind: 'multiplicative', size: 1 },
  { kind: 'additive', size: 0.01 },
  { kind: 'additive', size: 0.1 },
  { kind: 'decreasing', size: 0.5 },
];

const scarf = (has: string, other: string): ExchangeReport => ({
  endowment: { [has]: 1 },
  utility: { kind: 'leontief', weights: { [has]: 1, [other]: 1 } },
});
const scarfs = { 1: scarf('x', 'y'), 2: scarf('y', 'z'), 3: scarf('z', 'x') };
const cobbDouglas: Record<string, ExchangeReport> = {
  a: { endowment: { x: 10, y: 5 }, utility: { kind: 'cobb-douglas', weights: { x: 0.3, y: 0.7 } } },
  b: { endowment: { x: 5, y: 10 }, utility: { kind: 'cobb-douglas', weights: { x: 0.6, y: 0.4 } } },
};

test.each(steps)('Scarf’s economy is not called converged, with $kind steps of $size', (step) => {
  const { outcome, certificate } = mechane.run('market/tatonnement', { settings: { step }, reports: scarfs });
  expect(outcome.status).not.toBe('converged');
  expect(certificate?.status).toBe(outcome.status);
  expect(outcome.allocation).toEqual({ 1: { x: 1 }, 2: { y: 1 }, 3: { z: 1 } });
});

test('Scarf’s prices go round: each good is the dearest in its turn', () => {
  const { outcome, metrics } = mechane.run('market/tatonnement', { reports: scarfs });
  expect(outcome.status).toBe('cycling');
  expect(metrics.rounds).toBe(outcome.history.length + 1);
  const dearest = outcome.history.map(({ prices }) =>
    Object.keys(prices).reduce((best, good) => ((prices[good] ?? 0) > (prices[best] ?? 0) ? good : best)),
  );
  const turns = dearest.filter((good, round) => good !== dearest[round - 1]);
  expect(turns.length).toBeGreaterThanOrEqual(9);
  const successor = Object.fromEntries(turns.slice(0, 3).map((good, index) => [good, turns[index + 1]]));
  for (const [index, good] of turns.slice(0, -1).entries()) expect(turns[index + 1]).toBe(successor[good]);
});

test('it stays where Scarf’s economy is in equilibrium, if it starts there', () => {
  const settings = { initialPrices: { x: 1, y: 1, z: 1 } };
  const { outcome } = mechane.run('market/tatonnement', { settings, reports: scarfs });
  expect(outcome.status).toBe('converged');
  expect(outcome.history).toHaveLength(1);
  expect(outcome.allocation[1]).toEqual({ x: 0.5, y: 0.5 });
});

test.each(steps.slice(0, 5))('Cobb–Douglas prices converge to the closed form, with $kind steps of $size', (step) => {
  const { outcome } = mechane.run('market/tatonnement', { settings: { step }, reports: cobbDouglas });
  expect(outcome.status).toBe('converged');
  expect(outcome.prices.x).toBeCloseTo(5 / 11, 5);
  expect(outcome.allocation.a?.x).toBeCloseTo(4.8, 4);
});

test('decreasing steps come close, and do not claim more', () => {
  const settings = { step: { kind: 'decreasing' as const, size: 0.5 } };
  const { outcome, certificate } = mechane.run('market/tatonnement', { settings, reports: cobbDouglas });
  expect(outcome.status).toBe('max-rounds');
  expect(certificate?.residual).toBeLessThan(1e-3);
});

test('substitutes converge to the equilibrium that the solvers find', () => {
  const reports: Record<string, ExchangeReport> = {
    a: { endowment: { x: 1, y: 2 }, utility: { kind: 'ces', weights: { x: 1, y: 2, z: 1 }, rho: 0.5 } },
    b: { endowment: { z: 3 }, utility: { kind: 'ces', weights: { x: 2, y: 1, z: 1 }, rho: 0.3 } },
    c: { endowment: { x: 2, z: 1 }, utility: { kind: 'cobb-douglas', weights: { y: 1, z: 1 } } },
  };
  const { outcome } = mechane.run('market/tatonnement', { settings: { tolerance: 1e-9 }, reports });
  const { prices } = mechane.run('market/exchange', { reports }).outcome;
  expect(outcome.status).toBe('converged');
  for (const [good, price] of Object.entries(prices)) expect(outcome.prices[good]).toBeCloseTo(price, 7);
});

test('a good in excess becomes free, and its owner poor', () => {
  const { outcome } = mechane.run('market/tatonnement', {
    reports: {
      ann: { endowment: { bun: 9, sausage: 1 }, utility: { kind: 'leontief', weights: { bun: 1, sausage: 1 } } },
      bob: { endowment: { sausage: 2 }, utility: { kind: 'leontief', weights: { bun: 1, sausage: 1 } } },
    },
  });
  expect(outcome.status).toBe('converged');
  expect(outcome.prices.bun).toBe(0);
  expect(outcome.allocation.bob?.sausage).toBeCloseTo(2, 4);
});

test('prices of an economy without equilibrium run away', () => {
  const { outcome } = mechane.run('market/tatonnement', {
    settings: { step: { kind: 'multiplicative', size: 0.5 } },
    reports: {
      ann: { endowment: { x: 1, y: 1 }, utility: { kind: 'linear', weights: { x: 1 } } },
      bob: { endowment: { z: 1 }, utility: { kind: 'linear', weights: { y: 1, z: 1 } } },
    },
  });
  expect(outcome.status).toBe('diverged');
  expect(outcome.allocation).toEqual({ ann: { x: 1, y: 1 }, bob: { z: 1 } });
});

test('where there is nothing to trade there is nothing to do', () => {
  const idle = mechane.run('market/tatonnement', { reports: {} });
  expect(idle.outcome).toEqual({ status: 'converged', prices: {}, allocation: {}, history: [] });
  const alone = mechane.run('market/tatonnement', {
    reports: { ann: { endowment: { x: 1, dust: 0 }, utility: { kind: 'linear', weights: { y: 1 } } } },
  });
  expect(alone.outcome.allocation).toEqual({ ann: { x: 1 } });
});

test('live agents say what they would hold; one that is silent would keep what it has', async () => {
  const asked: TatonnementAsk[] = [];
  const settings = { tolerance: 1e-4 };
  const { outcome } = await mechane.open('market/tatonnement', {
    settings,
    agents: {
      a: (ask: unknown) => {
        const round = ask as TatonnementAsk;
        asked.push(round);
        if (round.ask === 'endowment') return { endowment: { x: 10, y: 5, dust: 1 }, wants: ['x', 'y'] };
        const { x = 0, y = 0 } = round.prices;
        const income = 10 * x + 5 * y;
        return { demand: { x: (0.3 * income) / x, y: (0.7 * income) / y } };
      },
      b: (ask: unknown) => {
        const round = ask as TatonnementAsk;
        if (round.ask === 'endowment') return { endowment: { x: 5, y: 10 }, wants: ['x', 'y'] };
        const { x = 0, y = 0 } = round.prices;
        const income = 5 * x + 10 * y;
        return { demand: { x: (0.6 * income) / x, y: (0.4 * income) / y } };
      },
      mute: () => undefined,
    },
  }).result;
  expect(asked[0]).toEqual({ ask: 'endowment' });
  expect(outcome.status).toBe('converged');
  expect(outcome.prices.x).toBeCloseTo(5 / 11, 3);
  expect(outcome.allocation.a?.dust).toBe(1);
  expect(outcome.allocation.mute).toEqual({});
});

test('an answer to the other question is refused, and counts as none', async () => {
  const wrong = { demand: { x: 1 } };
  const { outcome } = await mechane.open('market/tatonnement', {
    settings: { maxRounds: 3 },
    agents: {
      ann: () => wrong,
      bob: (ask: unknown) =>
        (ask as TatonnementAsk).ask === 'endowment' ? { endowment: { x: 1 }, wants: ['x'] } : { demand: { x: 1 } },
    },
  }).result;
  expect(outcome.allocation).toEqual({ ann: {}, bob: { x: 1 } });
});

test('a path that swings and closes in is left alone; one that only swings is a cycle', () => {
  const swinging = (shrink: number) => {
    const path = new PricePath();
    for (let round = 0; round < 400; round++) {
      const swing = 0.2 * (round % 2 === 0 ? 1 : -1) * shrink ** round;
      const verdict = path.verdict([0.5 + swing, 0.5 - swing], [-swing, swing], Math.abs(swing), 1e-9);
      if (verdict) return verdict;
    }
    return 'open';
  };
  expect(swinging(1)).toBe('cycling');
  expect(swinging(1.001)).toBe('cycling');
  expect(swinging(0.9)).toBe('converged');
  expect(swinging(0.99)).toBe('open');
});

test('a good without a first price starts at 1', () => {
  const settings = { initialPrices: { x: 3 }, maxRounds: 1 };
  const { outcome } = mechane.run('market/tatonnement', { settings, reports: cobbDouglas });
  expect(outcome.history[0]?.prices).toEqual({ x: 0.75, y: 0.25 });
});

test('what is not there cannot be held, and goods of no price are no income', () => {
  // Nobody wants dust, so that it is not in the market; Ann asks for gold, which nobody has.
  const { outcome } = mechane.run('market/tatonnement', {
    reports: {
      ann: { endowment: { x: 1, dust: 2 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
      bob: { endowment: { y: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
    },
  });
  expect(outcome.status).toBe('converged');
  expect(outcome.allocation.ann?.x).toBeCloseTo(0.5, 5);
  expect(outcome.allocation.ann?.dust).toBe(2);
});

test('a live agent that asks for what nobody has gets none of it', async () => {
  const agent = (has: string) => (ask: unknown) =>
    (ask as TatonnementAsk).ask === 'endowment'
      ? { endowment: { [has]: 1 }, wants: ['x', 'y'] }
      : { demand: { x: 0.5, y: 0.5, gold: 1 } };
  const { outcome } = await mechane.open('market/tatonnement', {
    settings: { initialPrices: { x: 1, y: 1 } },
    agents: { ann: agent('x'), bob: agent('y') },
  }).result;
  expect(outcome.status).toBe('converged');
  expect(outcome.allocation).toEqual({ ann: { x: 0.5, y: 0.5 }, bob: { x: 0.5, y: 0.5 } });
});

test('a first price of a good that nobody has or wants is refused, where it may stand in the place of one that is', () => {
  const first = (initialPrices: Record<string, number>) => () =>
    mechane.run('market/tatonnement', { settings: { initialPrices, maxRounds: 1 }, reports: cobbDouglas });
  const stranger = (good: string, fix: string) =>
    expect.objectContaining({ code: 'invalid-settings', path: ['settings', 'initialPrices', good], fix });
  expect(first({ X: 3, y: 1 })).toThrow(stranger('X', 'did you mean "x"?'));
  expect(first({ gold: 3 })).toThrow(stranger('gold', 'leave it out'));
  expect(first({ x: 3, y: 1, gold: 1 })).not.toThrow();
});
