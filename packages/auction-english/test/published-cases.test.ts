import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { englishAuctions } from '../src/index.ts';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly scenario: { readonly mechanism: string; readonly settings: object; readonly reports: object };
  readonly expect: { readonly outcome: object; readonly metrics?: object };
}

const ausubel = {
  A: { marginals: [123, 113, 103] },
  B: { marginals: [75, 5, 3] },
  C: { marginals: [125, 125, 49] },
  D: { marginals: [85, 65, 7] },
  E: { marginals: [45, 25, 5] },
};

const cases: readonly Case[] = [
  {
    name: 'the last rival leaves at nine',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5, increment: 1, maxRounds: 10 },
      reports: { bidder1: { value: 9 }, bidder2: { value: 7 }, bidder3: { value: 8 } },
    },
    expect: {
      outcome: {
        winner: 'bidder1',
        payment: 9,
        history: [
          { round: 4, price: 8, agent: 'bidder2' },
          { round: 5, price: 9, agent: 'bidder3' },
        ],
      },
      metrics: { rounds: 5 },
    },
  },
  {
    name: 'all leave together, and the previous price is paid',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5, increment: 2 },
      reports: { a: { value: 8 }, b: { value: 8 } },
    },
    expect: {
      outcome: {
        winner: 'a',
        payment: 7,
        history: [
          { round: 3, price: 9, agent: 'b' },
          { round: 3, price: 9, agent: 'a' },
        ],
      },
      metrics: { rounds: 3, revenue: 7 },
    },
  },
  {
    name: 'all leave together, and the preferred one wins',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5, increment: 2, breakTie: { priority: ['b'] } },
      reports: { a: { value: 8 }, b: { value: 8 } },
    },
    expect: { outcome: { winner: 'b', payment: 7 } },
  },
  {
    name: 'rounds run out',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5, increment: 1, maxRounds: 10 },
      reports: { a: { value: 100 }, b: { value: 90 } },
    },
    expect: { outcome: { winner: 'a', payment: 14, history: [] }, metrics: { rounds: 10, efficiency: 1 } },
  },
  {
    name: 'a lone bidder pays the starting price',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5, increment: 1 },
      reports: { a: { value: 100 } },
    },
    expect: { outcome: { winner: 'a', payment: 5 }, metrics: { rounds: 1 } },
  },
  {
    name: 'nobody meets the starting price',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5, increment: 1 },
      reports: { a: { value: 3 } },
    },
    expect: { outcome: { winner: null, payment: 0 }, metrics: { rounds: 1, efficiency: 0 } },
  },
  {
    name: 'two who do not meet the starting price are not sold to',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5 },
      reports: { a: { value: 3 }, b: { value: 4 } },
    },
    expect: {
      outcome: {
        winner: null,
        history: [
          { round: 1, price: 5, agent: 'b' },
          { round: 1, price: 5, agent: 'a' },
        ],
      },
      metrics: { rounds: 1 },
    },
  },
  {
    name: 'the continuous clock is a second-price auction',
    source: 'Vickrey, Journal of Finance 16 (1961)',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 5 },
      reports: { a: { value: 9.25 }, b: { value: 8.5 }, c: { value: 1 } },
    },
    expect: {
      outcome: {
        winner: 'a',
        payment: 8.5,
        history: [
          { round: 1, price: 5, agent: 'c' },
          { round: 2, price: 8.5, agent: 'b' },
        ],
      },
      metrics: { rounds: 2 },
    },
  },
  {
    name: 'who would leave at the same price leaves one at a time, the least preferred first',
    source: 'Li, American Economic Review 107 (2017)',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 0 },
      reports: { a: { value: 4 }, b: { value: 4 }, c: { value: 4 } },
    },
    expect: {
      outcome: {
        winner: 'a',
        payment: 4,
        history: [
          { round: 2, price: 4, agent: 'c' },
          { round: 3, price: 4, agent: 'b' },
        ],
      },
    },
  },
  {
    name: 'a continuous clock can run out of rounds too',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clock',
      settings: { startingPrice: 1, maxRounds: 2 },
      reports: { a: { value: 7 }, b: { value: 9 }, c: { value: 3 } },
    },
    expect: {
      outcome: { winner: 'a', payment: 3, history: [{ round: 2, price: 3, agent: 'c' }] },
      metrics: { rounds: 2 },
    },
  },
  {
    name: 'proxy bidding, one increment above the second',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/proxy',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 100 }, b: { value: 80 } },
    },
    expect: { outcome: { winner: 'a', payment: 85 }, metrics: { rounds: 1 } },
  },
  {
    name: 'proxy bidding, no more than the maximum',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/proxy',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 80 }, b: { value: 82 } },
    },
    expect: {
      outcome: {
        winner: 'b',
        payment: 82,
        history: [
          { price: 10, agent: 'a' },
          { price: 82, agent: 'b' },
        ],
      },
    },
  },
  {
    name: 'proxy bidding, a maximum below the starting price is no bid',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/proxy',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 9 }, b: { value: 30 } },
    },
    expect: { outcome: { winner: 'b', payment: 10, history: [{ price: 10, agent: 'b' }] } },
  },
  {
    name: 'proxy bidding, the earlier of two equal maxima wins whatever breaks other ties',
    source: 'eBay’s rule, as in Roth and Ockenfels, American Economic Review 92 (2002)',
    scenario: {
      mechanism: 'auction-english/proxy',
      settings: { startingPrice: 10, increment: 5, breakTie: { priority: ['a'] } },
      reports: { z: { value: 30 }, a: { value: 30 } },
    },
    expect: { outcome: { winner: 'z', payment: 30 } },
  },
  {
    name: 'proxy bidding, nobody bids enough',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/proxy',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 9 } },
    },
    expect: { outcome: { winner: null, payment: 0, history: [] } },
  },
  {
    name: 'open outcry, two who raise in turn',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/open-outcry',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 31 }, b: { value: 24 } },
    },
    expect: {
      outcome: {
        winner: 'a',
        payment: 20,
        history: [
          { round: 1, price: 10, agent: 'a' },
          { round: 2, price: 15, agent: 'b' },
          { round: 3, price: 20, agent: 'a' },
        ],
      },
      metrics: { rounds: 4 },
    },
  },
  {
    name: 'open outcry, cut short',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/open-outcry',
      settings: { startingPrice: 10, increment: 5, maxRounds: 2 },
      reports: { a: { value: 31 }, b: { value: 24 } },
    },
    expect: { outcome: { winner: 'b', payment: 15 }, metrics: { rounds: 2 } },
  },
  {
    name: 'open outcry, alone',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/open-outcry',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 31 } },
    },
    expect: { outcome: { winner: 'a', payment: 10 }, metrics: { rounds: 1 } },
  },
  {
    name: 'open outcry, nobody bids',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/open-outcry',
      settings: { startingPrice: 10, increment: 5 },
      reports: { a: { value: 3 }, b: { value: 9 } },
    },
    expect: { outcome: { winner: null, payment: 0 }, metrics: { rounds: 1 } },
  },
  {
    name: 'clinching five licences',
    source: 'Ausubel, American Economic Review 94 (2004), section I',
    scenario: { mechanism: 'auction-english/clinching', settings: { units: 5 }, reports: ausubel },
    expect: {
      outcome: {
        allocation: { A: 3, C: 2 },
        payments: { A: 225, B: 0, C: 160, D: 0, E: 0 },
        clinches: [
          [65, 'A'],
          [75, 'A'],
          [75, 'C'],
          [85, 'A'],
          [85, 'C'],
        ],
      },
      metrics: { rounds: 10, efficiency: 1, revenue: 385 },
    },
  },
  {
    name: 'clinching five licences, the price called in steps of one',
    source: 'Ausubel, American Economic Review 94 (2004), section I',
    scenario: { mechanism: 'auction-english/clinching', settings: { units: 5, increment: 1 }, reports: ausubel },
    expect: {
      outcome: { allocation: { A: 3, C: 2 }, payments: { A: 225, C: 160 } },
      metrics: { rounds: 86 },
    },
  },
  {
    name: 'clinching what nobody else wants at the starting price',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clinching',
      settings: { units: 4, startingPrice: 3 },
      reports: { a: { marginals: [9, 8, 2] }, b: { marginals: [5] } },
    },
    expect: {
      outcome: {
        allocation: { a: 2, b: 1 },
        clinches: [
          [3, 'a'],
          [3, 'a'],
          [3, 'b'],
        ],
        history: [
          { round: 1, price: 3, agent: 'a', demand: 2 },
          { round: 1, price: 3, agent: 'b', demand: 1 },
        ],
      },
      metrics: { rounds: 1, revenue: 9 },
    },
  },
  {
    name: 'units that are tied for at the clearing price go by the tie order',
    source: 'Ausubel, American Economic Review 94 (2004), on rationing',
    scenario: {
      mechanism: 'auction-english/clinching',
      settings: { units: 2 },
      reports: { c: { marginals: [5, 5] }, a: { marginals: [5] }, b: { marginals: [5] } },
    },
    expect: { outcome: { allocation: { a: 1, b: 1 }, payments: { a: 5, b: 5, c: 0 } }, metrics: { efficiency: 1 } },
  },
  {
    name: 'in steps, what is left over is sold at the last price at which it was demanded',
    source: 'by definition',
    scenario: {
      mechanism: 'auction-english/clinching',
      settings: { units: 1, increment: 3 },
      reports: { a: { marginals: [8] }, b: { marginals: [7] } },
    },
    expect: { outcome: { allocation: { a: 1 }, clinches: [[6, 'a']] }, metrics: { rounds: 4 } },
  },
];

const mechane = createMechane().use(englishAuctions);

test.each(cases)('$name ($source)', ({ scenario, expect: expected }) => {
  const { outcome, metrics } = mechane.runScenario(scenario);
  expect({ outcome, metrics }).toMatchObject(expected);
});
