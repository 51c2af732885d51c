import { createMechane, perAgent } from '@mechane/core';
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
  expect(certificate).toStrictEqual({ status: 'optimal', virtualValues: perAgent(['ann'], () => 0) });
  // 2·4.5 − 10: less than nothing, and said all the same.
  const unsold = play(4.5);
  expect(unsold.outcome.winner).toBe(null);
  expect(unsold.certificate).toStrictEqual({ status: 'optimal', virtualValues: perAgent(['ann'], () => -1) });
});

test('a bid below all that the seller deems possible has no virtual value, and wins nothing', () => {
  const settings = { distribution: { kind: 'uniform', low: 4, high: 10 } } as const;
  const reports = { ann: { bid: 3 }, bob: { bid: 6 } };
  const { outcome, certificate } = mechane.run('auction-sealed/optimal', { settings, reports });
  expect([outcome.winner, outcome.payment]).toEqual(['bob', 5]);
  expect(certificate.virtualValues).toEqual({ ann: null, bob: 2 });
});

test('at the price that supports it nobody would have other units: the highest rejected bid, or the reserve', () => {
  const play = (settings: { units: number; reserve: number }) => {
    const reports = { ann: { bids: [9, 5] }, bob: { bids: [7, 4] } };
    return mechane.run('auction-sealed/vickrey', { settings, reports });
  };
  expect(play({ units: 2, reserve: 3 }).certificate).toStrictEqual({ status: 'optimal', supportingPrice: 5 });
  expect(play({ units: 4, reserve: 3 }).certificate).toStrictEqual({ status: 'optimal', supportingPrice: 3 });
  // Vickrey 1961: ann's unit displaces bob's 4, and bob's ann's 5.
  expect(play({ units: 2, reserve: 3 }).outcome.payments).toEqual({ ann: 4, bob: 5 });
  // Of three units, two displace bob's 4 and nothing but the reserve.
  expect(play({ units: 3, reserve: 3 }).outcome.payments).toEqual({ ann: 7, bob: 3 });
});
