import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { numbersIn } from './amounts.ts';
import { mechane, mechanisms } from './installed.ts';

const many = [2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 52, Number.MAX_SAFE_INTEGER];

interface Scenario {
  readonly settings?: object;
  readonly reports?: object;
  readonly messages?: readonly unknown[];
  readonly seed?: number;
}

const play = (mechanism: string, scenario: Scenario): { outcome: unknown; metrics: unknown } => {
  const { outcome, metrics } = mechane.run(mechanism, scenario as never);
  return { outcome, metrics };
};

const bids = { ann: { bids: [9, 5] }, bob: { bids: [7] } };
const marginals = { ann: { marginals: [9, 5] }, bob: { marginals: [7] } };
const thresholds = { ann: { thresholds: [9, 5] }, bob: { thresholds: [7] } };
const packages = {
  ann: {
    xor: [
      { bundle: ['A'], value: 6 },
      { bundle: ['A', 'B'], value: 9 },
    ],
  },
  bob: { xor: [{ bundle: ['A', 'B'], value: 10 }] },
  cat: { xor: [{ bundle: ['A'], value: 2 }] },
};
const copies = (rule: string, more: object = {}) =>
  [
    `auction-combinatorial/${rule}`,
    (count: number) => ({ settings: { goods: { A: count, B: 1 }, ...more }, reports: packages }),
  ] as const;

/** More copies, units or places than anybody wants. */
const plenty: readonly (readonly [string, (count: number) => Scenario])[] = [
  ...['uniform-price', 'pay-as-bid', 'vickrey'].map(
    (rule) => [`auction-sealed/${rule}`, (units: number) => ({ settings: { units }, reports: bids })] as const,
  ),
  ...[{}, { increment: 1 }].map(
    (more) =>
      ['auction-english/clinching', (units: number) => ({ settings: { units, ...more }, reports: marginals })] as const,
  ),
  ...[{}, { decrement: 1 }, { pricing: 'uniform' }].map(
    (more) =>
      [
        'auction-dutch/multi-unit',
        (units: number) => ({ settings: { units, startingPrice: 10, ...more }, reports: thresholds }),
      ] as const,
  ),
  copies('first-price'),
  copies('vcg'),
  copies('core-selecting'),
  copies('ascending-proxy'),
  copies('ascending-proxy', { increment: 1 }),
  copies('ibundle', { increment: 1 }),
  copies('clock-proxy', { increment: 1 }),
  copies('simultaneous-ascending', { increment: 1 }),
  [
    'auction-combinatorial/greedy',
    (count: number) => ({ settings: { goods: { A: count, B: 1 } }, reports: { ann: packages.bob, cat: packages.cat } }),
  ],
  ...['boston', 'deferred-acceptance'].map(
    (name) =>
      [
        `matching/${name}`,
        (capacity: number) => ({
          reports: {
            ann: { side: 'proposing', ranking: ['mit'] },
            bob: { side: 'proposing', ranking: ['mit'], capacity },
            mit: { side: 'receiving', ranking: ['bob', 'ann'], capacity },
          },
        }),
      ] as const,
  ),
];

/** Quantities of anything, each so many times as large. */
const homogeneous: readonly (readonly [string, (times: number) => Scenario])[] = [
  ...['call', 'vcg', 'muda'].map(
    (rule) =>
      [
        `market/${rule}`,
        (times: number) => ({
          seed: 3,
          reports: {
            ann: { side: 'buy', price: 9, quantity: 3 * times },
            bob: {
              orders: [
                { side: 'buy', price: 7, quantity: 5 * times },
                { side: 'sell', price: 8, quantity: times },
              ],
            },
            cat: { side: 'sell', price: 2, quantity: 4 * times },
            dan: { side: 'sell', price: 7, quantity: 6 * times },
            eve: { side: 'buy', price: 8, quantity: times },
          },
        }),
      ] as const,
  ),
  [
    'market/equilibrium',
    (times) => ({
      reports: {
        wind: { supply: 40 * times, minPrice: 0 },
        gas: { supply: 60 * times, minPrice: 50 },
        city: { demand: 70 * times, maxPrice: 200 },
      },
    }),
  ],
  [
    'market/order-book',
    (times) => ({
      messages: [
        ['ann', { type: 'limit', side: 'sell', price: 101, quantity: 4 * times }],
        ['bob', { type: 'limit', side: 'sell', price: 100, quantity: 3 * times }],
        ['cat', { type: 'limit', side: 'sell', price: 102, quantity: 9 * times, displayQuantity: 2 * times }],
        ['eve', { type: 'market', side: 'buy', quantity: 10 * times }],
      ],
    }),
  ],
];

const quantities = new Set([
  'trades',
  'payments',
  'traded',
  'totalTraded',
  'consumerSurplus',
  'producerSurplus',
  'quantity',
]);

/** An outcome with every quantity, and what is paid for all of it, so many times as large. */
function scaled(told: unknown, times: number, isQuantity = false): unknown {
  if (typeof told === 'number') return isQuantity ? told * times : told;
  if (Array.isArray(told) && told.length === 2 && told.every((part) => typeof part === 'number')) {
    const [price, quantity] = told as [number, number];
    return isQuantity ? [price, quantity * times] : told;
  }
  if (Array.isArray(told)) return told.map((part) => scaled(part, times, isQuantity));
  if (typeof told !== 'object' || told === null) return told;
  return Object.fromEntries(
    Object.entries(told).map(([key, part]) => {
      const grows = key !== 'price' && (isQuantity || quantities.has(key) || key === 'book');
      return [key, scaled(part, times, grows)];
    }),
  );
}

describe('where there are more copies, units or places than anybody wants, it does not matter how many', () => {
  test.each(plenty)('%s', (mechanism, scenarioOf) => {
    const enough = play(mechanism, scenarioOf(8));
    for (const count of many) expect(play(mechanism, scenarioOf(count)), `${count}`).toEqual(enough);
  });
});

describe('of quantities that are all so many times as large, so many times as much changes hands', () => {
  test.each(homogeneous)('%s', (mechanism, scenarioOf) => {
    const once = play(mechanism, scenarioOf(1)).outcome;
    for (const times of [2 ** 28, 2 ** 29, 2 ** 31, 2 ** 33, 2 ** 45])
      expect(play(mechanism, scenarioOf(times)).outcome, `${times}`).toEqual(scaled(once, times));
  });
});

describe('units near the largest number that counts are counted to the last one', () => {
  const trading: readonly (readonly [string, (side: Side, price: number, quantity: number) => object])[] = [
    ['market/call', (side, price, quantity) => ({ side, price, quantity })],
    ['market/vcg', (side, price, quantity) => ({ side, price, quantity })],
    [
      'market/equilibrium',
      (side, price, quantity) =>
        side === 'buy' ? { demand: quantity, maxPrice: price } : { supply: quantity, minPrice: price },
    ],
  ];

  test.each(trading)('%s trades what whole numbers without a limit come to', (mechanism, reportOf) => {
    const random = seededRandom(11);
    for (let run = 0; run < 200; run++) {
      const prices = random.shuffled(Array.from({ length: 20 }, (_, price) => price)).slice(0, 6);
      const orders = prices.map((price, index) => ({
        agent: `agent${index}`,
        side: random.below(2) === 0 ? ('buy' as const) : ('sell' as const),
        price,
        quantity: 2 ** 50 - random.below(1_000),
      }));
      const reports = Object.fromEntries(
        orders.map(({ agent, side, price, quantity }) => [agent, reportOf(side, price, quantity)]),
      );
      const { trades } = play(mechanism, { reports }).outcome as { trades: Record<string, number> };
      const exact = tradesOf(orders);
      const told = Object.entries(trades).map(([agent, units]) => [agent, BigInt(units)] as const);
      expect(new Map(told), JSON.stringify(orders)).toEqual(exact);
    }
  });
});

type Side = 'buy' | 'sell';

interface Placed {
  readonly agent: string;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
}

/** Who trades how much where prices all differ: the dearest bids with the cheapest asks, while that gains. */
function tradesOf(orders: readonly Placed[]): Map<string, bigint> {
  const left = (side: Side) =>
    orders
      .filter((order) => order.side === side)
      .sort((a, b) => (side === 'buy' ? b.price - a.price : a.price - b.price))
      .map((order) => ({ ...order, units: BigInt(order.quantity) }));
  const [bids, asks] = [left('buy'), left('sell')];
  const trades = new Map<string, bigint>();
  for (let [bid, ask] = [bids.shift(), asks.shift()]; bid && ask && bid.price > ask.price; ) {
    const units = bid.units < ask.units ? bid.units : ask.units;
    trades.set(bid.agent, (trades.get(bid.agent) ?? 0n) + units);
    trades.set(ask.agent, (trades.get(ask.agent) ?? 0n) - units);
    bid.units -= units;
    ask.units -= units;
    if (bid.units === 0n) bid = bids.shift();
    if (ask.units === 0n) ask = asks.shift();
  }
  return trades;
}

/** An order with another quantity, by mechanism, at the place where it is refused. */
const tooMany: readonly (readonly [string, (count: number) => Scenario, readonly (string | number)[]])[] = [
  ...['call', 'vcg', 'muda'].map(
    (rule) =>
      [
        `market/${rule}`,
        (quantity: number) => ({
          reports: { ann: { side: 'buy', price: 9 }, bob: { orders: [{ side: 'sell', price: 2, quantity }] } },
        }),
        ['reports', 'bob', 'orders', 0, 'quantity'],
      ] as const,
  ),
  [
    'market/equilibrium',
    (supply) => ({ reports: { ann: { demand: 1, maxPrice: 9 }, bob: { supply, minPrice: 2 } } }),
    ['reports', 'bob', 'supply'],
  ],
  [
    'market/order-book',
    (quantity) => ({ messages: [['ann', { type: 'limit', side: 'buy', price: 9, quantity }]] }),
    ['messages', 0, 1, 'quantity'],
  ],
  ...plenty.map(([mechanism, scenarioOf]) => [mechanism, scenarioOf, []] as const),
];

describe('more units than can be counted exactly are refused with a code', () => {
  test.each(tooMany)('%s', (mechanism, scenarioOf, path) => {
    for (const count of [2 ** 53, 2 ** 53 + 2, 2 ** 64, 1e300]) {
      const error = expect.objectContaining({ code: expect.stringMatching(/^(invalid|imprecise)-/) });
      expect(() => play(mechanism, scenarioOf(count)), `${count}`).toThrow(error);
      if (path.length > 0) expect(() => play(mechanism, scenarioOf(count))).toThrow(expect.objectContaining({ path }));
    }
  });

  test('by orders of several agents together, too, and of no agent beyond its share where it is not known what others order', async () => {
    const half = { side: 'buy', price: 9, quantity: 2 ** 52 };
    expect(() => play('market/call', { reports: { ann: half, bob: half } })).toThrow(
      expect.objectContaining({ code: 'invalid-report', path: ['reports', 'ann', 'quantity'] }),
    );
    const agents = {
      ann: () => half,
      bob: () => ({ side: 'sell', price: 3, quantity: 5 }),
      cat: () => ({ ...half, quantity: 2 }),
    };
    const { outcome } = await mechane.open('market/call', { agents, within: 100 } as never).result;
    expect(outcome).toMatchObject({ trades: { bob: -2, cat: 2 } });
  });
});

/** Where quantities are divisible and not counted, or everybody trades one unit. */
const withoutCounts = [
  'market/exchange',
  'market/fisher',
  'market/mcafee',
  'market/multi-commodity',
  'market/strongly-budget-balanced',
  'market/tatonnement',
  'market/trade-reduction',
];

test('every installed mechanism that takes quantities is among those with large counts, or counts nothing', () => {
  const counted = new Set([...tooMany, ...homogeneous].map(([mechanism]) => mechanism));
  const withQuantities = mechanisms.filter(({ settings, report, message }) =>
    [settings, report ?? message].some((schema) => [...numbersIn(schema, '')].some(({ kind }) => kind === 'quantity')),
  );
  expect([...counted, ...withoutCounts].sort()).toEqual(withQuantities.map(({ id }) => id).sort());
});
