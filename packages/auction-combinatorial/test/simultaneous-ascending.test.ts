import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';
import { bestWelfare } from './brute-force.ts';
import { faultOf } from './fault-of.ts';
import { blockingGain, drawAuction, drawSubstitutes, faultOfSent } from './iterative-oracles.ts';

const mechane = createMechane().use(combinatorialAuctions);
const id = 'auction-combinatorial/simultaneous-ascending';
const bids = (good: string, price: number) => [{ good, price }];
const one = (good: string, value: number): PackageBids => ({ xor: [{ bundle: [good], value }] });

describe('Milgrom 2000', () => {
  test('for substitutes, the allocation is efficient and in the core up to an increment for each good', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const auction = drawSubstitutes(seed, 30);
      const increment = [1, 2, 0.5][seed % 3] as number;
      const { outcome, metrics } = mechane.run(id, {
        settings: { goods: { ...auction.goods }, increment },
        reports: auction.reports,
      });
      const slack = increment * Object.keys(auction.goods).length;
      expect(bestWelfare(auction) - (metrics.welfare as number), `seed ${seed}`).toBeLessThanOrEqual(slack);
      expect(blockingGain(auction, outcome), `seed ${seed}`).toBeLessThanOrEqual(slack);
    }
  });

  test('a bidder for whom goods are complements is left with one of them', () => {
    const { outcome } = mechane.run(id, {
      settings: { goods: ['A', 'B'], increment: 1 },
      reports: { ann: { xor: [{ bundle: ['A', 'B'], value: 10 }] }, bob: one('B', 12) },
    });
    expect(outcome.allocation).toEqual({ ann: ['A'], bob: ['B'] });
    expect(outcome.payments).toEqual({ ann: 1, bob: 10 });
  });

  test('wanting less is cheaper: demand reduction', () => {
    const settings = { goods: ['A', 'B'], increment: 1 };
    const bob: PackageBids = { xor: [one('A', 8), one('B', 8)].flatMap((bids) => ('xor' in bids ? bids.xor : [])) };
    const both: PackageBids = {
      or: [
        { bundle: ['A'], value: 10 },
        { bundle: ['B'], value: 10 },
      ],
    };
    const truthful = mechane.run(id, { settings, reports: { ann: both, bob } }).outcome;
    expect(truthful.allocation).toEqual({ ann: ['A', 'B'] });
    expect(truthful.payments.ann).toBeGreaterThanOrEqual(15);
    const reduced = mechane.run(id, { settings, reports: { ann: one('A', 10), bob } }).outcome;
    expect(reduced.payments.ann).toBeLessThanOrEqual(2);
  });
});

test('copies of a good go to the highest bids for it', () => {
  const { outcome, certificate } = mechane.run(id, {
    settings: { goods: { A: 2 }, increment: 1 },
    reports: { ann: one('A', 9), bob: one('A', 4), cat: one('A', 7), dan: one('A', 1) },
  });
  expect(outcome.allocation).toEqual({ ann: ['A'], cat: ['A'] });
  for (const agent of ['ann', 'cat']) expect([4, 5]).toContain(outcome.payments[agent]);
  expect(certificate).toMatchObject({ status: 'converged', gap: 0 });
});

test('random auctions of packages end, and no good is given away more often than there are copies', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const auction = drawAuction(seed);
    const { outcome } = mechane.run(id, {
      settings: { goods: { ...auction.goods }, increment: 1, activity: 0.5 },
      reports: auction.reports,
    });
    for (const [good, copies] of Object.entries(auction.goods)) {
      const given = Object.values(outcome.allocation).filter((goods) => goods.includes(good)).length;
      expect(given, `seed ${seed}`).toBeLessThanOrEqual(copies);
    }
  }
});

describe('the activity rule', () => {
  const either: PackageBids = { xor: ['A', 'B', 'C'].map((good) => ({ bundle: [good], value: 9 })) };

  test('points that were not used are lost', async () => {
    const seen: number[] = [];
    await mechane.open(id, {
      settings: { goods: ['A', 'B', 'C'], increment: 1 },
      agents: {
        ann: ({ round, eligibility }) => {
          seen.push(eligibility);
          return { bids: round === 1 ? [{ good: 'A', price: 1 }] : [] };
        },
        bob: ({ prices }) => ({ bids: [{ good: 'A', price: Math.min(prices.A as number, 4) }] }),
      },
    }).result;
    expect(seen.slice(0, 2)).toEqual([3, 1]);
  });

  test('with a requirement of a half, active points are doubled', async () => {
    const seen: number[] = [];
    await mechane.open(id, {
      settings: { goods: ['A', 'B', 'C'], increment: 1, activity: 0.5, points: { A: 2 } },
      agents: {
        ann: ({ round, eligibility }) => {
          seen.push(eligibility);
          return { bids: round === 1 ? [{ good: 'B', price: 1 }] : [] };
        },
        bob: ({ round }) => ({ bids: round < 3 ? [{ good: 'A', price: round }] : [] }),
      },
    }).result;
    expect(seen[0]).toBe(4);
    expect(seen[1]).toBe(2);
  });

  test('bidders start with what the settings give them, and one with nothing is not asked', () => {
    const { outcome } = mechane.run(id, {
      settings: { goods: ['A', 'B', 'C'], increment: 1, eligibility: { ann: 0, bob: 1 } },
      reports: { ann: either, bob: { xor: [{ bundle: ['A', 'B'], value: 50 }, ...either.xor] } },
    });
    expect(outcome.allocation).toEqual({ bob: ['A'] });
    expect(outcome.payments).toEqual({ ann: 0, bob: 1 });
  });
});

describe('messages out of place are refused, and their sender may try again', () => {
  test.each([
    [[{ good: 'E', price: 1 }], 'messages.ann.bids.0.good', 'not for sale'],
    [[...bids('B', 1), ...bids('B', 2)], 'messages.ann.bids.1.good', 'twice'],
    [bids('A', 5), 'messages.ann.bids.0.good', 'is this bidder’s'],
    [bids('B', 0.5), 'messages.ann.bids.0.price', 'less than the price'],
    [bids('B', 1e9), 'messages.ann.bids.0.price', 'increments'],
    [bids('B', 1), 'messages.ann.bids', 'points'],
  ])('%j', async (wrong, path, words) => {
    const settings = { goods: ['A', 'B', 'C', 'D'], increment: 1 };
    const agents = { ann: 'external', bob: () => ({ bids: [] }) } as const;
    const session = mechane.open(id, { settings, agents });
    let round = 0;
    for await (const event of session) {
      if (event.kind !== 'asked') continue;
      round += 1;
      if (round === 1) session.submit('ann', { bids: [...bids('A', 1), ...bids('C', 1)] });
      if (round !== 2) continue;
      expect(await faultOfSent(session.submit('ann', { bids: wrong }))).toBe(`invalid-message ${path}`);
      await expect(session.submit('ann', { bids: wrong })).rejects.toThrow(words);
      session.submit('ann', { bids: [] });
    }
    expect((await session.outcome).payments.ann).toBe(2);
  });
});

test('agents that are silent, throw or lie leave the others an outcome', async () => {
  const { outcome } = await mechane.open(id, {
    settings: { goods: ['A', 'B'], increment: 1 },
    agents: {
      ann: ({ prices, holding }) => ({
        bids: 'A' in holding || (prices.A as number) > 7 ? [] : bids('A', prices.A as number),
      }),
      bob: () => undefined,
      cat: () => {
        throw new Error('a broken agent');
      },
      dan: ({ round }) => ({ bids: bids('A', round === 1 ? 3 : 2) }),
    },
  }).result;
  expect(outcome.allocation).toEqual({ ann: ['A'] });
  expect(outcome.payments).toEqual({ ann: 4, bob: 0, cat: 0, dan: 0 });
});

test('after the last round, what stands is sold', () => {
  const reports = { ann: one('A', 9), bob: one('A', 8) };
  const { outcome, certificate } = mechane.run(id, { settings: { goods: ['A'], increment: 1, maxRounds: 3 }, reports });
  expect(outcome).toMatchObject({ rounds: 3, payments: { ann: 3, bob: 0 } });
  expect(certificate?.status).toBe('max-rounds');
});

test('points and eligibility of what is not there are refused', () => {
  const settings = { goods: ['A'], increment: 1, points: { B: 2 } };
  expect(faultOf(() => mechane.run(id, { settings, reports: {} }))).toBe('invalid-settings settings.points.B');
  const eligibility = { goods: ['A'], increment: 1, eligibility: { ann: 1, bbo: 1 } };
  const reports = { ann: one('A', 3), bob: one('A', 2) };
  expect(faultOf(() => mechane.run(id, { settings: eligibility, reports }))).toBe(
    'invalid-settings settings.eligibility.bbo',
  );
  expect(() => mechane.run(id, { settings: eligibility, reports })).toThrow('did you mean "bob"?');
  expect(faultOf(() => mechane.run(id, { settings: eligibility, reports: {} }))).toBe(
    'invalid-settings settings.eligibility.ann',
  );
  // Nobody is asked first.
  const agents = { ann: () => ({ bids: [] }), bob: () => ({ bids: [] }) };
  expect(faultOf(() => mechane.open(id, { settings: eligibility, agents }))).toBe(
    'invalid-settings settings.eligibility.bbo',
  );
});
