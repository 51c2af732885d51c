import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { dutchAuctions } from '../src/index.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly scenario: object;
  readonly expect: { readonly outcome: object; readonly metrics?: object };
}

const clock = (settings: object, thresholds: Record<string, number>): object => ({
  mechanism: 'auction-dutch/clock',
  settings: { startingPrice: 20, ...settings },
  reports: Object.fromEntries(Object.entries(thresholds).map(([agent, threshold]) => [agent, { threshold }])),
});
const lots = (settings: object, thresholds: Record<string, readonly number[]>): object => ({
  mechanism: 'auction-dutch/multi-unit',
  settings: { units: 3, startingPrice: 10, ...settings },
  reports: Object.fromEntries(Object.entries(thresholds).map(([agent, own]) => [agent, { thresholds: own }])),
});
const flowers = { A: [9, 6], B: [8, 7, 2] };

const cases: readonly Case[] = [
  {
    name: 'the clock stops at twelve',
    source: 'by definition',
    scenario: clock({ decrement: 1 }, { a: 12.5, b: 9 }),
    expect: { outcome: { winner: 'a', payment: 12, payments: { a: 12, b: 0 } }, metrics: { rounds: 9, revenue: 12 } },
  },
  {
    name: 'the continuous clock',
    source: 'by definition',
    scenario: clock({}, { a: 12.5, b: 9 }),
    expect: { outcome: { winner: 'a', payment: 12.5 }, metrics: { rounds: 1 } },
  },
  {
    name: 'nobody stops the clock',
    source: 'by definition',
    scenario: clock({ decrement: 1, floor: 10 }, { a: 5 }),
    expect: { outcome: { winner: null, payment: 0 }, metrics: { rounds: 11, efficiency: 0 } },
  },
  {
    name: 'nobody stops the continuous clock',
    source: 'by definition',
    scenario: clock({ floor: 10 }, { a: 5 }),
    expect: { outcome: { winner: null, payment: 0 }, metrics: { rounds: 1 } },
  },
  {
    name: 'the last price called is the last that is not below the floor',
    source: 'by definition',
    scenario: clock({ decrement: 3, floor: 10 }, { a: 10 }),
    expect: { outcome: { winner: null }, metrics: { rounds: 4 } },
  },
  {
    name: 'those who stop it in the same round are told apart by the tie order, not by their thresholds',
    source: 'by definition',
    scenario: clock({ decrement: 5 }, { a: 11, b: 14 }),
    expect: { outcome: { winner: 'a', payment: 10 }, metrics: { rounds: 3 } },
  },
  {
    name: 'who would have paid more than the starting price pays no more',
    source: 'by definition',
    scenario: clock({ breakTie: { priority: ['c'] } }, { a: 50, b: 20, c: 30 }),
    expect: { outcome: { winner: 'c', payment: 20 } },
  },
  {
    name: 'three lots, pay as bid',
    source: 'by definition',
    scenario: lots({ decrement: 1 }, flowers),
    expect: {
      outcome: {
        allocation: { A: 1, B: 2 },
        payments: { A: 9, B: 15 },
        sales: [
          { price: 9, agent: 'A' },
          { price: 8, agent: 'B' },
          { price: 7, agent: 'B' },
        ],
      },
      metrics: { rounds: 4, efficiency: 1 },
    },
  },
  {
    name: 'three lots, all at the price of the last',
    source: 'by definition',
    scenario: lots({ decrement: 1, pricing: 'uniform' }, flowers),
    expect: { outcome: { allocation: { A: 1, B: 2 }, payments: { A: 7, B: 14 } } },
  },
  {
    name: 'three lots on a continuous clock, a round for each',
    source: 'by definition',
    scenario: lots({}, { A: [9.5, 6], B: [8.25, 7.75] }),
    expect: { outcome: { payments: { A: 9.5, B: 16 } }, metrics: { rounds: 3 } },
  },
  {
    name: 'lots that nobody wants at the floor are kept',
    source: 'by definition',
    scenario: lots({ decrement: 2, floor: 4, pricing: 'uniform' }, { A: [9, 3], B: [5] }),
    expect: { outcome: { allocation: { A: 1, B: 1 }, payments: { A: 4, B: 4 } }, metrics: { rounds: 4 } },
  },
  {
    name: 'no lot is sold, and nobody pays',
    source: 'by definition',
    scenario: lots({ floor: 4, pricing: 'uniform' }, { A: [3], B: [] }),
    expect: { outcome: { allocation: {}, payments: { A: 0, B: 0 }, sales: [] }, metrics: { rounds: 1, revenue: 0 } },
  },
  {
    name: 'lots that are tied for go by the tie order, as many as an agent asks for',
    source: 'by definition',
    scenario: lots({ decrement: 5 }, { b: [6, 5, 5], a: [9, 8], c: [7] }),
    expect: { outcome: { allocation: { a: 2, b: 1 }, payments: { a: 10, b: 5, c: 0 } } },
  },
];

const mechane = createMechane().use(dutchAuctions);

test.each(cases)('$name ($source)', ({ scenario, expect: expected }) => {
  const { outcome, metrics } = mechane.runScenario(scenario);
  expect({ outcome, metrics }).toMatchObject(expected);
});
