import { readFileSync } from 'node:fs';
import { byCodeUnit, createMechane, seededRandom } from '@mechane/core';
import { solvePacking } from '@mechane/packing';
import { expect, test } from 'vitest';
import { auctionPacking } from '../src/auction-packing.ts';
import { copiesOf } from '../src/goods.ts';
import { combinatorialAuctions, readCats } from '../src/index.ts';

const optima: readonly (readonly [string, number])[] = [
  ['L3-64-250', 16313.124],
  ['L6-64-250', 52006.836],
  ['L7-64-250', 33404.96],
  ['paths-64-250', 20.924712],
  ['regions-64-250', 3973.2182],
  ['scheduling-64-250', 41.393088],
];
const mechane = createMechane().use(combinatorialAuctions);

test.each(optima)('the optimum of CATS %s is %d, as HiGHS proved', (name, welfare) => {
  const { settings, reports } = readCats(readFileSync(new URL(`cats/${name}.txt`, import.meta.url), 'utf8'));
  const { metrics, certificate } = mechane.run('auction-combinatorial/first-price', { settings, reports });
  expect(metrics.welfare).toBeCloseTo(welfare, 6);
  expect(certificate).toMatchObject({ status: 'optimal', gap: 0 });
});

test('a search that a limit stops says how far it may be from the optimum', () => {
  const { settings, reports } = readCats(readFileSync(new URL('cats/L3-64-250.txt', import.meta.url), 'utf8'));
  for (const limits of [{ timeLimit: 0 }, { nodeLimit: 0 }, { nodeLimit: 1 }, { nodeLimit: 5 }, { timeLimit: 0.02 }]) {
    const play = { settings: { ...settings, ...limits }, reports };
    const { certificate, metrics } = mechane.run('auction-combinatorial/first-price', play);
    const { status, welfare, bound, gap } = certificate;
    expect(status).toBe('feasible');
    expect(welfare).toBeCloseTo(metrics.revenue as number, 6);
    expect(welfare).toBeLessThanOrEqual(16313.1241);
    expect(bound).toBeGreaterThanOrEqual(16313.1239);
    expect(gap).toBeCloseTo(1 - welfare / bound, 9);
    expect(metrics.efficiency).toBeNull();
    expect(() => mechane.run('auction-combinatorial/vcg', play)).toThrow('payments need a proof');
  }
});

test('a run that is called off while it searches keeps what it has', () => {
  const { settings, reports } = readCats(readFileSync(new URL('cats/L3-64-250.txt', import.meta.url), 'utf8'));
  const auction = auctionPacking(new Map(Object.entries(reports)), copiesOf(settings.goods), byCodeUnit);
  const { selection, bound } = solvePacking(auction.packing, { signal: AbortSignal.abort() });
  expect(bound).toBeGreaterThan(selection.value);
});

test.each(['first-price', 'vcg', 'core-selecting', 'greedy', 'ascending-proxy'] as const)(
  '%s: of more copies than 32 bits count, everybody gets one',
  (rule) => {
    const ann = { xor: [{ bundle: ['A'], value: 3 }] };
    const bob = { or: [{ bundle: ['A', 'B'], value: 5 }] };
    for (const copies of [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
      const settings = { goods: { A: copies, B: 1 } };
      const { outcome } = mechane.run(`auction-combinatorial/${rule}`, { settings, reports: { ann, bob } });
      expect(outcome.allocation).toEqual({ ann: ['A'], bob: ['A', 'B'] });
    }
  },
);

test('the same auction has the same outcome every time', () => {
  const { settings, reports } = readCats(readFileSync(new URL('cats/L6-64-250.txt', import.meta.url), 'utf8'));
  const [one, other] = [0, 1].map(() => mechane.run('auction-combinatorial/first-price', { settings, reports }));
  expect(one).toEqual(other);
});

test('bids of whole numbers whose sum comes near to 2⁵³ are added up to the last unit', () => {
  const random = seededRandom(53);
  const goods = ['A', 'B', 'C', 'D'];
  for (let run = 0; run < 300; run++) {
    const bids = Array.from({ length: 7 }, (_, agent) => ({
      agent: `bidder${agent}`,
      bundle: random.shuffled(goods).slice(0, 1 + random.below(3)),
      value: 2 ** 50 - random.below(2 ** 20) * random.below(2),
    }));
    let best = 0n;
    for (let some = 0; some < 2 ** bids.length; some++) {
      const chosen = bids.filter((_, index) => (some >> index) % 2 === 1);
      const named = chosen.flatMap(({ bundle }) => bundle);
      if (new Set(named).size < named.length) continue;
      const worth = chosen.reduce((sum, { value }) => sum + BigInt(value), 0n);
      if (worth > best) best = worth;
    }
    const reports = Object.fromEntries(bids.map(({ agent, bundle, value }) => [agent, { xor: [{ bundle, value }] }]));
    for (const rule of ['first-price', 'vcg', 'core-selecting'] as const) {
      const { outcome, certificate } = mechane.run(`auction-combinatorial/${rule}`, { settings: { goods }, reports });
      const worth = bids
        .filter(({ agent }) => outcome.allocation[agent] !== undefined)
        .reduce((sum, { value }) => sum + BigInt(value), 0n);
      expect([worth, certificate?.status], `${rule}, run ${run}`).toEqual([best, 'optimal']);
    }
  }
});
