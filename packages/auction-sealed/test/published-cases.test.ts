import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { sealedAuctions } from '../src/index.ts';

/** An outcome that somebody published, or that a definition leaves no choice about. Only what `expect` names is compared. */
interface PublishedCase {
  readonly name: string;
  readonly source: string;
  readonly scenario: {
    readonly mechanism: string;
    readonly settings?: object;
    readonly reports: object;
    readonly types?: object;
  };
  readonly expect: { readonly outcome?: object; readonly metrics?: object };
}

const temperatures = {
  agent1: { bid: 10, value: 0.8 },
  agent2: { bid: 15, value: 0.9 },
  agent3: { bid: 12, value: 0.7 },
};
const threeUnits = { b1: { bids: [3, 2, 1] }, b2: { bids: [3.7, 2, 0] }, b3: { bids: [3.6, 2.99, 1.99] } };
const uniformPrior = { distribution: { kind: 'uniform', low: 0, high: 1 } };
const positions = { clickThroughRates: [200, 100] };
const advertisers = { x: { bid: 10 }, y: { bid: 4 }, z: { bid: 2 } };
const krishna = {
  bidder1: { bids: [50, 47, 40, 32, 15, 5] },
  bidder2: { bids: [42, 28, 20, 12, 7, 3] },
  bidder3: { bids: [45, 35, 24, 14, 9, 6] },
};

const cases: readonly PublishedCase[] = [
  {
    name: 'temperature setting, first price',
    source: 'by definition',
    scenario: { mechanism: 'auction-sealed/first-price', settings: {}, reports: temperatures },
    expect: {
      outcome: {
        winner: 'agent2',
        winningValue: 0.9,
        payment: 15,
        payments: { agent1: 0, agent2: 15, agent3: 0 },
      },
      metrics: { participants: 3, rounds: 1, revenue: 15 },
    },
  },
  {
    name: 'temperature setting, second price',
    source: 'Vickrey 1961',
    scenario: { mechanism: 'auction-sealed/second-price', reports: temperatures },
    expect: {
      outcome: { winner: 'agent2', winningValue: 0.9, payment: 12 },
      metrics: { revenue: 12, welfare: 15, efficiency: 1 },
    },
  },
  {
    name: 'efficiency is measured at the true types',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/second-price',
      reports: temperatures,
      types: { agent1: { bid: 12 }, agent2: { bid: 18 }, agent3: { bid: 14 } },
    },
    expect: { outcome: { payment: 12 }, metrics: { welfare: 18, efficiency: 1 } },
  },
  {
    name: 'a shaded bid loses welfare',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/first-price',
      reports: { a: { bid: 5 }, b: { bid: 6 } },
      types: { a: { bid: 10 }, b: { bid: 8 } },
    },
    expect: { outcome: { winner: 'b', payment: 6 }, metrics: { welfare: 8, efficiency: 0.8 } },
  },
  {
    name: 'the reserve binds a lone bidder',
    source: 'by definition',
    scenario: { mechanism: 'auction-sealed/second-price', settings: { reserve: 6 }, reports: { a: { bid: 10 } } },
    expect: { outcome: { winner: 'a', payment: 6 } },
  },
  {
    name: 'nobody meets the reserve',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/second-price',
      settings: { reserve: 11 },
      reports: { a: { bid: 10 }, b: { bid: 3 } },
    },
    expect: {
      outcome: { winner: null, payment: 0, allocation: {}, payments: { a: 0, b: 0 } },
      metrics: { revenue: 0, welfare: 0, efficiency: 0 },
    },
  },
  {
    name: 'a bid of exactly the reserve is a bid',
    source: 'by definition',
    scenario: { mechanism: 'auction-sealed/second-price', settings: { reserve: 6 }, reports: { a: { bid: 6 } } },
    expect: { outcome: { winner: 'a', payment: 6 }, metrics: { efficiency: 1 } },
  },
  {
    name: 'a tie goes to the first id',
    source: 'by definition',
    scenario: { mechanism: 'auction-sealed/second-price', reports: { zed: { bid: 7 }, amy: { bid: 7 } } },
    expect: { outcome: { winner: 'amy', payment: 7 } },
  },
  {
    name: 'a tie goes by priority where there is one',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/first-price',
      settings: { breakTie: { priority: ['zed'] } },
      reports: { amy: { bid: 7 }, zed: { bid: 7 } },
    },
    expect: { outcome: { winner: 'zed', payment: 7 } },
  },
  {
    name: 'all pay',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/all-pay',
      reports: { a: { bid: 10 }, b: { bid: 15 }, c: { bid: 12 } },
    },
    expect: { outcome: { winner: 'b', payment: 15, payments: { a: 10, b: 15, c: 12 } }, metrics: { revenue: 37 } },
  },
  {
    name: 'all pay, but not who bids below the reserve',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/all-pay',
      settings: { reserve: 11 },
      reports: { a: { bid: 10 }, b: { bid: 15 }, c: { bid: 12 } },
    },
    expect: { outcome: { winner: 'b', payments: { a: 0, b: 15, c: 12 } }, metrics: { revenue: 27 } },
  },
  {
    name: 'nobody pays where nobody qualifies',
    source: 'by definition',
    scenario: { mechanism: 'auction-sealed/all-pay', settings: { reserve: 20 }, reports: { a: { bid: 10 } } },
    expect: { outcome: { winner: null, payment: 0, payments: { a: 0 } }, metrics: { revenue: 0 } },
  },
  {
    name: 'three units, uniform price',
    source: "bnelearn's multi-unit tests",
    scenario: { mechanism: 'auction-sealed/uniform-price', settings: { units: 3 }, reports: threeUnits },
    expect: {
      outcome: {
        clearingPrice: 2.99,
        allocation: { b1: 1, b2: 1, b3: 1 },
        payments: { b1: 2.99, b2: 2.99, b3: 2.99 },
      },
    },
  },
  {
    name: 'three units, Vickrey',
    source: "bnelearn's multi-unit tests",
    scenario: { mechanism: 'auction-sealed/vickrey', settings: { units: 3 }, reports: threeUnits },
    expect: { outcome: { payments: { b1: 2.99, b2: 2.99, b3: 2 } } },
  },
  {
    name: 'six units, discriminatory',
    source: 'Krishna, Auction Theory (2002), chapter 12',
    scenario: { mechanism: 'auction-sealed/pay-as-bid', settings: { units: 6 }, reports: krishna },
    expect: {
      outcome: {
        allocation: { bidder1: 3, bidder2: 1, bidder3: 2 },
        payments: { bidder1: 137, bidder2: 42, bidder3: 80 },
      },
    },
  },
  {
    name: 'six units, uniform price',
    source: 'Krishna, Auction Theory (2002), chapter 12',
    scenario: { mechanism: 'auction-sealed/uniform-price', settings: { units: 6 }, reports: krishna },
    expect: { outcome: { clearingPrice: 32, payments: { bidder1: 96, bidder2: 32, bidder3: 64 } } },
  },
  {
    name: 'six units, Vickrey',
    source: 'Krishna, Auction Theory (2002), chapter 12',
    scenario: { mechanism: 'auction-sealed/vickrey', settings: { units: 6 }, reports: krishna },
    expect: { outcome: { payments: { bidder1: 72, bidder2: 32, bidder3: 60 } }, metrics: { efficiency: 1 } },
  },
  {
    name: 'five licences, Vickrey',
    source: 'Ausubel, "An efficient ascending-bid auction for multiple objects", American Economic Review 94 (2004)',
    scenario: {
      mechanism: 'auction-sealed/vickrey',
      settings: { units: 5 },
      reports: {
        A: { bids: [123, 113, 103] },
        B: { bids: [75, 5, 3] },
        C: { bids: [125, 125, 49] },
        D: { bids: [85, 65, 7] },
        E: { bids: [45, 25, 5] },
      },
    },
    expect: { outcome: { allocation: { A: 3, C: 2 }, payments: { A: 225, B: 0, C: 160, D: 0, E: 0 } } },
  },
  {
    name: 'units go to the lowest accepted bid’s price where that is asked for',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/uniform-price',
      settings: { units: 3, pricing: 'last-accepted' },
      reports: threeUnits,
    },
    expect: { outcome: { clearingPrice: 3, payments: { b1: 3, b2: 3, b3: 3 } } },
  },
  {
    name: 'with fewer bids than units the reserve is the first price at which all are accepted',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/uniform-price',
      settings: { units: 5, reserve: 2 },
      reports: { a: { bids: [9, 4, 1] }, b: { bids: [] } },
    },
    expect: { outcome: { clearingPrice: 2, allocation: { a: 2 }, payments: { a: 4, b: 0 } } },
  },
  {
    name: 'with nothing accepted the clearing price is the reserve',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/uniform-price',
      settings: { units: 5, reserve: 2, pricing: 'last-accepted' },
      reports: { a: { bids: [1] } },
    },
    expect: { outcome: { clearingPrice: 2, allocation: {}, payments: { a: 0 } }, metrics: { efficiency: 0 } },
  },
  {
    name: 'units that are tied for go by the tie order, as many as an agent asks for',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/pay-as-bid',
      settings: { units: 4 },
      reports: { zed: { bids: [5, 3, 3] }, bob: { bids: [3, 3, 1] }, amy: { bids: [3] } },
    },
    expect: { outcome: { allocation: { zed: 1, amy: 1, bob: 2 }, payments: { zed: 5, amy: 3, bob: 6 } } },
  },
  {
    name: 'positions, generalised second price',
    source: 'Edelman, Ostrovsky and Schwarz 2007',
    scenario: { mechanism: 'auction-sealed/gsp', settings: positions, reports: advertisers },
    expect: {
      outcome: {
        slots: ['x', 'y'],
        pricePerClick: { x: 4, y: 2 },
        allocation: { x: 200, y: 100 },
        payments: { x: 800, y: 200, z: 0 },
      },
      metrics: { welfare: 2400, efficiency: 1, revenue: 1000 },
    },
  },
  {
    name: 'positions, Vickrey–Clarke–Groves',
    source: 'Edelman, Ostrovsky and Schwarz 2007',
    scenario: { mechanism: 'auction-sealed/position-vcg', settings: positions, reports: advertisers },
    expect: {
      outcome: { slots: ['x', 'y'], pricePerClick: { x: 3, y: 2 }, payments: { x: 600, y: 200, z: 0 } },
      metrics: { revenue: 800 },
    },
  },
  {
    name: 'positions that nobody meets the reserve for stay empty',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/position-vcg',
      settings: { clickThroughRates: [9, 4, 0], reserve: 3 },
      reports: { x: { bid: 5 }, y: { bid: 2 } },
    },
    expect: { outcome: { slots: ['x', null, null], pricePerClick: { x: 3 }, payments: { x: 27, y: 0 } } },
  },
  {
    name: 'a position nobody clicks costs nothing',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/position-vcg',
      settings: { clickThroughRates: [0, 0] },
      reports: { x: { bid: 5 }, y: { bid: 2 } },
    },
    expect: { outcome: { slots: ['x', 'y'], pricePerClick: { x: 0, y: 0 }, payments: { x: 0, y: 0 } } },
  },
  {
    name: 'Myerson, uniform prior, the reserve binds',
    source: 'Myerson 1981',
    scenario: {
      mechanism: 'auction-sealed/optimal',
      settings: uniformPrior,
      reports: { a: { bid: 0.8 }, b: { bid: 0.3 } },
    },
    expect: { outcome: { winner: 'a', payment: 0.5 } },
  },
  {
    name: 'Myerson, uniform prior, the rival binds',
    source: 'Myerson 1981',
    scenario: {
      mechanism: 'auction-sealed/optimal',
      settings: uniformPrior,
      reports: { a: { bid: 0.8 }, b: { bid: 0.6 } },
    },
    expect: { outcome: { winner: 'a', payment: 0.6 } },
  },
  {
    name: 'Myerson, nobody has positive virtual value',
    source: 'Myerson 1981',
    scenario: {
      mechanism: 'auction-sealed/optimal',
      settings: uniformPrior,
      reports: { a: { bid: 0.4 }, b: { bid: 0.3 } },
    },
    expect: { outcome: { winner: null, payment: 0 }, metrics: { efficiency: 0 } },
  },
  {
    name: 'Myerson, exponential prior: the reserve is the mean',
    source: 'Myerson 1981, the monopoly price of an exponential distribution',
    scenario: {
      mechanism: 'auction-sealed/optimal',
      settings: { distribution: { kind: 'exponential', mean: 4 } },
      reports: { a: { bid: 9 }, b: { bid: 3 } },
    },
    expect: { outcome: { winner: 'a', payment: 4 } },
  },
  {
    name: 'Myerson, bidders who differ: the weaker one may win with the lower bid',
    source: 'Myerson 1981, section 5',
    scenario: {
      mechanism: 'auction-sealed/optimal',
      settings: {
        distributions: { weak: { kind: 'uniform', low: 0, high: 100 }, strong: { kind: 'uniform', low: 0, high: 200 } },
      },
      reports: { weak: { bid: 90 }, strong: { bid: 130 } },
    },
    expect: { outcome: { winner: 'weak', payment: 80 } },
  },
  {
    name: 'Myerson, a reserve above what the prior implies',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-sealed/optimal',
      settings: { ...uniformPrior, reserve: 0.7 },
      reports: { a: { bid: 0.8, value: 'mine' }, b: { bid: 0.6 } },
    },
    expect: { outcome: { winner: 'a', winningValue: 'mine', payment: 0.7 } },
  },
];

const mechane = createMechane().use(sealedAuctions);

test.each(cases)('$name ($source)', ({ scenario, expect: expected }) => {
  const result = mechane.runScenario(scenario);
  expect(close({ outcome: expected.outcome ?? {}, metrics: expected.metrics ?? {} }, result)).toEqual([]);
});

/** Where a result differs from what was published: numbers beyond a billionth, everything else at all. */
function close(expected: object, actual: unknown, path = ''): string[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    const found: unknown = typeof actual === 'object' && actual !== null ? Reflect.get(actual, key) : undefined;
    const here = `${path}.${key}`;
    if (typeof value === 'object' && value !== null) {
      const keys = (some: object): string => Object.keys(some).sort().join();
      const complete = /(allocation|payments|pricePerClick|slots)$/.test(here);
      const odd = complete && typeof found === 'object' && found !== null && keys(found) !== keys(value);
      return odd ? [`${here} names ${keys(found)}`] : close(value, found, here);
    }
    const equal =
      typeof value === 'number' && typeof found === 'number' ? Math.abs(found - value) <= 1e-9 : found === value;
    return equal ? [] : [`${here}: expected ${String(value)}, got ${String(found)}`];
  });
}
