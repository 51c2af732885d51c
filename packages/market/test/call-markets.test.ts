import { createMechane, type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { markets, type Order, type OrderReport } from '../src/index.ts';
import { bestGains, clearingOf, ladder, type Unit } from './brute-force-market.ts';

const mechane = createMechane().use(markets);
const names = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'];

/** A report and its units. Several orders of an agent are all on one side, or its buying prices are below its selling prices. */
function draw(random: Random, agent: string, unitsOnly: boolean): { report: OrderReport; units: Unit[] } {
  const side = random.below(2) === 0 ? 'buy' : 'sell';
  const price = random.below(random.below(2) === 0 ? 6 : 40);
  const one: Order = { side, price, quantity: unitsOnly ? 1 : 1 + random.below(4) };
  const kind = unitsOnly ? 0 : random.below(4);
  const other: Order =
    kind === 2
      ? { side, price: random.below(40), quantity: 1 + random.below(3) }
      : {
          side: side === 'buy' ? 'sell' : 'buy',
          price: side === 'buy' ? price + 1 + random.below(5) : price - 1,
          quantity: 1,
        };
  const orders = kind < 2 || other.price < 0 ? [one] : [one, other];
  const units = orders.flatMap((order) =>
    Array.from({ length: order.quantity ?? 1 }, () => ({ agent, side: order.side, price: order.price })),
  );
  return { report: orders.length === 1 && random.below(2) === 0 ? one : { orders }, units };
}

function drawMarket(random: Random, unitsOnly: boolean) {
  const drawn = random
    .shuffled(names)
    .slice(0, random.below(names.length + 1))
    .map((agent) => [agent, draw(random, agent, unitsOnly)] as const);
  return {
    reports: drawn.map(([agent, { report }]) => [agent, report] as const),
    units: drawn.flatMap(([, { units }]) => units),
  };
}

const sum = (record: Readonly<Record<string, number>>): number =>
  Object.values(record).reduce((total, part) => total + part, 0);

/** What an agent's units make of a net trade. */
function worth(units: readonly Unit[], agent: string, bought: number): number {
  const prices = units
    .filter((unit) => unit.agent === agent && unit.side === (bought > 0 ? 'buy' : 'sell'))
    .map(({ price }) => price)
    .sort((a, b) => (bought > 0 ? b - a : a - b))
    .slice(0, Math.abs(bought));
  expect(prices).toHaveLength(Math.abs(bought));
  return prices.reduce((total, price) => total + (bought > 0 ? price : -price), 0);
}

test('10,000 call markets agree with brute force', { tags: ['long'] }, () => {
  const random = seededRandom(1985);
  for (let round = 0; round < 10_000; round++) {
    const { reports, units } = drawMarket(random, false);
    const k = [0, 0.5, 1, 0.25][random.below(4)] ?? 0;
    const settings = { k, breakTie: { priority: random.shuffled(names) } };
    const { outcome, metrics, certificate } = mechane.run('market/call', { reports, settings });
    const { interval, traded } = clearingOf(units);
    const gains = bestGains(units);
    expect([outcome.clearingInterval, outcome.traded]).toEqual([interval, traded]);
    expect(metrics).toMatchObject({ welfare: gains, efficiency: 1, revenue: 0 });
    expect(outcome.consumerSurplus + outcome.producerSurplus).toBe(gains);
    expect(certificate).toMatchObject({ status: 'optimal', welfare: gains, bound: gains, gap: 0 });
    const price = interval === null ? null : interval[0] + k * (interval[1] - interval[0]);
    expect(outcome.clearingPrice).toBe(price);
    expect(sum(outcome.trades)).toBe(0);
    for (const [agent] of reports) {
      const bought = outcome.trades[agent] ?? 0;
      expect(outcome.payments[agent]).toBe(bought * (price ?? 0) + 0);
      expect(worth(units, agent, bought)).toBeGreaterThanOrEqual(outcome.payments[agent] ?? 0);
    }
  }
});

test('3,000 markets of VCG: everybody pays what the others lose by it', { tags: ['long'] }, () => {
  const random = seededRandom(1961);
  for (let round = 0; round < 3_000; round++) {
    const { reports, units } = drawMarket(random, false);
    const { outcome, metrics } = mechane.run('market/vcg', { reports });
    const gains = bestGains(units);
    expect(metrics).toMatchObject({ welfare: gains, efficiency: 1 });
    for (const [agent] of reports) {
      const without = bestGains(units.filter((unit) => unit.agent !== agent));
      const othersGain = gains - worth(units, agent, outcome.trades[agent] ?? 0);
      expect(outcome.payments[agent]).toBe(without - othersGain);
    }
  }
});

describe('10,000 markets of one unit each', () => {
  const eachMarket = (
    seed: number,
    check: (market: ReturnType<typeof drawMarket>, steps: ReturnType<typeof ladder>) => void,
  ) => {
    const random = seededRandom(seed);
    for (let round = 0; round < 10_000; round++) {
      const market = drawMarket(random, true);
      check(market, ladder(market.units));
    }
  };
  const paid = (payments: Readonly<Record<string, number>>): number[] =>
    Object.values(payments).filter((payment) => payment !== 0);

  test('trade reduction keeps k − 1 trades, at b(k) and s(k)', { tags: ['long'] }, () => {
    eachMarket(1, ({ reports, units }, { b, s, k }) => {
      const { outcome, metrics } = mechane.run('market/trade-reduction', { reports });
      const [bid = 0, ask = 0] = [b[k - 1], s[k - 1]];
      expect(outcome.traded).toBe(Math.max(0, k - 1));
      expect([outcome.buyerPrice, outcome.sellerPrice]).toEqual(k > 1 ? [bid, ask] : [null, null]);
      expect(metrics.welfare).toBe(bestGains(units) - (k > 0 ? bid - ask : 0));
      expect(metrics.revenue).toBe(Math.max(0, k - 1) * (bid - ask));
    });
  });

  test('McAfee keeps all trades where the next pair prices them, and all but the least otherwise', {
    tags: ['long'],
  }, () => {
    eachMarket(2, ({ reports, units }, { b, s, k }) => {
      const { outcome, metrics } = mechane.run('market/mcafee', { reports });
      const [bid = 0, ask = 0, nextBid = Number.NaN, nextAsk = Number.NaN] = [b[k - 1], s[k - 1], b[k], s[k]];
      const middle = (nextBid + nextAsk) / 2;
      const suits = k > 0 && ask <= middle && middle <= bid;
      expect(outcome.traded).toBe(suits ? k : Math.max(0, k - 1));
      expect(outcome.clearingPrice).toBe(suits ? middle : k > 1 && bid === ask ? bid : null);
      expect(metrics.welfare).toBe(bestGains(units) - (suits || k === 0 ? 0 : bid - ask));
      expect(metrics.revenue).toBe(suits || k === 0 ? 0 : (k - 1) * (bid - ask));
    });
  });

  test('SBBA loses one trade at most, and on average over the lot 1/k of the gains at most', { tags: ['long'] }, () => {
    eachMarket(3, ({ reports, units }, { b, s, k }) => {
      const { outcome, metrics } = mechane.run('market/strongly-budget-balanced', { reports, seed: units.length });
      const [bid = 0, nextAsk = Number.POSITIVE_INFINITY] = [b[k - 1], s[k]];
      const suits = k > 0 && nextAsk <= bid;
      expect(outcome.traded).toBe(suits ? k : Math.max(0, k - 1));
      expect(metrics.revenue).toBe(0);
      if (outcome.traded > 0) expect(outcome.clearingPrice).toBe(Math.min(bid, nextAsk));
      else expect(paid(outcome.payments)).toEqual([]);
      // b(k) goes without, and a seller, whose ask is s(1) at the least.
      const lost = bestGains(units) - (metrics.welfare ?? 0);
      if (suits || k === 0) expect(lost).toBe(0);
      else expect(s.slice(0, k).map((ask) => bid - ask)).toContain(lost);
    });
  });
});

test('which seller SBBA leaves out is drawn evenly, and does not depend on what the seller asks', () => {
  const seeds = Array.from({ length: 3_000 }, (_, seed) => seed);
  const leftOut = (asks: Readonly<Record<string, number>>): string[] =>
    seeds.map((seed) => {
      const buyers = ['p', 'q', 'r'].map((agent) => [agent, { side: 'buy', price: 9 }] as const);
      const sellers = Object.entries(asks).map(([agent, price]) => [agent, { side: 'sell', price }] as const);
      const { outcome } = mechane.run('market/strongly-budget-balanced', { reports: [...buyers, ...sellers], seed });
      return Object.keys(asks).find((agent) => outcome.trades[agent] === undefined) ?? '';
    });
  const drawn = leftOut({ x: 1, y: 2, z: 3 });
  for (const agent of ['x', 'y', 'z']) {
    const times = drawn.filter((out) => out === agent).length;
    // Three standard deviations of 3,000 throws at a third are 77.
    expect(Math.abs(times - 1_000)).toBeLessThan(100);
  }
  expect(leftOut({ x: 8, y: 2, z: 0 })).toEqual(drawn);
});

describe('orders at the margin', () => {
  const sellers = { s1: { side: 'sell', price: 4, quantity: 3 }, s2: { side: 'sell', price: 4, quantity: 3 } } as const;
  const reports = { b: { side: 'buy', price: 4, quantity: 4 }, ...sellers } as const;

  test('trade in the tie order until there is no more to trade', () => {
    expect(mechane.run('market/call', { reports }).outcome.trades).toEqual({ b: 4, s1: -3, s2: -1 });
    const settings = { breakTie: { priority: ['s2'] } };
    expect(mechane.run('market/call', { reports, settings }).outcome.trades).toEqual({ b: 4, s1: -1, s2: -3 });
  });

  test('of one agent trade as it named them', () => {
    const offer = { side: 'sell', price: 4 } as const;
    const reports = { b: { side: 'buy', price: 5 }, s: { orders: [{ ...offer, quantity: 2 }, offer] } } as const;
    const { trades } = mechane.runScenario({ mechanism: 'market/call', reports }).outcome as { trades: unknown };
    expect(trades).toEqual({ b: 1, s: -1 });
  });

  test('draw a lot only where somebody must go without', () => {
    const settings = { breakTie: 'lot' } as const;
    expect(mechane.run('market/call', { reports: sellers, settings }).seed).toBeNull();
    expect(mechane.run('market/call', { reports, settings, seed: 3 }).seed).toBe(3);
    const all = { ...sellers, b: { side: 'buy', price: 4, quantity: 6 } } as const;
    expect(mechane.run('market/call', { reports: all, settings }).seed).toBeNull();
  });
});

test('quantities need not be whole: tenths add up as they look', () => {
  const reports = {
    b: { side: 'buy', price: 5, quantity: 0.3 },
    s1: { side: 'sell', price: 1, quantity: 0.1 },
    s2: { side: 'sell', price: 2, quantity: 0.2 },
    s3: { side: 'sell', price: 4, quantity: 7 },
  } as const;
  const { outcome, metrics, certificate } = mechane.run('market/call', { reports });
  expect(outcome.clearingInterval).toEqual([2, 4]);
  expect(outcome.trades).toEqual({ b: 0.3, s1: -0.1, s2: -0.2 });
  expect(metrics.welfare).toBeCloseTo(1, 12);
  expect(certificate?.status).toBe('optimal');
});

describe('equilibrium', () => {
  const play = (reports: object) => mechane.runScenario({ mechanism: 'market/equilibrium', reports }).outcome;
  const wind = { supply: 5, minPrice: 1 };

  test.each([
    ['balanced', { wind, city: { demand: 5, maxPrice: 3 } }, 2],
    ['excess-supply', { wind, city: { demand: 4, maxPrice: 3 } }, 1],
    ['excess-demand', { wind, city: { demand: 6, maxPrice: 3 } }, 3],
    ['no-trade', { wind, city: { demand: 6, maxPrice: 0.5 } }, null],
    ['no-trade', { wind }, null],
    ['no-trade', { city: { demand: 6, maxPrice: 3 } }, null],
    ['no-trade', { wind: { supply: 0, minPrice: 0 }, city: { demand: 0, maxPrice: 9 } }, null],
    ['no-participants', {}, null],
  ])('is %s among %j', (status, reports, clearingPrice) => {
    expect(play(reports)).toMatchObject({ status, clearingPrice, equilibriumFound: clearingPrice !== null });
  });

  test('is what the call market makes of the same orders', () => {
    const random = seededRandom(1890);
    for (let round = 0; round < 500; round++) {
      const drawn = names.slice(0, random.below(9)).map((agent) => {
        const [quantity, price] = [1 + random.below(9), random.below(20)];
        return random.below(2) === 0
          ? ([agent, { supply: quantity, minPrice: price }, { side: 'sell', price, quantity }] as const)
          : ([agent, { demand: quantity, maxPrice: price }, { side: 'buy', price, quantity }] as const);
      });
      const { totalTraded, status, equilibriumFound, ...same } = mechane.run('market/equilibrium', {
        reports: drawn.map(([agent, limit]) => [agent, limit] as const),
      }).outcome;
      const { traded, ...cleared } = mechane.run('market/call', {
        reports: drawn.map(([agent, , order]) => [agent, order] as const),
      }).outcome;
      expect(same).toEqual(cleared);
      expect([totalTraded, equilibriumFound]).toEqual([traded, traded > 0]);
      expect(status).not.toBe(traded > 0 ? 'no-trade' : 'balanced');
    }
  });
});
