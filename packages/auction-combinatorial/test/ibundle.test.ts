import { ClockService, createMechane, provide } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { waitingClock } from '../../../tools/waiting-clock.mjs';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';
import { bestWelfare } from './brute-force.ts';
import { blockingGain, drawAuction, drawSubstitutes, faultOfSent, payoff, vickreyPayoff } from './iterative-oracles.ts';

const mechane = createMechane({ services: [provide(ClockService, waitingClock)] }).use(combinatorialAuctions);
const id = 'auction-combinatorial/ibundle';
const one = (bundle: string[], value: number): PackageBids => ({ xor: [{ bundle, value }] });

describe('Parkes and Ungar 2000: straightforward bidders, and increments', () => {
  test('with personal prices the allocation is within three increments a good or a bidder of the best', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const auction = drawAuction(seed);
      const increment = [1, 0.5, 2][seed % 3] as number;
      const { metrics, outcome, certificate } = mechane.run(id, {
        settings: { goods: { ...auction.goods }, increment },
        reports: auction.reports,
      });
      const copies = Object.values(auction.goods).reduce((sum, count) => sum + count, 0);
      const fewer = Math.min(copies, Object.keys(auction.reports).length);
      const lost = bestWelfare(auction) - (metrics.welfare as number);
      expect(lost, `seed ${seed}`).toBeLessThanOrEqual(3 * fewer * increment);
      expect(blockingGain(auction, outcome), `seed ${seed}`).toBeLessThanOrEqual(3 * fewer * increment);
      expect(certificate?.status).toBe('optimal');
    }
  });

  test('with anonymous prices the same holds of bidders for one package each', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const { goods, reports } = drawAuction(seed);
      const single = Object.fromEntries(
        Object.entries(reports).map(([agent, report]): [string, PackageBids] => [
          agent,
          { xor: 'xor' in report ? report.xor.slice(0, 1) : [] },
        ]),
      );
      const auction = { goods, reports: single };
      const { metrics, outcome } = mechane.run(id, {
        settings: { goods: { ...goods }, increment: 1, prices: 'anonymous' },
        reports: single,
      });
      const copies = Object.values(goods).reduce((sum, count) => sum + count, 0);
      const fewer = Math.min(copies, Object.keys(single).length);
      expect(bestWelfare(auction) - (metrics.welfare as number), `seed ${seed}`).toBeLessThanOrEqual(3 * fewer);
      expect(blockingGain(auction, outcome), `seed ${seed}`).toBeLessThanOrEqual(3 * fewer);
    }
  });

  test('with small increments and whole values the allocation is efficient', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const auction = drawAuction(seed, 8);
      const settings = { goods: { ...auction.goods }, increment: 0.05 };
      const { metrics } = mechane.run(id, { settings, reports: auction.reports });
      expect(metrics.efficiency, `seed ${seed}`).toBe(1);
    }
  });

  test('personal prices come to the payoffs of the ascending proxy auction where goods are substitutes', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const auction = drawSubstitutes(seed, 8);
      const settings = { goods: { ...auction.goods }, increment: 0.1 };
      const { outcome } = mechane.run(id, { settings, reports: auction.reports });
      const proxy = mechane.run('auction-combinatorial/ascending-proxy', { settings, reports: auction.reports });
      const agents = Object.keys(auction.reports);
      for (const agent of agents) {
        const mine = payoff(auction, outcome, agent);
        const slack = 0.1 * 3 * agents.length;
        expect(Math.abs(mine - payoff(auction, proxy.outcome, agent)), `seed ${seed}`).toBeLessThanOrEqual(slack);
        expect(Math.abs(mine - vickreyPayoff(auction, agent)), `seed ${seed}`).toBeLessThanOrEqual(slack);
      }
    }
  });
});

test('anonymous prices rise for everybody, personal ones for those who lose', async () => {
  const seen: Record<string, unknown[]> = { personal: [], anonymous: [] };
  for (const prices of ['personal', 'anonymous'] as const) {
    await mechane.open(id, {
      settings: { goods: ['A', 'B'], increment: 1, prices },
      agents: {
        ann: ({ round }) => ({ bids: round < 3 ? [{ bundle: ['A'], value: round }] : [] }),
        bob: ({ round }) => ({ bids: round < 2 ? [{ bundle: ['A'], value: 4 }] : [] }),
        eve: (ask) => {
          seen[prices]?.push(ask.prices);
          return undefined;
        },
      },
    }).result;
  }
  expect(seen.personal?.flat()).toEqual([]);
  expect(seen.anonymous?.at(-1)).toEqual([{ bundle: ['A'], value: 3 }]);
});

describe('live agents', () => {
  const settings = { goods: ['A', 'B'], increment: 1 };
  const bid = (bundle: string[], value: number) => ({ bundle, value });

  test.each([
    [[bid(['C'], 1)], 'bids.0.bundle.0', 'not for sale'],
    [[bid(['A', 'B'], 3), bid(['B', 'A'], 3)], 'bids.1.bundle', 'twice'],
    [[bid(['A', 'B'], 0.5)], 'bids.0.value', 'less than the price'],
    [[bid(['A'], 2e6)], 'bids.0.value', 'increments'],
    [[bid(['A'], 2)], 'bids.0.value', 'its last bid'],
  ])('%j is refused, and its sender may try again', async (wrong, path, words) => {
    const agents = {
      ann: 'external',
      bob: ({ round }: { round: number }) => ({ bids: [bid(['A'], round === 1 ? 5 : 7)] }),
    } as const;
    const session = mechane.open(id, { settings, agents });
    let round = 0;
    for await (const event of session) {
      if (event.kind !== 'asked') continue;
      round += 1;
      if (round === 1) session.submit('ann', { bids: [bid(['A'], 1), bid(['A', 'B'], 1)] });
      // From here on A costs 2, and 1 is a last bid.
      if (round === 2) session.submit('ann', { bids: [bid(['A'], 1), bid(['A', 'B'], 2)] });
      if (round < 3) continue;
      if (round === 3) {
        expect(await faultOfSent(session.submit('ann', { bids: wrong }))).toBe(`invalid-message messages.ann.${path}`);
        await expect(session.submit('ann', { bids: wrong })).rejects.toThrow(words);
      }
      session.submit('ann', { bids: [bid(['A'], 1)] });
    }
    expect(await session.outcome).toMatchObject({ allocation: { bob: ['A'] }, payments: { ann: 0, bob: 7 } });
  });

  test('whoever is silent, late, throws or lies leaves the others an outcome', async () => {
    const { outcome } = await mechane.open(id, {
      settings,
      within: 250,
      agents: {
        ann: ({ round }) => ({ bids: round < 3 ? [bid(['A'], round)] : [] }),
        bob: () => undefined,
        cat: () => {
          throw new Error('a broken agent');
        },
        dan: () => new Promise(() => {}),
        eve: () => ({ bids: [bid(['A'], -7)] }),
      },
    }).result;
    expect(outcome).toMatchObject({ allocation: { ann: ['A'] }, payments: { ann: 1, bob: 0, cat: 0, dan: 0, eve: 0 } });
  });

  test('what a bidder would win stays bid on when it falls silent', async () => {
    const { outcome } = await mechane.open(id, {
      settings,
      agents: {
        ann: ({ round }) => (round === 1 ? { bids: [bid(['A', 'B'], 6)] } : undefined),
        bob: ({ prices }) => ({ bids: [bid(['B'], Math.min(4, prices.at(-1)?.value ?? 1))] }),
      },
    }).result;
    expect(outcome).toMatchObject({ allocation: { ann: ['A', 'B'] }, payments: { ann: 6, bob: 0 } });
  });
});

test('after the last round, what would win is sold', () => {
  const reports = { ann: one(['A'], 9), bob: one(['A'], 8) };
  const settings = { goods: ['A'], increment: 1, maxRounds: 3 };
  const { outcome, certificate } = mechane.run(id, { settings, reports });
  expect(outcome.rounds).toBe(3);
  expect(certificate?.status).toBe('max-rounds');
});
