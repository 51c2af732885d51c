import { codedErrorOf } from '@mechane/conformance';
import { createMechane, MechaneError, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { markets } from '../src/index.ts';

const mechane = createMechane().use(markets);

const error = (scenario: object) => codedErrorOf(() => mechane.runScenario(scenario));

const forUnits = ['mcafee', 'trade-reduction', 'strongly-budget-balanced'];
const takingOrders = ['call', 'vcg', 'muda', ...forUnits];
const scenario = (name: string, reports: unknown, more: object = {}): object => ({
  mechanism: `market/${name}`,
  reports,
  seed: 1,
  ...more,
});
const buy = (price: unknown, quantity: unknown = 1): object => ({ side: 'buy', price, quantity });
const sell = (price: unknown, quantity: unknown = 1): object => ({ side: 'sell', price, quantity });
const outcomeOf = (name: string, reports: object) => mechane.runScenario(scenario(name, reports)) as Result;
interface Result {
  readonly outcome: { readonly payments: Readonly<Record<string, number>>; readonly traded: number };
  readonly metrics: { readonly welfare: number; readonly efficiency: number; readonly revenue: number };
}

describe.each(takingOrders)('market/%s', (name) => {
  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a negative price', -1],
    ['a numeral', '3'],
    ['null', null],
    ['a price of 10 MB', 'x'.repeat(10_000_000)],
  ])('refuses %s as a price, naming agent and field', (_, value) => {
    for (const [report, path] of [
      [buy(value), ['price']],
      [{ orders: [sell(value)] }, ['orders', 0, 'price']],
    ] as const) {
      const { code, path: where, message } = error(scenario(name, { ann: buy(3), bob: report }));
      expect([code, where]).toEqual(['invalid-report', ['reports', 'bob', ...path]]);
      expect(message.length).toBeLessThan(1000);
    }
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '2'])('refuses the quantity %s', (quantity) => {
    expect(error(scenario(name, { ann: buy(3), bob: sell(1, quantity) }))).toMatchObject({
      code: 'invalid-report',
      path: ['reports', 'bob', 'quantity'],
    });
  });

  test('refuses keys that nobody knows, with the nearest that somebody does', () => {
    expect(error(scenario(name, { ann: { ...buy(3), prize: 3 } }))).toMatchObject({
      code: 'unknown-key',
      path: ['reports', 'ann', 'prize'],
      fix: 'did you mean "price"?',
    });
    expect(error(scenario(name, {}, { settings: { kk: 1 } }))).toMatchObject({ code: 'unknown-key' });
  });

  test('empty, one-sided and uncrossed markets trade nothing', () => {
    for (const reports of [
      {},
      { a: { orders: [] } },
      { a: buy(9), b: buy(8) },
      { a: sell(0), b: sell(8) },
      { a: buy(3), b: sell(4) },
    ]) {
      const { outcome, metrics } = outcomeOf(name, reports);
      expect(outcome.traded).toBe(0);
      expect(outcome.payments).toEqual(Object.fromEntries(Object.keys(reports).map((agent) => [agent, 0])));
      expect(metrics).toMatchObject({ welfare: 0, efficiency: 1, revenue: 0 });
    }
  });

  test('a locked market gains nothing and loses nothing by trading', () => {
    const { metrics } = outcomeOf(name, { a: buy(4), b: buy(4), c: sell(4), d: sell(4) });
    expect(metrics).toMatchObject({ welfare: 0, efficiency: 1, revenue: 0 });
  });

  test('prices from 0 to 10¹⁵ and a little beyond are exact', () => {
    const { outcome, metrics } = outcomeOf(name, {
      a: buy(1e15),
      b: buy(1e15 - 1),
      c: sell(0),
      d: sell(1),
      e: sell(3),
    });
    expect(Object.values(outcome.payments).every(Number.isFinite)).toBe(true);
    expect(Number.isInteger(2 * metrics.revenue)).toBe(true);
    if (outcome.traded === 2) expect(metrics.welfare).toBe(2e15 - 2);
  });

  test('amounts that cannot be told apart are an error, not a free lunch', () => {
    const orders = { a: buy(1e308), b: buy(1e308), c: buy(1e308), d: sell(0), e: sell(0), f: sell(0) };
    expect(error(scenario(name, orders))).toMatchObject({ code: 'imprecise-amount', path: ['reports', 'a', 'price'] });
  });
  test('runs with agents of any name', () => {
    const strange = ['__proto__', 'constructor', 'toString', '', '\ud800', ' '];
    const reports = new Map(strange.map((id, index) => [id, index % 2 === 0 ? buy(9 - index) : sell(index)]));
    const { outcome } = mechane.runScenario(scenario(name, reports)) as Result;
    expect(Object.keys(outcome.payments).sort()).toEqual(strange.sort());
  });

  test('whatever JSON comes, it is either a result or a coded error', () => {
    const random = seededRandom(5);
    const leaves = [
      0,
      1,
      -1,
      2.5,
      5e-324,
      1e308,
      '',
      'buy',
      'sell',
      null,
      true,
      [],
      {},
      [buy(3)],
      { orders: [sell(2)] },
    ];
    const keys = ['side', 'price', 'quantity', 'orders', 'k', 'rationing', '__proto__'];
    const pick = (): unknown => leaves[random.below(leaves.length)];
    const some = (): object =>
      Object.fromEntries(Array.from({ length: random.below(3) }, () => [keys[random.below(keys.length)], pick()]));
    const order = (): object => (random.below(2) === 0 ? buy(random.below(9)) : sell(random.below(9)));
    let [results, errors] = [0, 0];
    for (let round = 0; round < 400; round++) {
      const reports = Object.fromEntries(
        ['a', 'b', 'c', '__proto__'].map((id) => [
          id,
          random.below(5) === 0 ? (random.below(2) === 0 ? pick() : { ...order(), ...some() }) : order(),
        ]),
      );
      try {
        const { metrics } = mechane.runScenario(
          scenario(name, reports, { settings: random.below(4) === 0 ? some() : {} }),
        );
        expect(Number.isFinite(metrics.revenue)).toBe(true);
        results += 1;
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(MechaneError);
        expect(thrown).not.toHaveProperty('code', 'mechanism-failed');
        errors += 1;
      }
    }
    expect(Math.min(results, errors)).toBeGreaterThan(20);
  });
});

describe.each(forUnits)('market/%s', (name) => {
  test('takes traders of a single unit only, and says who takes others', () => {
    const several = error(scenario(name, { ann: buy(3, 2) }));
    expect(several).toMatchObject({ code: 'invalid-report', path: ['reports', 'ann', 'quantity'] });
    expect(several.message).toContain('market/vcg or market/muda');
    const wrapped = error(scenario(name, { ann: { orders: [buy(3, 0.5)] } }));
    expect(wrapped).toMatchObject({ path: ['reports', 'ann', 'orders', 0, 'quantity'] });
    const orders = error(scenario(name, { ann: { orders: [buy(3), buy(2)] } }));
    expect(orders).toMatchObject({ code: 'invalid-report', path: ['reports', 'ann', 'orders'] });
    expect(orders.message).toContain('market/vcg or market/muda');
  });
});

describe.each(['call', 'vcg', 'muda'])('market/%s', (name) => {
  test('refuses an agent whose own orders would trade with each other', () => {
    for (const orders of [
      [buy(5), sell(4)],
      [sell(4), buy(4)],
      [buy(1), sell(9), sell(7), buy(8)],
    ]) {
      expect(error(scenario(name, { ann: { orders } }))).toMatchObject({
        code: 'invalid-report',
        path: ['reports', 'ann', 'orders', orders.length - 1, 'price'],
      });
    }
  });

  test('an agent on both sides trades on one of them', () => {
    const dealer = { orders: [buy(4), sell(6)] };
    const dear = outcomeOf(name, { dealer, b: buy(9) });
    const cheap = outcomeOf(name, { dealer, s: sell(1) });
    for (const { outcome, metrics } of [dear, cheap]) {
      expect(outcome.traded).toBeLessThanOrEqual(1);
      expect(metrics.welfare).toBe(outcome.traded * 3);
    }
    if (name !== 'muda') expect([dear.outcome.traded, cheap.outcome.traded]).toEqual([1, 1]);
  });

  test('the same order twice counts twice', () => {
    const { outcome } = outcomeOf(name, { ann: { orders: [buy(5), buy(5)] }, bob: sell(1, 9) });
    expect([0, 2]).toContain(outcome.traded);
  });
});

test.each([
  ['an agent that supplies and demands', { supply: 1, minPrice: 1, demand: 1, maxPrice: 1 }, 'unknown-key'],
  ['a price without a quantity', { minPrice: 1 }, 'invalid-report'],
  ['a negative supply', { supply: -1, minPrice: 1 }, 'invalid-report'],
  ['NaN', { demand: 1, maxPrice: Number.NaN }, 'invalid-report'],
])('market/equilibrium refuses %s', (_, report, code) => {
  expect(error(scenario('equilibrium', { ann: report }))).toMatchObject({ code });
});

test.each([-0.1, 1.1, Number.NaN, '1'])('market/call refuses k = %s', (k) => {
  expect(error(scenario('call', {}, { settings: { k } }))).toMatchObject({
    code: 'invalid-settings',
    path: ['settings', 'k'],
  });
});

test('market/muda refuses a rationing rule that nobody knows', () => {
  expect(error(scenario('muda', {}, { settings: { rationing: 'pro-rata' } }))).toMatchObject({
    code: 'invalid-settings',
    path: ['settings', 'rationing'],
  });
});

test('who sells more than it truly has cannot deliver, and loses what it receives', () => {
  const reports = { ann: buy(9, 3), bob: sell(2, 3) };
  const { metrics } = mechane.runScenario(scenario('call', reports, { types: { bob: sell(2, 1) } }));
  // Three units at 5.5 are worth 27 to ann; one costs bob 2, and what it is paid for all three is forfeit.
  expect(metrics.welfare).toBe(27 - 2 - 16.5);
});

test('whoever keeps silent does not stop a market', async () => {
  const agents = {
    ann: () => ({ side: 'buy', price: 9 }) as const,
    bob: () => ({ side: 'sell', price: 3 }) as const,
    cat: () => undefined,
  };
  const { outcome } = await mechane.open('market/call', { agents }).result;
  expect(outcome).toMatchObject({ traded: 1, payments: { ann: 6, bob: -6, cat: 0 } });
});

test('a live agent’s order for several units is refused alone: the others trade as if it had kept silent', async () => {
  const agents = {
    ann: () => ({ side: 'buy', price: 9 }) as const,
    bob: () => ({ side: 'buy', price: 8 }) as const,
    cat: () => ({ side: 'sell', price: 3 }) as const,
    dan: () => ({ side: 'sell', price: 4 }) as const,
  };
  const with7 = { ...agents, eve: () => ({ side: 'buy', price: 7, quantity: 2 }) as const };
  const { outcome } = await mechane.open('market/mcafee', { agents: with7 }).result;
  expect(outcome.payments).toEqual({ ann: 8, bob: 0, cat: -4, dan: 0, eve: 0 });
});
