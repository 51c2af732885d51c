import { codedErrorOf } from '@mechane/conformance';
import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { bundleValue, demand, markets } from '../src/index.ts';

const mechane = createMechane().use(markets);
const goods = { x: 1, y: 1 };
const fisher = (utility: unknown, budget: unknown = 1, settings: object = { goods }) => ({
  mechanism: 'market/fisher',
  settings,
  reports: { ann: { budget, utility } },
});
const exchange = (utility: unknown, endowment: unknown = { x: 1 }) => ({
  mechanism: 'market/exchange',
  reports: { ann: { endowment, utility } },
});
const linear = { kind: 'linear', weights: { x: 1 } };
const utilityOf = ['reports', 'ann', 'utility'];

test.each([
  [
    'a good that is not there',
    fisher({ kind: 'linear', weights: { z: 1 } }),
    'invalid-report',
    [...utilityOf, 'weights', 'z'],
  ],
  [
    'a good of Object’s prototype',
    fisher({ kind: 'linear', weights: { constructor: 1 } }),
    'invalid-report',
    [...utilityOf, 'weights', 'constructor'],
  ],
  [
    'a numeraire that is not there',
    fisher({ kind: 'quasi-linear', weights: { x: 1 }, numeraire: 'coin' }),
    'invalid-report',
    [...utilityOf, 'numeraire'],
  ],
  [
    'a negative weight',
    fisher({ kind: 'linear', weights: { x: -1 } }),
    'invalid-report',
    [...utilityOf, 'weights', 'x'],
  ],
  ['weights of 0 only', fisher({ kind: 'leontief', weights: { x: 0 } }), 'invalid-report', [...utilityOf, 'weights']],
  ['no weights', exchange({ kind: 'leontief', weights: {} }), 'invalid-report', [...utilityOf, 'weights']],
  ['rho above 1', fisher({ kind: 'ces', weights: { x: 1 }, rho: 1.1 }), 'invalid-report', [...utilityOf, 'rho']],
  [
    'rho of −Infinity',
    fisher({ kind: 'ces', weights: { x: 1 }, rho: -Infinity }),
    'invalid-report',
    [...utilityOf, 'rho'],
  ],
  ['rho where there is none', fisher({ ...linear, rho: 1 }), 'unknown-key', [...utilityOf, 'rho']],
  ['no rho', fisher({ kind: 'ces', weights: { x: 1 } }), 'invalid-report', [...utilityOf, 'rho']],
  ['an unknown utility', fisher({ kind: 'translog', weights: { x: 1 } }), 'invalid-report', [...utilityOf, 'kind']],
  ['a negative budget', fisher(linear, -1), 'invalid-report', ['reports', 'ann', 'budget']],
  ['a supply of 0', fisher(linear, 1, { goods: { x: 0 } }), 'invalid-settings', ['settings', 'goods', 'x']],
  ['no goods at all', fisher(linear, 1, {}), 'invalid-settings', ['settings', 'goods']],
  [
    'linear utility under tâtonnement',
    fisher(linear, 1, { goods, method: 'tatonnement' }),
    'invalid-report',
    [...utilityOf, 'kind'],
  ],
  [
    'complements under proportional response',
    fisher({ kind: 'leontief', weights: { x: 1 } }, 1, { goods, method: 'proportional-response' }),
    'invalid-report',
    [...utilityOf, 'kind'],
  ],
  [
    'linear utility under a formula for others',
    fisher(linear, 1, { goods, method: 'closed-form' }),
    'invalid-report',
    [...utilityOf, 'kind'],
  ],
  ['a negative endowment', exchange(linear, { x: -1 }), 'invalid-report', ['reports', 'ann', 'endowment', 'x']],
  [
    'money where there is none',
    exchange({ kind: 'quasi-linear', weights: { x: 1 } }),
    'invalid-report',
    [...utilityOf, 'numeraire'],
  ],
  [
    'endowments that sum to no number',
    {
      mechanism: 'market/exchange',
      reports: { ann: { endowment: { x: 1e308 }, utility: linear }, bob: { endowment: { x: 1e308 }, utility: linear } },
    },
    'overflow',
    ['reports'],
  ],
  [
    'prices that are no numbers',
    fisher(linear, 1e308, { goods: { x: 1e-308 } }),
    'imprecise-amount',
    ['reports', 'ann', 'budget'],
  ],
])('%s is refused', (_what, scenario, code, path) => {
  expect(codedErrorOf(() => mechane.runScenario(scenario))).toMatchObject({ code, path });
});

test('a good that nobody wants is free and goes to nobody', () => {
  const { outcome, certificate } = mechane.run('market/fisher', {
    settings: { goods: { x: 1, dust: 7 } },
    reports: { ann: { budget: 2, utility: { kind: 'linear', weights: { x: 1, dust: 0 } } } },
  });
  expect(outcome.prices).toEqual({ x: 2, dust: 0 });
  expect(outcome.allocation).toEqual({ ann: { x: 1 } });
  expect(certificate?.status).toBe('converged');
});

test('whoever has no budget gets nothing, and nobody at all leaves everything free', () => {
  const run = (budget: number) =>
    mechane.run('market/fisher', {
      settings: { goods },
      reports: {
        ann: { budget: 0, utility: { kind: 'linear', weights: { x: 9 } } },
        bob: { budget, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 3 } } },
      },
    });
  expect(run(4).outcome).toEqual({
    prices: { x: 1, y: 3 },
    allocation: { ann: {}, bob: { x: 1, y: 1 } },
    payments: { ann: 0, bob: 4 },
  });
  expect(run(0).outcome.prices).toEqual({ x: 0, y: 0 });
  expect(mechane.run('market/fisher', { settings: { goods }, reports: {} }).outcome.payments).toEqual({});
});

test('whoever has nothing, or nothing that is wanted, gets nothing and does not stop the others', () => {
  const { outcome, certificate } = mechane.run('market/exchange', {
    reports: {
      ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
      bob: { endowment: { y: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
      cat: { endowment: {}, utility: { kind: 'linear', weights: { x: 1 } } },
      dan: { endowment: { dust: 3 }, utility: { kind: 'linear', weights: { y: 1 } } },
    },
  });
  expect(outcome.equilibriumFound).toBe(true);
  expect(outcome.prices).toEqual({ dust: 0, x: 0.5, y: 0.5 });
  expect(outcome.allocation.cat).toEqual({});
  expect(outcome.allocation.dan).toEqual({ dust: 3 });
  expect(certificate?.status).toBe('converged');
});

test('what is wanted only by those who have nothing to pay with has no price that clears', () => {
  const { outcome } = mechane.run('market/exchange', {
    reports: {
      ann: { endowment: { x: 1, gem: 1 }, utility: { kind: 'linear', weights: { x: 1 } } },
      dan: { endowment: { dust: 3 }, utility: { kind: 'linear', weights: { gem: 1 } } },
    },
  });
  expect(outcome.reason).toBe(
    'those who want "gem" have nothing that anybody would take for it, so that no price clears its market',
  );
  expect(mechane.run('market/exchange', { reports: {} }).outcome).toEqual({
    equilibriumFound: true,
    prices: {},
    allocation: {},
  });
});

test.each(['leontief', 'cobb-douglas'] as const)(
  'an agent whose goods are free can do without them where its complements are out of reach (%s)',
  (kind) => {
    // At prices (0, 1) Ann can buy nothing, and x alone is worth nothing to her.
    const { outcome, certificate } = mechane.run('market/exchange', {
      reports: {
        ann: { endowment: { x: 1 }, utility: { kind, weights: { x: 1, y: 1 } } },
        bob: { endowment: { y: 1 }, utility: { kind, weights: { y: 1 } } },
      },
    });
    expect(outcome).toEqual({
      equilibriumFound: true,
      prices: { x: 0, y: 1 },
      allocation: { ann: { x: 1 }, bob: { y: 1 } },
    });
    expect(certificate?.status).toBe('converged');
  },
);

test('a search that is stopped says so, and leaves everybody what it has', () => {
  const little = (12 / 37) ** 3;
  const { outcome, certificate } = mechane.run('market/exchange', {
    settings: { maxRounds: 1 },
    reports: {
      ann: { endowment: { x: 1 }, utility: { kind: 'ces', weights: { x: 1, y: little }, rho: -3 } },
      bob: { endowment: { y: 2 }, utility: { kind: 'ces', weights: { x: little, y: 1 }, rho: -2 } },
    },
  });
  expect(outcome).toMatchObject({ equilibriumFound: false, prices: {}, allocation: { ann: { x: 1 }, bob: { y: 2 } } });
  expect(outcome.reason).toMatch(/^the search stopped at prices that miss an equilibrium by /);
  expect(certificate?.status).toBe('max-rounds');
});

test('amounts of any size are fine as long as prices are numbers', () => {
  for (const size of [1e-150, 1e150]) {
    const { outcome, certificate } = mechane.run('market/fisher', {
      settings: { goods: { x: size, y: 1 } },
      reports: {
        ann: { budget: 1e10, utility: { kind: 'linear', weights: { x: 1e-200, y: 1 } } },
        bob: { budget: 1e10, utility: { kind: 'ces', weights: { x: 1, y: 1e200 }, rho: 0.5 } },
      },
    });
    expect(Object.values(outcome.prices).every(Number.isFinite)).toBe(true);
    expect(certificate?.residual).toBeLessThan(1e-8);
  }
});

test('what a bundle is worth, kind by kind', () => {
  const weights = { x: 1, y: 4 };
  const bundle = { x: 4, y: 9 };
  expect(bundleValue({ kind: 'linear', weights }, bundle)).toBe(40);
  expect(bundleValue({ kind: 'cobb-douglas', weights: { x: 2, y: 2 } }, bundle)).toBeCloseTo(6, 12);
  expect(bundleValue({ kind: 'leontief', weights }, bundle)).toBe(2.25);
  expect(bundleValue({ kind: 'ces', weights, rho: 0.5 }, bundle)).toBeCloseTo(196, 10);
  expect(bundleValue({ kind: 'ces', weights, rho: -1 }, bundle)).toBeCloseTo(1 / (1 / 4 + 4 / 9), 12);
  expect(bundleValue({ kind: 'ces', weights, rho: -1 }, { x: 4 })).toBe(0);
  expect(bundleValue({ kind: 'ces', weights, rho: 1 }, bundle)).toBe(40);
  expect(bundleValue({ kind: 'quasi-linear', weights, numeraire: 'coin' }, { ...bundle, coin: 2 })).toBe(42);
});

test('what an agent buys, kind by kind', () => {
  const weights = { x: 1, y: 1 };
  const prices = { x: 1, y: 4 };
  expect(demand({ kind: 'ces', weights, rho: 0.5 }, prices, 5)).toEqual({ x: 4, y: 0.25 });
  expect(demand({ kind: 'ces', weights, rho: -1 }, prices, 3)).toEqual({ x: 1, y: 0.5 });
  expect(demand({ kind: 'linear', weights: { x: 1, y: 4 } }, prices, 8)).toEqual({ x: 4, y: 1 });
  expect(demand({ kind: 'quasi-linear', weights: { x: 0.5, y: 8 } }, prices, 8)).toEqual({ x: 0, y: 2 });
  expect(demand({ kind: 'quasi-linear', weights: { x: 0.5 } }, prices, 8)).toEqual({ x: 0 });
  expect(demand({ kind: 'linear', weights: { x: 1, z: 5 } }, prices, 8)).toEqual({ x: 8 });
  expect(demand({ kind: 'cobb-douglas', weights }, { x: 0, y: 1 }, 8)).toEqual({ x: Infinity, y: 8 });
  expect(demand({ kind: 'leontief', weights }, { x: 0, y: 2 }, 8)).toEqual({ x: 4, y: 4 });
  expect(demand({ kind: 'leontief', weights }, { x: 0, y: 1 }, 0)).toEqual({ x: 0, y: 0 });
  expect(demand({ kind: 'leontief', weights }, { x: 0, y: 0 }, 0)).toEqual({ x: Infinity, y: Infinity });
  expect(demand({ kind: 'cobb-douglas', weights }, { x: 0, y: 1 }, 0)).toEqual({ x: 0, y: 0 });
  expect(demand({ kind: 'ces', weights, rho: -1 }, { x: 0, y: 1 }, 0)).toEqual({ x: 0, y: 0 });
  expect(demand({ kind: 'ces', weights, rho: 0.5 }, { x: 0, y: 1 }, 0)).toEqual({ x: Infinity, y: 0 });
});
