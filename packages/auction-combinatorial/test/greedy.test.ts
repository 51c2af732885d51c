import { createMechane, seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';

const mechane = createMechane().use(combinatorialAuctions);

interface Bid {
  readonly agent: string;
  readonly bundle: readonly string[];
  readonly value: number;
}

/** The order of Lehmann, O'Callaghan and Shoham, told by squares so that it is exact; equals stay as they are. */
const ranked = (bids: readonly Bid[]): Bid[] =>
  [...bids].sort((a, b) => b.value ** 2 * a.bundle.length - a.value ** 2 * b.bundle.length);

/** Bids that win in this order, until one of them leaves no room for a bid that is looked at from outside. */
function winners(order: readonly Bid[], copies: Readonly<Record<string, number>>, until?: Bid): Bid[] {
  const left = { ...copies };
  const fits = ({ bundle }: Bid): boolean => bundle.every((good) => (left[good] as number) > 0);
  const won: Bid[] = [];
  for (const bid of order) {
    if (!fits(bid)) continue;
    for (const good of bid.bundle) left[good] = (left[good] as number) - 1;
    won.push(bid);
    if (until && !fits(until)) break;
  }
  return won;
}

test('every winning bid pays the least with which it would still have won, found by leaving its bidder out', () => {
  const random = seededRandom(2002);
  for (let run = 0; run < 500; run++) {
    const copies = Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map((good) => [good, 1 + random.below(2)]));
    const goods = Object.keys(copies);
    const reports: Record<string, PackageBids> = {};
    const bids: Bid[] = [];
    for (let agent = 0; agent < 2 + random.below(5); agent++) {
      const own = Array.from({ length: 1 + random.below(3) }, () => ({
        bundle: random.shuffled(goods).slice(0, 1 + random.below(3)),
        value: 1 + random.below(40),
      }));
      reports[`agent${agent}`] = { or: own };
      for (const bid of own) bids.push({ agent: `agent${agent}`, ...bid });
    }
    const order = ranked(bids);
    const won = winners(order, copies);
    const critical = (bid: Bid): number => {
      const others = order.filter(({ agent }) => agent !== bid.agent);
      const blocking = winners(others, copies, bid);
      const last = blocking.at(-1);
      const left = { ...copies };
      for (const { bundle } of blocking) for (const good of bundle) left[good] = (left[good] as number) - 1;
      if (last === undefined || bid.bundle.every((good) => (left[good] as number) > 0)) return 0;
      return Math.min(bid.value, last.value * Math.sqrt(bid.bundle.length / last.bundle.length));
    };
    const { outcome } = mechane.run('auction-combinatorial/greedy', { settings: { goods: copies }, reports });
    for (const agent of Object.keys(reports)) {
      const own = won.filter((bid) => bid.agent === agent);
      expect(outcome.payments[agent], `run ${run}`).toBeCloseTo(
        own.reduce((sum, bid) => sum + critical(bid), 0),
        9,
      );
      const names = own.flatMap(({ bundle }) => bundle).sort();
      expect([...(outcome.allocation[agent] ?? [])].sort(), `run ${run}`).toEqual(names);
    }
  }
});

test('the bids of Lehmann, O’Callaghan and Shoham: 19 for both goods beat 10 and 8 for one, and pay what 10 comes to', () => {
  const settings = { goods: ['a', 'b'] };
  const reports: Record<string, PackageBids> = {
    red: { xor: [{ bundle: ['a'], value: 10 }] },
    green: { xor: [{ bundle: ['a', 'b'], value: 19 }] },
    blue: { xor: [{ bundle: ['b'], value: 8 }] },
  };
  // 19/√2 = 13.43… comes before 10 and 8; without green, red is the first that takes a good of it: 10·√2.
  const { outcome } = mechane.run('auction-combinatorial/greedy', { settings, reports });
  expect(outcome.allocation).toEqual({ green: ['a', 'b'] });
  expect(outcome.payments).toEqual({ red: 0, green: expect.closeTo(10 * Math.SQRT2, 12), blue: 0 });
  // A bid of 14 (14/√2 = 9.89…) comes after red’s: red and blue win; green alone is what red has to beat, and nobody has to beat for blue.
  const lower = { ...reports, green: { xor: [{ bundle: ['a', 'b'], value: 14 }] } };
  const { outcome: other } = mechane.run('auction-combinatorial/greedy', { settings, reports: lower });
  expect(other.allocation).toEqual({ red: ['a'], blue: ['b'] });
  expect(other.payments).toEqual({ red: expect.closeTo(14 / Math.SQRT2, 12), green: 0, blue: 0 });
});

test('welfare is at least the best over the root of the number of goods, and no more where one good stands in the way of all', () => {
  const random = seededRandom(1999);
  for (let run = 0; run < 300; run++) {
    const goods = ['A', 'B', 'C', 'D', 'E', 'F'].slice(0, 1 + random.below(6));
    const bids = Array.from({ length: 1 + random.below(7) }, (_, agent) => ({
      agent: `agent${agent}`,
      bundle: random.shuffled(goods).slice(0, 1 + random.below(goods.length)),
      value: 1 + random.below(50),
    }));
    const reports = Object.fromEntries(
      bids.map(({ agent, bundle, value }): [string, PackageBids] => [agent, { xor: [{ bundle, value }] }]),
    );
    const { metrics } = mechane.run('auction-combinatorial/greedy', { settings: { goods }, reports });
    let best = 0;
    for (let chosen = 0; chosen < 2 ** bids.length; chosen++) {
      const own = bids.filter((_, bid) => (chosen >> bid) % 2 === 1);
      const wanted = own.flatMap(({ bundle }) => bundle);
      if (new Set(wanted).size === wanted.length)
        best = Math.max(
          best,
          own.reduce((sum, { value }) => sum + value, 0),
        );
    }
    expect(metrics.welfare as number, `run ${run}`).toBeGreaterThanOrEqual(best / Math.sqrt(goods.length) - 1e-9);
    expect(metrics.efficiency, `run ${run}`).toBeCloseTo((metrics.welfare as number) / best, 12);
  }
  const goods = Array.from({ length: 9 }, (_, good) => `good${good}`);
  const worst: Record<string, PackageBids> = {
    one: { xor: [{ bundle: ['good0'], value: 100 }] },
    all: { xor: [{ bundle: goods, value: 299 }] },
  };
  expect(mechane.run('auction-combinatorial/greedy', { settings: { goods }, reports: worst }).metrics.welfare).toBe(
    100,
  );
});
