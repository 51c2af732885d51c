import { readFileSync } from 'node:fs';
import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { markets, type Utility, verifyEquilibrium } from '../src/index.ts';

const mechane = createMechane().use(markets);

const linear = (weights: Record<string, number>): Utility => ({ kind: 'linear', weights });
const cobbDouglas = (weights: Record<string, number>): Utility => ({ kind: 'cobb-douglas', weights });
const leontief = (weights: Record<string, number>): Utility => ({ kind: 'leontief', weights });
const ces = (weights: Record<string, number>, rho: number): Utility => ({ kind: 'ces', weights, rho });

interface Buyer {
  budget: number;
  utility: Utility;
}

function buy(goods: Record<string, number>, reports: Record<string, Buyer>, settings: object = {}) {
  const { outcome, certificate } = mechane.run('market/fisher', { settings: { goods, ...settings }, reports });
  return { ...outcome, certificate };
}

function barter(reports: Record<string, { endowment: Record<string, number>; utility: Utility }>) {
  const { outcome, certificate } = mechane.run('market/exchange', { reports });
  return { ...outcome, certificate };
}

function expectClose(actual: Readonly<Record<string, number>>, expected: Record<string, number>, digits = 9): void {
  for (const [key, number] of Object.entries(expected)) expect(actual[key] ?? 0).toBeCloseTo(number, digits);
}

test('a linear market splits along what each buyer likes best (Eisenberg and Gale 1959)', () => {
  const first = { budget: 100, utility: linear({ x: 1, y: 2 }) };
  const second = { budget: 100, utility: linear({ x: 2, y: 1 }) };
  const { prices, allocation, certificate } = buy({ x: 1, y: 1 }, { b1: first, b2: first, b3: second, b4: second });
  expectClose(prices, { x: 200, y: 200 });
  expectClose(allocation.b1 ?? {}, { x: 0, y: 0.5 });
  expectClose(allocation.b3 ?? {}, { x: 0.5, y: 0 });
  expect(certificate?.status).toBe('converged');
});

test('buyers who want the same share it by their budgets, at prices in proportion to weights', () => {
  const utility = linear({ x: 3, y: 1 });
  const { prices, allocation } = buy({ x: 2, y: 2 }, { ann: { budget: 3, utility }, bob: { budget: 5, utility } });
  expectClose(prices, { x: 3, y: 1 });
  const worth = (agent: string): number => 3 * (allocation[agent]?.x ?? 0) + (allocation[agent]?.y ?? 0);
  expect(worth('ann')).toBeCloseTo(3, 9);
  expect(worth('bob')).toBeCloseTo(5, 9);
});

test('linear prices are rational: a cheap good is bid up until it ties (by hand)', () => {
  // Ann has 3, so that x alone would cost 3 of 4: she buys of y until both give her the same, 2/p_x = 1/p_y.
  const { prices, allocation } = buy(
    { x: 1, y: 1 },
    { ann: { budget: 3, utility: linear({ x: 2, y: 1 }) }, bob: { budget: 1, utility: linear({ x: 1, y: 1 }) } },
  );
  expectClose(prices, { x: 8 / 3, y: 4 / 3 });
  expectClose(allocation.ann ?? {}, { x: 1, y: 1 / 4 });
  expectClose(allocation.bob ?? {}, { x: 0, y: 3 / 4 });
});

test('Cobb–Douglas buyers spend fixed shares', () => {
  const first = { budget: 100, utility: cobbDouglas({ x: 1, y: 2 }) };
  const second = { budget: 100, utility: cobbDouglas({ x: 2, y: 1 }) };
  const { prices, allocation, certificate } = buy({ x: 1, y: 1 }, { b1: first, b2: first, b3: second, b4: second });
  expectClose(prices, { x: 200, y: 200 });
  expectClose(allocation.b1 ?? {}, { x: 1 / 6, y: 1 / 3 });
  expect(certificate).toMatchObject({ status: 'converged', method: 'closed-form' });
});

test('of complements, what is left over is free', () => {
  const { prices, allocation } = buy(
    { bun: 10, sausage: 4 },
    {
      ann: { budget: 1, utility: leontief({ bun: 1, sausage: 1 }) },
      bob: { budget: 3, utility: leontief({ bun: 1, sausage: 1 }) },
    },
  );
  expect(prices.bun).toBe(0);
  expectClose(prices, { sausage: 1 });
  expectClose(allocation.bob ?? {}, { bun: 3, sausage: 3 });
});

test('a single buyer gets all, at prices in proportion to what a little more is worth', () => {
  const alone = (utility: Utility) => buy({ x: 1, y: 4 }, { ann: { budget: 12, utility } });
  expectClose(alone(linear({ x: 2, y: 1 })).prices, { x: 4, y: 2 });
  expectClose(alone(cobbDouglas({ x: 1, y: 1 })).prices, { x: 6, y: 1.5 });
  expectClose(alone(ces({ x: 1, y: 1 }, 0.5)).prices, { x: 4, y: 2 });
  expectClose(alone(leontief({ x: 1, y: 1 })).prices, { x: 12, y: 0 });
  const { prices, payments } = alone({ kind: 'quasi-linear', weights: { x: 2, y: 1 } });
  expectClose(prices, { x: 2, y: 1 });
  expectClose(payments, { ann: 6 });
  expectClose(alone({ kind: 'quasi-linear', weights: { x: 20, y: 10 } }).payments, { ann: 12 });
});

test('quasi-linear buyers keep money for which goods are too dear (Chen, Ye and Zhang 2007)', () => {
  const { prices, allocation, payments, certificate } = buy(
    { x: 1 },
    {
      ann: { budget: 10, utility: { kind: 'quasi-linear', weights: { x: 4 } } },
      bob: { budget: 10, utility: { kind: 'quasi-linear', weights: { x: 3 } } },
    },
  );
  expectClose(prices, { x: 4 });
  expectClose(allocation.ann ?? {}, { x: 1 });
  expectClose(payments, { ann: 4, bob: 0 });
  expect(certificate?.status).toBe('converged');
});

test('CES utilities lie between linear and Leontief, and are both at the ends', () => {
  const goods = { x: 1, y: 2 };
  const market = (one: Utility, other: Utility) =>
    buy(goods, { ann: { budget: 2, utility: one }, bob: { budget: 3, utility: other } }).prices;
  const [w, v] = [
    { x: 1, y: 3 },
    { x: 2, y: 1 },
  ];
  expectClose(market(ces(w, 1), ces(v, 1)), market(linear(w), linear(v)));
  expectClose(market(ces(w, 0), ces(v, 0)), market(cobbDouglas(w), cobbDouglas(v)));
  expectClose(market(ces(w, 1e-9), ces(v, -1e-9)), market(cobbDouglas(w), cobbDouglas(v)), 6);
  expectClose(market(ces(w, 1 - 1e-12), ces(v, 1 - 1e-12)), market(linear(w), linear(v)), 6);
  const even = { x: 1, y: 1 };
  expectClose(market(ces(even, -1e308), ces(even, -1e6)), market(leontief(even), leontief(even)), 4);
});

test('Cobb–Douglas traders have prices by a linear system', () => {
  const { prices, allocation, certificate } = barter({
    a: { endowment: { x: 10, y: 5 }, utility: cobbDouglas({ x: 0.3, y: 0.7 }) },
    b: { endowment: { x: 5, y: 10 }, utility: cobbDouglas({ x: 0.6, y: 0.4 }) },
  });
  expectClose(prices, { x: 5 / 11, y: 6 / 11 });
  expectClose(allocation.a ?? {}, { x: 4.8, y: 28 / 3 });
  expectClose(allocation.b ?? {}, { x: 10.2, y: 17 / 3 });
  expect(certificate).toMatchObject({ status: 'converged', method: 'closed-form' });
});

test('the economy of Scarf 1960 has an equilibrium, whatever its goods are measured in', () => {
  const scarf = (has: string, other: string, unit: Record<string, number>) => ({
    endowment: { [has]: unit[has] as number },
    utility: leontief({ [has]: unit[has] as number, [other]: unit[other] as number }),
  });
  for (const unit of [
    { x: 1, y: 1, z: 1 },
    { x: 1, y: 10, z: 1000 },
  ]) {
    const { prices } = barter({ 1: scarf('x', 'y', unit), 2: scarf('y', 'z', unit), 3: scarf('z', 'x', unit) });
    const worth = { x: (prices.x ?? 0) * unit.x, y: (prices.y ?? 0) * unit.y, z: (prices.z ?? 0) * unit.z };
    expect(worth.y / worth.x).toBeCloseTo(1, 9);
    expect(worth.z / worth.x).toBeCloseTo(1, 9);
  }
});

test('an economy with three equilibria gives one of them (Mas-Colell, Whinston and Green 1995, exercise 15.B.6)', () => {
  // u₁ = (x⁻² + (12/37)³ y⁻²)^(−1/2) and the reverse, each with one unit of what it weighs most: p_y/p_x is 27/64, 1 or 64/27.
  const little = (12 / 37) ** 3;
  const { prices, certificate } = barter({
    ann: { endowment: { x: 1 }, utility: ces({ x: 1, y: little }, -2) },
    bob: { endowment: { y: 1 }, utility: ces({ x: little, y: 1 }, -2) },
  });
  expect(certificate?.status).toBe('converged');
  const ratio = (prices.y ?? 0) / (prices.x ?? 1);
  expect(Math.min(...[27 / 64, 1, 64 / 27].map((known) => Math.abs(ratio - known)))).toBeLessThan(1e-9);
});

test('all three of these equilibria pass the check, and prices between them do not', () => {
  const little = (12 / 37) ** 3;
  const agents = [
    ['ann', { endowment: { x: 1 }, utility: ces({ x: 1, y: little }, -2) }],
    ['bob', { endowment: { y: 1 }, utility: ces({ x: little, y: 1 }, -2) }],
  ] as const;
  const residualAt = (ratio: number): number => {
    // Spending shares at prices (1, ratio): weight^(1/3)·price^(2/3).
    const k = 12 / 37;
    const [x, y] = [1, k * ratio ** (2 / 3)];
    const ann = { x: x / (x + y), y: y / (x + y) / ratio };
    return verifyEquilibrium({
      supplies: { x: 1, y: 1 },
      agents,
      prices: { x: 1, y: ratio },
      allocation: { ann, bob: { x: 1 - ann.x, y: 1 - ann.y } },
    }).residual;
  };
  for (const ratio of [27 / 64, 1, 64 / 27]) expect(residualAt(ratio)).toBeLessThan(1e-12);
  for (const ratio of [0.3, 0.7, 1.4, 4]) expect(residualAt(ratio)).toBeGreaterThan(1e-6);
});

test('a tie that binds nobody is found', () => {
  // Bob sells his x for ann's y, one for one; at any other price, one of them would not.
  const { prices, allocation } = barter({
    ann: { endowment: { x: 1, y: 1 }, utility: linear({ x: 1 }) },
    bob: { endowment: { x: 1 }, utility: linear({ x: 1, y: 1 }) },
  });
  expectClose(prices, { x: 1 / 2, y: 1 / 2 }, 6);
  expectClose(allocation.bob ?? {}, { x: 0, y: 1 }, 6);
});

test('quasi-linear traders use a good as money', () => {
  const { prices, allocation } = barter({
    ann: { endowment: { coin: 5 }, utility: { kind: 'quasi-linear', weights: { x: 2 }, numeraire: 'coin' } },
    bob: { endowment: { x: 1 }, utility: { kind: 'quasi-linear', weights: { x: 1 }, numeraire: 'coin' } },
  });
  const price = (prices.x ?? 0) / (prices.coin ?? 1);
  expect(price).toBeGreaterThan(1 - 1e-9);
  expect(price).toBeLessThan(2 + 1e-9);
  expectClose(allocation.ann ?? {}, { x: 1, coin: 5 - price });
});

test('an economy that is not connected has no equilibrium, and says why', () => {
  const { equilibriumFound, prices, allocation, reason, certificate } = barter({
    ann: { endowment: { x: 1, y: 1 }, utility: linear({ x: 1 }) },
    bob: { endowment: { z: 1 }, utility: linear({ y: 1, z: 1 }) },
  });
  expect({ equilibriumFound, prices, allocation }).toEqual({
    equilibriumFound: false,
    prices: {},
    allocation: { ann: { x: 1, y: 1 }, bob: { z: 1 } },
  });
  expect(reason).toMatch(/not connected: what is paid for "y" never comes back/);
  expect(certificate?.status).toBe('feasible');
  const { reason: other } = barter({
    ann: { endowment: { x: 1 }, utility: ces({ x: 1, y: 1 }, 0.5) },
    bob: { endowment: { y: 1 }, utility: cobbDouglas({ y: 1 }) },
  });
  expect(other).toMatch(/not connected: what is paid for "y" .* the price of "x" would have to be 0, and then more/);
});

test('linear traders can be kept from goods of others by the price, so that the parts are in equilibrium together', () => {
  const { prices, certificate } = barter({
    ann: { endowment: { x: 1 }, utility: linear({ x: 1, y: 4, z: 3 }) },
    bob: { endowment: { y: 1 }, utility: linear({ y: 1, z: 1 }) },
    cat: { endowment: { z: 2 }, utility: linear({ y: 1, z: 1 }) },
  });
  expect(certificate?.status).toBe('converged');
  expect((prices.y ?? 0) / (prices.x ?? 1)).toBeGreaterThan(4 - 1e-9);
});

test('a good that nobody has gets the price at which nobody buys it; where there is none, there is no equilibrium', () => {
  const { prices, certificate } = barter({
    ann: { endowment: { x: 1 }, utility: linear({ x: 1, y: 1, gold: 6 }) },
    bob: { endowment: { y: 1 }, utility: linear({ x: 1, y: 1 }) },
  });
  expect(certificate?.status).toBe('converged');
  expectClose(prices, { x: 1 / 8, y: 1 / 8, gold: 6 / 8 });
  const { reason } = barter({
    ann: { endowment: { x: 1 }, utility: cobbDouglas({ x: 1, gold: 6 }) },
    bob: { endowment: { y: 1 }, utility: cobbDouglas({ x: 1, y: 1 }) },
  });
  expect(reason).toBe('nobody has "gold", and at any price somebody would buy some');
});

test('the golden cases', () => {
  const cases = JSON.parse(readFileSync(new URL('golden-equilibria.json', import.meta.url), 'utf8')) as {
    scenario: { mechanism: string };
    expect: { outcome: { prices: Record<string, number>; allocation?: Record<string, Record<string, number>> } };
  }[];
  expect(cases).toHaveLength(4);
  for (const { scenario, expect: expected } of cases) {
    const { outcome } = mechane.runScenario(scenario) as {
      outcome: { prices: Record<string, number>; allocation: Record<string, Record<string, number>> };
    };
    expectClose(outcome.prices, expected.outcome.prices, 6);
    for (const [agent, bundle] of Object.entries(expected.outcome.allocation ?? {}))
      expectClose(outcome.allocation[agent] ?? {}, bundle, 6);
  }
});

test('every method that is fit finds the same prices, and says so when it stops early', () => {
  const goods = { x: 1, y: 2, z: 3 };
  const reports = {
    ann: { budget: 2, utility: ces({ x: 1, y: 2, z: 1 }, 0.5) },
    bob: { budget: 1, utility: cobbDouglas({ x: 3, z: 1 }) },
    cat: { budget: 3, utility: ces({ x: 1, y: 1, z: 2 }, 0.2) },
  };
  const { prices } = buy(goods, reports, { method: 'eisenberg-gale' });
  for (const method of ['proportional-response', 'tatonnement'] as const) {
    const other = buy(goods, reports, { method });
    expect(other.certificate).toMatchObject({ status: 'converged', method });
    expectClose(other.prices, prices, 6);
    const early = buy(goods, reports, { method, maxRounds: 3 });
    expect(early.certificate).toMatchObject({ status: 'max-rounds', iterations: 3 });
  }
  const stopped = buy(goods, reports, { method: 'eisenberg-gale', maxRounds: 1 });
  expect(stopped.certificate?.status).toBe('max-rounds');
});

test('proportional response comes as close to a linear equilibrium as its rounds allow', () => {
  const reports = {
    ann: { budget: 3, utility: linear({ x: 2, y: 1 }) },
    bob: { budget: 1, utility: linear({ x: 1, y: 1 }) },
  };
  const { prices } = buy({ x: 1, y: 1 }, reports, {
    method: 'proportional-response',
    tolerance: 1e-6,
    maxRounds: 5_000,
  });
  expectClose(prices, { x: 8 / 3, y: 4 / 3 }, 4);
});
