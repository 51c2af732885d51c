import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { markets, type Order } from '../src/index.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly scenario: object;
  readonly expect: object;
}

type Side = Readonly<Record<string, number | readonly [price: number, quantity: number]>>;

function orders(buyers: Side, sellers: Side): Readonly<Record<string, Order>> {
  const side = (name: 'buy' | 'sell', traders: Side) =>
    Object.entries(traders).map(([agent, order]): [string, Order] => {
      const [price, quantity] = typeof order === 'number' ? [order, 1] : order;
      return [agent, { side: name, price, quantity }];
    });
  return Object.fromEntries([...side('buy', buyers), ...side('sell', sellers)]);
}

const scenario = (name: string, reports: object, more: object = {}): object => ({
  mechanism: `market/${name}`,
  settings: {},
  reports,
  ...more,
});

/** The first data set of pymarket's documentation (Kiedanski, Orda and Kofman). */
const pymarket = orders({ b1: [3, 1], b2: [4, 2], b3: [1, 5] }, { s1: [2, 4], s2: [1, 1], s3: [6, 5] });
/** The double auction of the Mittweida Blockchain Academy's course on game theory: the break-even index is 2. */
const fiveByFive = orders({ b1: 100, b2: 90, b3: 80, b4: 70, b5: 60 }, { s1: 80, s2: 85, s3: 95, s4: 100, s5: 110 });

const cases: readonly Case[] = [
  {
    name: 'the resource market clears',
    source: 'the public data format',
    scenario: scenario('equilibrium', {
      cpu_supplier: { supply: 100, minPrice: 1.0 },
      memory_supplier: { supply: 200, minPrice: 0.5 },
      compute_agent: { demand: 80, maxPrice: 2.0 },
      storage_agent: { demand: 150, maxPrice: 1.0 },
    }),
    expect: {
      outcome: {
        equilibriumFound: true,
        clearingPrice: 1,
        clearingInterval: [1, 1],
        totalTraded: 230,
        status: 'excess-supply',
        trades: { cpu_supplier: -30, memory_supplier: -200, compute_agent: 80, storage_agent: 150 },
        consumerSurplus: 80,
        producerSurplus: 100,
      },
      metrics: { welfare: 180, efficiency: 1, revenue: 0 },
    },
  },
  {
    name: 'no overlap, no trade',
    source: 'by definition',
    scenario: scenario('equilibrium', { s: { supply: 10, minPrice: 5 }, d: { demand: 10, maxPrice: 4 } }),
    expect: {
      outcome: { equilibriumFound: false, totalTraded: 0, status: 'no-trade', clearingPrice: null, trades: {} },
      metrics: { welfare: 0, efficiency: 1, revenue: 0 },
    },
  },
  {
    name: 'call auction, several units',
    source: 'pymarket’s first data set',
    scenario: scenario('call', pymarket),
    expect: {
      outcome: {
        traded: 3,
        clearingPrice: 2,
        clearingInterval: [2, 2],
        trades: { b1: 1, b2: 2, s1: -2, s2: -1 },
        payments: { b1: 2, b2: 4, b3: 0, s1: -4, s2: -2, s3: 0 },
      },
      metrics: { welfare: 6, efficiency: 1 },
      certificate: { status: 'optimal', welfare: 6, bound: 6, gap: 0 },
    },
  },
  {
    name: 'VCG, several units',
    source: 'pymarket’s first data set, by the definition of Clarke’s payments',
    scenario: scenario('vcg', pymarket),
    // Without s1, the others gain 4 − 1 = 3; with it, 4 + 4 + 3 − 1 = 10: it receives 7.
    expect: {
      outcome: { payments: { b1: 2, b2: 4, b3: 0, s1: -7, s2: -2, s3: 0 }, traded: 3 },
      metrics: { welfare: 6, revenue: -3 },
    },
  },
  {
    name: 'McAfee gives up the marginal trade',
    source: 'McAfee 1992',
    scenario: scenario('mcafee', orders({ b1: 9, b2: 8 }, { s1: 3, s2: 4 })),
    expect: {
      outcome: {
        traded: 1,
        payments: { b1: 8, b2: 0, s1: -4, s2: 0 },
        buyerPrice: 8,
        sellerPrice: 4,
        clearingPrice: null,
      },
      certificate: { status: 'feasible', welfare: 6, bound: 10, gap: 4 },
    },
  },
  {
    name: 'McAfee’s price fits',
    source: 'McAfee 1992',
    scenario: scenario('mcafee', orders({ b1: 9, b2: 4 }, { s1: 3, s2: 8 })),
    expect: { outcome: { traded: 1, payments: { b1: 6, b2: 0, s1: -6, s2: 0 }, clearingPrice: 6 } },
  },
  {
    name: 'five by five, average price',
    source: 'Mittweida Blockchain Academy',
    scenario: scenario('call', fiveByFive),
    expect: { outcome: { traded: 2, clearingPrice: 87.5, clearingInterval: [85, 90] } },
  },
  {
    name: 'five by five, VCG: buyers pay s(k), sellers receive b(k)',
    source: 'Mittweida Blockchain Academy',
    scenario: scenario('vcg', fiveByFive),
    expect: { outcome: { payments: { b1: 85, b2: 85, b3: 0, s1: -90, s2: -90 } }, metrics: { revenue: -10 } },
  },
  {
    name: 'five by five, trade reduction',
    source: 'Mittweida Blockchain Academy',
    scenario: scenario('trade-reduction', fiveByFive),
    expect: { outcome: { traded: 1, payments: { b1: 90, b2: 0, s1: -85, s2: 0 } }, metrics: { revenue: 5 } },
  },
  {
    name: 'five by five, McAfee',
    source: 'Mittweida Blockchain Academy',
    scenario: scenario('mcafee', fiveByFive),
    expect: { outcome: { traded: 2, clearingPrice: 87.5, payments: { b1: 87.5, b2: 87.5, s1: -87.5, s2: -87.5 } } },
  },
  {
    name: 'five by five, SBBA: the first ask that does not trade, 95, is above b(k), so all pay 90 and one seller goes without',
    source: 'Segal-Halevi, Hassidim and Aumann 2016, by definition',
    scenario: scenario('strongly-budget-balanced', fiveByFive, { seed: 1 }),
    expect: { outcome: { traded: 1, clearingPrice: 90, payments: { b1: 90, b2: 0 } }, metrics: { revenue: 0 } },
  },
  {
    name: 'SBBA keeps all trades where the first ask that does not trade prices them',
    source: 'Segal-Halevi, Hassidim and Aumann 2016, by definition',
    scenario: scenario('strongly-budget-balanced', orders({ b1: 9, b2: 8 }, { s1: 3, s2: 4, s3: 6 })),
    expect: {
      outcome: { traded: 2, clearingPrice: 6, trades: { b1: 1, b2: 1, s1: -1, s2: -1 } },
      metrics: { efficiency: 1, revenue: 0 },
    },
  },
  {
    name: 'one seller and one buyer: VCG pays the seller the bid and charges the buyer the ask',
    source: 'Myerson and Satterthwaite 1983',
    scenario: scenario('vcg', orders({ b: 9 }, { s: 3 })),
    expect: { outcome: { payments: { b: 3, s: -9 } }, metrics: { revenue: -6 } },
  },
  {
    name: 'one seller and one buyer: the price is k of the way from the ask to the bid',
    source: 'Chatterjee and Samuelson 1983',
    scenario: scenario('call', orders({ b: 9 }, { s: 3 }), { settings: { k: 0.25 } }),
    expect: { outcome: { clearingPrice: 4.5, clearingInterval: [3, 9] } },
  },
];

const mechane = createMechane().use(markets);

test.each(cases)('$name ($source)', ({ scenario: given, expect: expected }) => {
  const { outcome, metrics, certificate } = mechane.runScenario(given);
  expect({ outcome, metrics, certificate }).toMatchObject(expected);
});
