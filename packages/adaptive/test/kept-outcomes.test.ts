import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane, directMechanism, type Mechanism, seededRandom, sold } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exp3Bidder, type GridBidder, hedge, regretMatching, valueClasses, valuesOf } from '../src/index.ts';
import { RepeatedPlay } from '../src/play/repeated-play.ts';
import { reportField, reportOfBid } from '../src/play/report-field.ts';
import { Stage } from '../src/play/stage.ts';

const mechane = createMechane().use(sealedAuctions);
const auction = (name: string) =>
  mechane.mechanism(`auction-sealed/${name}` as 'auction-sealed/first-price') as object as Mechanism;
const grid = Float64Array.from({ length: 11 }, (_, index) => index / 10);
const report = z.strictObject({ bid: z.number().nonnegative() });

/** Plays so many rounds among learners, and gives all that came of them; without keeping anything, as the simple way, or with. */
function played(mechanism: Mechanism, settings: object, count: number, rounds: number, keeps: boolean) {
  const agents = Array.from({ length: count }, (_, seat) => `agent${seat}`);
  const field = reportField(mechanism, {}, undefined, []);
  const stage = new Stage({ mechanism, settings, agents }, seededRandom(1));
  const makers = [hedge, regretMatching, exp3Bidder] as const;
  const seats = agents.map((agent, seat) => {
    // Two kinds of values, so that not all are alike.
    const values = valuesOf({ kind: 'uniform', low: 0, high: seat % 4 === 0 ? 0.7 : 1 });
    const make = makers[seat % 7 === 6 ? 2 : seat % 2] as (typeof makers)[number];
    const options = { grid, classes: valueClasses(values, 4), range: 1, rounds };
    const bidder: GridBidder = make(seededRandom(100 + seat), options);
    return { agent, values, bidder, reportOf: reportOfBid(mechanism, {}, field) };
  });
  const play = new RepeatedPlay(stage, seats, seededRandom(2), { field, gain: 1, keeps });
  const hindsight: number[][] = [];
  const trace = Array.from({ length: rounds }, (_, round) => {
    hindsight.length = 0;
    const said = play.playRound(
      (seat, value, chosen, utilities) => hindsight.push([seat, value, chosen, ...utilities]),
      true,
    );
    const { welfare, revenue, price, efficiency, failures } = said;
    const prices = Array.from(said.prices, (each) => (Number.isNaN(each) ? null : each));
    return {
      round,
      ...{ welfare, revenue, price, efficiency, failures, prices },
      ...{ bids: [...said.bids], paid: [...said.paid], utilities: [...said.utilities] },
      hindsight: structuredClone(hindsight),
      outcome: round % 5 === 0 ? said.outcome : null,
    };
  });
  return { trace, keeps: play.keepsOutcomes };
}

/** The same numbers but for rounding. */
function expectSame(kept: unknown, simple: unknown, where: string): void {
  if (typeof simple === 'number') expect(kept, where).toBeCloseTo(simple, 9);
  else if (Array.isArray(simple)) {
    expect((kept as unknown[]).length, where).toBe(simple.length);
    for (const [index, each] of simple.entries()) expectSame((kept as unknown[])[index], each, `${where}.${index}`);
  } else if (typeof simple === 'object' && simple !== null) {
    for (const [key, each] of Object.entries(simple))
      expectSame((kept as Record<string, unknown>)[key], each, `${where}.${key}`);
  } else expect(kept, where).toBe(simple);
}

describe('what is kept of outcomes changes nothing', () => {
  test.each<readonly [string, object, number]>([
    ['first-price', {}, 3],
    ['first-price', {}, 9],
    ['first-price', { reserve: 0.35 }, 9],
    ['first-price', { breakTie: { priority: ['agent5', 'agent2'] } }, 9],
    ['second-price', {}, 9],
    ['all-pay', {}, 9],
    ['uniform-price', { units: 3 }, 8],
    ['uniform-price', { units: 3, pricing: 'last-accepted' }, 8],
    ['pay-as-bid', { units: 2 }, 8],
    ['vickrey', { units: 4 }, 8],
    ['gsp', { clickThroughRates: [1, 0.5] }, 7],
    ['position-vcg', { clickThroughRates: [1, 0.5, 0.2] }, 7],
  ])('%s %j among %d', (name, settings, count) => {
    const rounds = count === 3 ? 400 : 120;
    const kept = played(auction(name), settings, count, rounds, true);
    const simple = played(auction(name), settings, count, rounds, false);
    expect([kept.keeps, simple.keeps]).toEqual([true, false]);
    expectSame(kept.trace, simple.trace, name);
  });

  const highest = (bids: ReadonlyMap<string, { bid: number }>): string =>
    [...bids].reduce((a, b) => (b[1].bid > a[1].bid ? b : a))[0];
  const custom = (
    id: `test/${string}`,
    decide: (bids: ReadonlyMap<string, { bid: number }>) => readonly [string, number],
  ) =>
    directMechanism({
      id,
      settings: z.strictObject({}),
      report,
      decide: (bids, { participants }) => sold(participants, ...decide(bids)),
      value: (agent, type, { winner }) => (winner === agent ? type.bid : 0),
      bestWelfare: (types) => Math.max(...[...types.values()].map(({ bid }) => bid)),
    }) as object as Mechanism;
  const sum = (bids: ReadonlyMap<string, { bid: number }>) => [...bids.values()].reduce((all, { bid }) => all + bid, 0);

  test('where all bids count, each is played', () => {
    const mean = custom('test/mean', (bids) => [highest(bids), sum(bids) / bids.size]);
    const kept = played(mean, {}, 7, 30, true);
    expect(kept.keeps).toBe(false);
    expectSame(kept.trace, played(mean, {}, 7, 30, false).trace, 'mean');
  });
  test('where somebody is favoured by name, nobody shares what is kept of others', () => {
    const favoured = custom('test/favoured', (bids) => {
      const own = bids.get('agent3')?.bid ?? 0;
      const winner = highest(bids);
      const best = bids.get(winner)?.bid ?? 0;
      return own >= best - 0.15 ? ['agent3', own] : [winner, best];
    });
    expectSame(played(favoured, {}, 7, 60, true).trace, played(favoured, {}, 7, 60, false).trace, 'favoured');
  });
  test('a guess that held whenever it was tried is given up when it is seen to be wrong', { tags: ['long'] }, () => {
    let plays = 0;
    // It turns into another auction, in which all bids count, long after it was tried.
    const turning = custom('test/turning', (bids) => {
      plays += 1;
      return [highest(bids), plays > 1_200 ? sum(bids) / bids.size : 0];
    });
    const { trace, keeps } = played(turning, {}, 8, 4_000, true);
    expect(keeps).toBe(false);
    // It is found out in the first round out of eight that is played, and all are played from then on.
    const turned = trace.findIndex(({ revenue }) => revenue > 0);
    expect(turned).toBeGreaterThan(20);
    expect(trace.slice(turned).every(({ revenue }) => revenue > 0)).toBe(true);
  });
  test('where a lot decides, nothing is kept', () => {
    const kept = played(auction('first-price'), { breakTie: 'lot' }, 8, 30, true);
    expect(kept.keeps).toBe(false);
  });
  test('a mechanism that says itself what is left after payments is played', () => {
    const own = directMechanism({
      id: 'test/own',
      settings: z.strictObject({}),
      report,
      decide: (bids) => ({ winner: highest(bids) }),
      utility: (agent, { bid }, { winner }) => (winner === agent ? bid / 2 : 0),
    }) as object as Mechanism;
    expect(played(own, {}, 7, 10, true).keeps).toBe(false);
    const few = played(own, {}, 3, 100, true);
    expect(few.keeps).toBe(true);
    expectSame(few.trace, played(own, {}, 3, 100, false).trace, 'own');
  });
});
