import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { sealedAuctions } from '../src/index.ts';

/*
 * A reserve is the least that is taken: a bid of exactly as much is a bid, one a hair below it is none.
 */
const mechane = createMechane().use(sealedAuctions);
const reserve = 6;
const rates = { clickThroughRates: [10, 4], reserve };
const uniform = { kind: 'uniform', low: 0, high: 10 } as const;

interface Sale {
  readonly payments: Readonly<Record<string, number>>;
}

/** What a lone bidder pays for what a bid gets it, at the reserve. */
const rules: readonly (readonly [name: string, settings: object, report: (bid: number) => object, payment: number])[] =
  [
    ['first-price', { reserve }, (bid) => ({ bid }), 6],
    ['second-price', { reserve }, (bid) => ({ bid }), 6],
    ['all-pay', { reserve }, (bid) => ({ bid }), 6],
    // The distribution alone would ask for 5: the reserve is above it.
    ['optimal', { reserve, distribution: uniform }, (bid) => ({ bid }), 6],
    ['gsp', rates, (bid) => ({ bid }), 60],
    ['position-vcg', rates, (bid) => ({ bid }), 60],
    ['uniform-price', { reserve, units: 2 }, (bid) => ({ bids: [bid] }), 6],
    ['pay-as-bid', { reserve, units: 2 }, (bid) => ({ bids: [bid] }), 6],
    ['vickrey', { reserve, units: 2 }, (bid) => ({ bids: [bid] }), 6],
  ];

describe.each(rules)('%s', (name, settings, report, payment) => {
  const paid = (reports: object): Readonly<Record<string, number>> => {
    const scenario = { mechanism: `auction-sealed/${name}`, settings, reports };
    return (mechane.runScenario(scenario).outcome as Sale).payments;
  };
  test('sells for a bid of exactly the reserve', () => {
    expect(paid({ ann: report(reserve) })).toEqual({ ann: payment });
  });
  test('sells nothing for less', () => {
    expect(paid({ ann: report(reserve - 2 ** -20) })).toEqual({ ann: 0 });
    expect(paid({ ann: report(0) })).toEqual({ ann: 0 });
  });
});

test('the optimal auction sells for a bid of exactly the monopoly price: a virtual value of nothing is no loss (Myerson 1981)', () => {
  const settings = { distribution: uniform };
  const play = (bid: number) => mechane.run('auction-sealed/optimal', { settings, reports: { ann: { bid } } });
  const { outcome, certificate } = play(5);
  expect([outcome.winner, outcome.payment]).toEqual(['ann', 5]);
  expect(certificate.virtualValues).toEqual({ ann: 0 });
  expect(play(4.9).outcome.winner).toBe(null);
});
