import { ClockService, createMechane, provide } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';
import { bestWelfare, type SmallAuction } from './brute-force.ts';
import { faultOf } from './fault-of.ts';
import { blockingGain, drawAuction, drawSubstitutes, faultOfSent, payoff, vickreyPayoff } from './iterative-oracles.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(combinatorialAuctions);
const id = 'auction-combinatorial/ascending-proxy';

describe('published cases', () => {
  test('Vickrey revenue is 0, and the ascending auction asks what a rival would pay (Ausubel and Milgrom 2002)', () => {
    const both = { xor: [{ bundle: ['A', 'B'], value: 2 }] };
    const either = {
      xor: [
        { bundle: ['A'], value: 2 },
        { bundle: ['B'], value: 2 },
      ],
    };
    for (const increment of [0.1, 0.01]) {
      const { metrics, outcome } = mechane.run(id, {
        settings: { goods: ['A', 'B'], increment },
        reports: { b1: both, b2: either, b3: either },
      });
      expect(metrics.welfare).toBe(4);
      expect(outcome.payments.b1).toBe(0);
      expect(Math.abs((metrics.revenue as number) - 2)).toBeLessThanOrEqual(2 * increment + 1e-9);
    }
  });

  test('a local bidder each, and one for all (Day and Cramton 2012): rises to what the loser offers', () => {
    const reports = {
      ann: { xor: [{ bundle: ['A'], value: 28 }] },
      bob: { xor: [{ bundle: ['B'], value: 20 }] },
      cat: { xor: [{ bundle: ['A', 'B'], value: 32 }] },
    };
    const { metrics, outcome } = mechane.run(id, { settings: { goods: ['A', 'B'], increment: 0.25 }, reports });
    expect(outcome.allocation).toEqual({ ann: ['A'], bob: ['B'] });
    expect(Math.abs((metrics.revenue as number) - 32)).toBeLessThanOrEqual(0.5);
    expect(Math.abs((outcome.payments.ann as number) - (outcome.payments.bob as number))).toBeLessThanOrEqual(0.5);
  });
});

describe('laws on random auctions with straightforward bidders', () => {
  test('the outcome is in the core up to an increment for each good', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const auction = drawAuction(seed);
      const increment = [1, 0.5, 2][seed % 3] as number;
      const copies = Object.values(auction.goods).reduce((sum, count) => sum + count, 0);
      const { outcome, metrics, certificate } = mechane.run(id, {
        settings: { goods: { ...auction.goods }, increment },
        reports: auction.reports,
      });
      expect(certificate?.status, `seed ${seed}`).toBe('optimal');
      expect(certificate?.welfare, `seed ${seed}`).toBeCloseTo(metrics.revenue as number, 9);
      expect(blockingGain(auction, outcome), `seed ${seed}`).toBeLessThanOrEqual(increment * copies);
      const lost = bestWelfare(auction) - (metrics.welfare as number);
      expect(lost, `seed ${seed}`).toBeLessThanOrEqual(increment * copies);
    }
  });

  test('with whole values and a small increment the allocation is efficient', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const auction = drawAuction(seed);
      const { metrics } = mechane.run(id, {
        settings: { goods: { ...auction.goods }, increment: 0.1 },
        reports: auction.reports,
      });
      expect(metrics.welfare, `seed ${seed}`).toBe(bestWelfare(auction));
      expect(metrics.efficiency, `seed ${seed}`).toBe(1);
    }
  });

  test('where goods are substitutes, payoffs are Vickrey’s up to an increment for each bidder', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const auction = drawSubstitutes(seed);
      const increment = 0.1;
      const agents = Object.keys(auction.reports);
      const { outcome } = mechane.run(id, {
        settings: { goods: { ...auction.goods }, increment },
        reports: auction.reports,
      });
      for (const agent of agents) {
        const difference = payoff(auction, outcome, agent) - vickreyPayoff(auction, agent);
        expect(Math.abs(difference), `seed ${seed}, ${agent}`).toBeLessThanOrEqual(increment * agents.length + 1e-9);
      }
    }
  });
});

describe('without an increment: the limit', () => {
  const single = (bundle: string[], value: number): PackageBids => ({ xor: [{ bundle, value }] });
  const limitOf = ({ goods, reports }: SmallAuction) => mechane.run(id, { settings: { goods: { ...goods } }, reports });

  test('published cases: the loser’s offer is shared equally, and zero Vickrey revenue becomes two', () => {
    const goods = { A: 1, B: 1 };
    const dayAndCramton = { ann: single(['A'], 28), bob: single(['B'], 20), cat: single(['A', 'B'], 32) };
    expect(limitOf({ goods, reports: dayAndCramton }).outcome.payments).toEqual({ ann: 16, bob: 16, cat: 0 });
    const either: PackageBids = { xor: [...['A', 'B'].map((good) => ({ bundle: [good], value: 2 }))] };
    const ausubelAndMilgrom = { b1: single(['A', 'B'], 2), b2: either, b3: either };
    const { outcome, certificate, metrics } = limitOf({ goods, reports: ausubelAndMilgrom });
    expect(outcome.payments).toEqual({ b1: 0, b2: 1, b3: 1 });
    expect(certificate).toMatchObject({ status: 'optimal', welfare: 4, bound: 4, gap: 0 });
    expect(metrics.rounds).toBe(1);
  });

  test('a bidder whose value is used up stops sharing', () => {
    const reports = { ann: single(['A'], 28), bob: single(['B'], 5), cat: single(['A', 'B'], 32) };
    expect(limitOf({ goods: { A: 1, B: 1 }, reports }).outcome.payments).toEqual({ ann: 27, bob: 5, cat: 0 });
  });

  test('the outcome is efficient and in the core', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const auction = drawAuction(seed);
      const { outcome, metrics } = limitOf(auction);
      expect(metrics.welfare, `seed ${seed}`).toBe(bestWelfare(auction));
      expect(blockingGain(auction, outcome), `seed ${seed}`).toBeLessThanOrEqual(1e-7);
    }
  });

  test('where goods are substitutes, payoffs are Vickrey’s', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const auction = drawSubstitutes(seed);
      const { outcome } = limitOf(auction);
      for (const agent of Object.keys(auction.reports)) {
        expect(payoff(auction, outcome, agent), `seed ${seed}, ${agent}`).toBeCloseTo(vickreyPayoff(auction, agent), 8);
      }
    }
  });

  test('smaller and smaller increments come to it', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const auction = drawAuction(seed);
      const { outcome: limit } = limitOf(auction);
      const settings = { goods: { ...auction.goods }, increment: 0.02 };
      const { outcome } = mechane.run(id, { settings, reports: auction.reports });
      for (const agent of Object.keys(auction.reports)) {
        const difference = payoff(auction, outcome, agent) - payoff(auction, limit, agent);
        expect(Math.abs(difference), `seed ${seed}, ${agent}`).toBeLessThanOrEqual(0.2);
      }
    }
  });

  test('live bidders tell their proxies at once, and whoever is silent or lies has none', async () => {
    const { outcome } = await mechane.open(id, {
      settings: { goods: ['A'] },
      agents: {
        ann: ({ increment }) => ({ bids: [{ bundle: ['A'], value: increment === null ? 9 : 1 }] }),
        bob: () => ({ bids: [{ bundle: ['A'], value: 4 }] }),
        cat: () => undefined,
        dan: () => ({ bids: [{ bundle: ['A'], value: 1e300 }] }),
        eve: () => ({ bids: [{ bundle: ['Z'], value: 1 }] }),
      },
    }).result;
    expect(outcome).toMatchObject({ allocation: { ann: ['A'] }, payments: { ann: 4, bob: 0, cat: 0, dan: 0, eve: 0 } });
  });

  test('a limit that leaves winners open is said', () => {
    const reports = { ann: single(['A', 'B'], 5), bob: single(['B'], 4), cat: single(['A'], 3) };
    const settings = { goods: ['A', 'B'], nodeLimit: 0 };
    expect(faultOf(() => mechane.run(id, { settings, reports }))).toBe('unproved-optimum settings');
  });

  test('values that are large or far apart', () => {
    const far = { ann: single(['A'], 1e14), bob: single(['B'], 1), cat: single(['A', 'B'], 1e14) };
    const { outcome } = limitOf({ goods: { A: 1, B: 1 }, reports: far });
    expect(outcome.allocation).toEqual({ ann: ['A'], bob: ['B'] });
    expect((outcome.payments.ann as number) + (outcome.payments.bob as number)).toBeGreaterThanOrEqual(1e14 - 1e5);
    expect(limitOf({ goods: { A: 1 }, reports: { ann: single(['A'], 1e15) } }).outcome.payments).toEqual({ ann: 0 });
  });
});

test('one good is an English auction: the loser’s value is paid, up to an increment', () => {
  const reports = { ann: { xor: [{ bundle: ['A'], value: 10 }] }, bob: { xor: [{ bundle: ['A'], value: 25 }] } };
  const { outcome, metrics } = mechane.run(id, { settings: { goods: ['A'], increment: 1 }, reports });
  expect(outcome.allocation).toEqual({ bob: ['A'] });
  expect([10, 11]).toContain(outcome.payments.bob);
  expect(metrics.rounds).toBe(outcome.rounds);
});

test('a bid that is no whole number of increments is raised by one all the same', async () => {
  const { outcome } = await mechane.open(id, {
    settings: { goods: ['A'], increment: 0.3 },
    agents: {
      ann: ({ standing }) => ({ bids: [{ bundle: ['A'], value: standing.length === 0 ? 1 : 1.3 }] }),
      bob: ({ round }) => (round < 3 ? { bids: [{ bundle: ['A'], value: 1.2 }] } : undefined),
    },
  }).result;
  expect(outcome).toMatchObject({ allocation: { ann: ['A'] }, payments: { ann: 1.3, bob: 0 } });
});

test('the limit with many bidders for one good is the second-highest value', () => {
  const reports = Object.fromEntries(
    Array.from({ length: 40 }, (_, bidder): [string, PackageBids] => [
      `bidder${bidder}`,
      { xor: [{ bundle: ['A'], value: 100 + ((bidder * 7) % 40) }] },
    ]),
  );
  expect(mechane.run(id, { settings: { goods: ['A'] }, reports }).metrics.revenue).toBe(138);
});

test('steps of a tenth are counted in tenths', () => {
  const reports: Record<string, PackageBids> = {
    ann: { xor: [{ bundle: ['A'], value: 0.7 }] },
    bob: { xor: [{ bundle: ['A'], value: 0.35 }] },
  };
  const { outcome } = mechane.run(id, { settings: { goods: ['A'], increment: 0.1 }, reports });
  expect([...new Set(outcome.history.map(({ revenue }) => revenue))]).toEqual([0.1, 0.2, 0.3]);
});

describe('live agents', () => {
  const settings = { goods: ['A', 'B'], increment: 1 };
  const bid = (bundle: string[], value: number) => ({ bundle, value });

  test('jump bids stand, whoever would win is not asked, and whoever passes may bid again', async () => {
    const asked: string[] = [];
    const next = (agent: string, script: readonly (number | undefined)[]) => {
      const bids = [...script];
      return ({ round }: { readonly round: number }) => {
        asked.push(`${agent} ${round}`);
        const value = bids.shift();
        return value === undefined ? undefined : { bids: [bid(['A'], value)] };
      };
    };
    const { outcome } = await mechane.open(id, {
      settings,
      agents: { ann: next('ann', [5, 9]), bob: next('bob', [undefined, 6, 7, undefined]) },
    }).result;
    expect(outcome).toMatchObject({ allocation: { ann: ['A'] }, payments: { ann: 9, bob: 0 }, rounds: 5 });
    // In round 2 bob tops ann's 5, in round 3 she tops his 6, and his 7 does not win.
    expect(asked).toEqual(['ann 1', 'bob 1', 'bob 2', 'ann 3', 'bob 4', 'bob 5']);
  });

  test.each([
    [[bid(['C'], 1)], 'bids.0.bundle.0', 'not for sale'],
    [[bid(['B'], 1), bid(['B'], 2)], 'bids.1.bundle', 'twice'],
    [[bid(['B'], 0.5)], 'bids.0.value', 'less than the price'],
    [[bid(['A'], 1.5)], 'bids.0.value', 'expected 2 or more'],
    [[bid(['A'], 2e6)], 'bids.0.value', 'increments'],
    [[bid(['A', 'A'], 3)], 'bids.0.bundle.1', 'once'],
  ])('%j is refused, and its sender may try again', async (wrong, path, words) => {
    const agents = { ann: 'external', bob: () => ({ bids: [bid(['A', 'B'], 5)] }) } as const;
    const session = mechane.open(id, { settings, agents });
    let round = 0;
    for await (const event of session) {
      if (event.kind !== 'asked') continue;
      round += 1;
      if (round === 1) session.submit('ann', { bids: [bid(['A'], 1)] });
      if (round !== 2) continue;
      expect(await faultOfSent(session.submit('ann', { bids: wrong }))).toBe(`invalid-message messages.ann.${path}`);
      await expect(session.submit('ann', { bids: wrong })).rejects.toThrow(words);
      session.submit('ann', { bids: [] });
    }
    expect(await session.outcome).toMatchObject({ allocation: { bob: ['A', 'B'] }, payments: { ann: 0, bob: 5 } });
  });

  test('whoever is silent, late, throws or lies leaves the others an outcome', async () => {
    const { outcome } = await mechane.open(id, {
      settings,
      within: 250,
      agents: {
        ann: ({ standing }) => ({ bids: standing.length === 0 ? [bid(['A'], 2), bid(['B'], 3)] : [] }),
        bob: () => undefined,
        cat: () => {
          throw new Error('a broken agent');
        },
        dan: () => new Promise(() => {}),
        eve: () => ({ bids: [bid(['A'], -7)] }),
      },
    }).result;
    expect(outcome).toMatchObject({ allocation: { ann: ['B'] }, payments: { ann: 3, bob: 0, cat: 0, dan: 0, eve: 0 } });
  });
});

test('after the last round, what would win is sold', () => {
  const reports = { ann: { xor: [{ bundle: ['A'], value: 9 }] }, bob: { xor: [{ bundle: ['A'], value: 8 }] } };
  const { outcome, certificate } = mechane.run(id, { settings: { goods: ['A'], increment: 1, maxRounds: 3 }, reports });
  expect(outcome).toMatchObject({ rounds: 3, payments: { ann: 2, bob: 0 } });
  expect(certificate).toMatchObject({ status: 'max-rounds', welfare: 2 });
});
