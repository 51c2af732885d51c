import { createMechane, seededRandom } from '@mechane/core';
import { markets } from '@mechane/market';
import { expect, test } from 'vitest';

/*
 * Quantities are decimals in lots: what is traded in tenths, hundredths or thousandths of a unit is what is traded in as many whole units.
 */
const mechane = createMechane().use(markets);

interface Traded {
  readonly trades: Readonly<Record<string, number>>;
  readonly payments: Readonly<Record<string, number>>;
  readonly traded?: number;
  readonly consumerSurplus?: number;
  readonly producerSurplus?: number;
}

/** Orders of whole units at whole prices that are far above what there is to gain. */
function drawnOrders(random: ReturnType<typeof seededRandom>) {
  const agents = Array.from({ length: 2 + random.below(6) }, (_, index) => `agent${index}`);
  return agents.map((agent) => {
    const side: 'buy' | 'sell' = random.below(2) === 0 ? 'buy' : 'sell';
    return [agent, { side, price: 1_000_000 + random.below(9), quantity: 1 + random.below(30) }] as const;
  });
}

const played = {
  'market/call': [{}, { k: 0.3 }, { k: 0.123 }],
  'market/equilibrium': [{}],
  'market/vcg': [{}],
  'market/muda': [{}, { rationing: 'vickrey' }],
} as const;
type Played = keyof typeof played;

const limit = ({ side, price, quantity }: ReturnType<typeof drawnOrders>[number][1]) =>
  side === 'buy' ? { demand: quantity, maxPrice: price } : { supply: quantity, minPrice: price };

test.each(Object.keys(played) as Played[])('%s trades decimals as it trades whole lots', (id) => {
  const random = seededRandom(1);
  for (let drawing = 0; drawing < 200; drawing++) {
    const settings = played[id][random.below(played[id].length)];
    const orders = drawnOrders(random);
    const lots = 10 ** (1 + random.below(3));
    const play = (perUnit: number) => {
      const reports = orders.map(([agent, order]) => {
        const counted = { ...order, quantity: order.quantity / perUnit };
        return [agent, id === 'market/equilibrium' ? limit(counted) : counted] as const;
      });
      return mechane.run(id as 'market/call', { settings, reports, seed: drawing } as never);
    };
    const [whole, decimal] = [play(1), play(lots)];
    const [expected, found] = [whole.outcome as Traded, decimal.outcome as Traded];
    const divided = (amounts: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(amounts).map(([agent, amount]) => [agent, amount / lots]));
    expect({ ...found.trades }).toEqual(divided(expected.trades));
    expect(found.traded).toBe(expected.traded && expected.traded / lots);
    // Exact where prices are whole, and rounded once or twice where they are not.
    for (const [agent, payment] of Object.entries(divided(expected.payments)))
      expect(Math.abs((found.payments[agent] as number) - payment)).toBeLessThanOrEqual(2 ** -51 * Math.abs(payment));
    for (const side of ['consumerSurplus', 'producerSurplus'] as const) {
      const surplus = expected[side];
      if (surplus !== undefined) expect(Math.abs((found[side] as number) - surplus / lots)).toBeLessThan(1e-14);
    }
    const { welfare, efficiency } = whole.metrics;
    expect(decimal.metrics.welfare).toBe((welfare as number) / lots);
    expect(decimal.metrics.efficiency).toBeCloseTo(efficiency as number, 15);
    if (id === 'market/muda') continue;
    expect(decimal).toHaveProperty('certificate.bound', (welfare as number) / lots);
    expect(decimal).toHaveProperty('certificate.gap', 0);
  }
});

test('an order book adds up what trades in lots come to', () => {
  const limit = (agent: string, side: 'buy' | 'sell', quantity: number) =>
    [agent, { type: 'limit', side, price: 0.3, quantity }] as const;
  const messages = [limit('sue', 'sell', 100), ...Array.from({ length: 1000 }, () => limit('bob', 'buy', 0.1))];
  const settings = { tickSize: 0.1, lotSize: 0.1 };
  const { outcome } = mechane.run('market/order-book', { settings, messages });
  expect({ ...outcome.payments }).toEqual({ sue: -30, bob: 30 });
});

test('columns of decimals are traded as whole lots are', () => {
  const ids = ['ann', 'bob', 'cat', 'sue'];
  const columns = {
    ids,
    prices: Float64Array.of(65000.5, 65000.5, 65000.5, 65000),
    quantities: Float64Array.of(0.1, 0.2, 0.7, -0.7),
  };
  const { outcome, metrics } = mechane.run('market/call', { columns, settings: { k: 0 } });
  expect({ ...outcome.trades }).toEqual({ ann: 0.1, bob: 0.2, cat: 0.4, sue: -0.7 });
  expect(outcome).toMatchObject({ traded: 0.7, clearingPrice: 65000.5, consumerSurplus: 0, producerSurplus: 0.35 });
  expect({ ...outcome.payments }).toEqual({ ann: 6500.05, bob: 13000.1, cat: 26000.2, sue: -45500.35 });
  expect(metrics).toMatchObject({ welfare: 0.35, efficiency: 1 });
});

test.each([
  // The price is 999999.3: of the unit between, the buyer keeps 0.7.
  [0.3, 1_000_000, 999_999, { clearingPrice: 999_999.3, consumerSurplus: 0.7, producerSurplus: 0.3 }],
  [0.1, 3, 0, { clearingPrice: 0.3, consumerSurplus: 2.7, producerSurplus: 0.3 }],
  [0.5, 1000.1, 1000, { clearingPrice: 1000.05, consumerSurplus: 0.05, producerSurplus: 0.05 }],
])('what is gained at a price of k = %d between orders is exact, however high they are', (k, buy, sell, expected) => {
  const reports = { bob: { side: 'buy', price: buy }, sue: { side: 'sell', price: sell } } as const;
  const { outcome } = mechane.run('market/call', { settings: { k }, reports });
  expect(outcome).toMatchObject(expected);
});

test('quantities too fine to be counted together trade as they are', () => {
  const reports = {
    bob: { side: 'buy', price: 2, quantity: Math.PI },
    sue: { side: 'sell', price: 1, quantity: Math.E },
  } as const;
  const { outcome } = mechane.run('market/call', { reports });
  expect(outcome).toMatchObject({ traded: Math.E, trades: { bob: Math.E, sue: -Math.E } });
});
