import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { mostBids, mostCells } from '../src/generators/cats-settings.ts';
import { packageGenerators } from '../src/generators/package-generators.ts';
import { writeCats } from '../src/generators/write-cats.ts';
import { packageBids } from '../src/package-bids.ts';
import { readCats } from '../src/read-cats.ts';
import { faultOf } from './fault-of.ts';
import { bidsOf, generated } from './generated.ts';

const ids = packageGenerators.map(({ id }) => id);
const cats = ids.filter((id) => id.startsWith('cats-'));

test('there are the five families, the eight legacy distributions, and two value models', () => {
  expect(ids).toEqual([
    ...['arbitrary', 'matching', 'paths', 'regions', 'scheduling'].map((family) => `cats-${family}`),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `cats-l${number}`),
    'gsvm',
    'lsvm',
  ]);
});

describe.each(ids)('%s', (id) => {
  const settings = id.startsWith('cats-') ? { goods: 32, bids: 60 } : { bundles: 30 };

  test('draws the same instance from the same seed, and another from another', () => {
    const first = generated(id, settings, 7);
    expect(generated(id, settings, 7)).toEqual(first);
    expect(generated(id, settings, 8)).not.toEqual(first);
  });

  test('draws reports that auctions accept, on goods that are for sale', () => {
    const {
      mechanism,
      settings: auction,
      reports,
    } = generated(id, { ...settings, mechanism: 'auction-combinatorial/vcg' });
    expect(mechanism).toBe('auction-combinatorial/vcg');
    const forSale = new Set(auction.goods);
    expect(forSale.size).toBe(auction.goods.length);
    for (const report of Object.values(reports)) {
      expect(packageBids.safeParse(report).error).toBe(undefined);
      for (const { bundle } of report.xor) for (const good of bundle) expect(forSale).toContain(good);
    }
  });

  test('has values of six digits, which auctions count exactly', () => {
    for (const { value } of bidsOf(generated(id, settings))) expect(value).toBe(Number(value.toPrecision(6)));
  });

  test('is written as a CATS file that is read back to the same auction', () => {
    const instance = generated(id, settings);
    const { goods } = instance.settings;
    const read = readCats(writeCats(instance));
    expect(read.settings.goods).toHaveLength(goods.length);
    const named = Object.values(read.reports).map((report) =>
      'xor' in report
        ? report.xor.map((bid) => ({ ...bid, bundle: bid.bundle.map((good) => goods[Number(good)]) }))
        : [],
    );
    const ordered = Object.values(instance.reports).map(({ xor }) =>
      xor.map((bid) => ({ ...bid, bundle: goods.filter((good) => bid.bundle.includes(good)) })),
    );
    expect(named).toEqual(ordered);
  });
});

describe.each(cats)('%s', (id) => {
  test.each([1, 17, 250])('has exactly %i bids, of bidders numbered in order', (bids) => {
    const { settings, reports } = generated(id, { goods: 64, bids });
    expect(settings.goods).toEqual(Array.from({ length: 64 }, (_, good) => String(good)));
    expect(bidsOf({ mechanism: '', settings, reports })).toHaveLength(bids);
    expect(Object.keys(reports)).toEqual(Object.keys(reports).map((_, index) => `bidder${index}`));
  });

  test('reads back from a CATS file under the same names', () => {
    const { settings, reports } = generated(id, { goods: 16, bids: 40 });
    expect(readCats(writeCats({ mechanism: '', settings, reports }))).toEqual({ settings, reports });
  });

  test('leaves out bids that another can take the place of, on request', () => {
    const bids = bidsOf(generated(id, { goods: 16, bids: 12, removeDominated: true }));
    const alone = (bidder: string): boolean => bids.filter((bid) => bid.bidder === bidder).length === 1;
    for (const bid of bids) {
      for (const other of bids) {
        if (other === bid || !(other.bidder === bid.bidder || alone(other.bidder))) continue;
        const replaces = other.value >= bid.value && other.goods.every((good) => bid.goods.includes(good));
        expect(replaces).toBe(false);
      }
    }
  });

  test('refuses sizes before it takes memory for them', () => {
    const refuses = (settings: object): string => faultOf(() => generated(id, settings));
    expect(refuses({ goods: 1e9 })).toBe('invalid-settings settings.goods');
    expect(refuses({ bids: 1e9 })).toBe('invalid-settings settings.bids');
    expect(refuses({ bids: 0 })).toBe('invalid-settings settings.bids');
    expect(refuses({ goods: 0 })).toBe('invalid-settings settings.goods');
    expect(refuses({ goods: Number.NaN })).toBe('invalid-settings settings.goods');
    expect(refuses({ bid: 3 })).toBe('unknown-key settings.bid');
  });
});

test('goods times bids are bounded together', () => {
  const bids = mostCells / 5_000 + 1;
  expect(bids).toBeLessThan(mostBids);
  expect(faultOf(() => generated('cats-l2', { goods: 5_000, bids }))).toBe('invalid-settings settings.bids');
});

test.each([
  ['cats-l2', { alpha: 0.5 }, 'unknown-key settings.alpha'],
  ['cats-l4', { alpha: 1 }, 'invalid-settings settings.alpha'],
  ['cats-l7', { probability: 0 }, 'invalid-settings settings.probability'],
  ['cats-l1', { lowest: -1 }, 'invalid-settings settings.lowest'],
  ['cats-l1', { highest: Infinity }, 'invalid-settings settings.highest'],
  ['cats-matching', { goods: 30 }, 'invalid-settings settings.goods'],
  ['cats-arbitrary', { goods: 1_001 }, 'invalid-settings settings.goods'],
  ['cats-regions', { additionalGood: 1 }, 'invalid-settings settings.additionalGood'],
  ['gsvm', { goods: 18 }, 'unknown-key settings.goods'],
  ['lsvm', { bundles: 1e9 }, 'invalid-settings settings.bundles'],
] as const)('%s with %j: %s', (id, settings, expected) => {
  expect(faultOf(() => generated(id, settings))).toBe(expected);
});

test('a distribution that has no more bids to give says so instead of drawing for ever', () => {
  // Two goods have three bundles, so there are at most three bids of which none is dominated.
  expect(faultOf(() => generated('cats-l2', { goods: 2, bids: 4 }))).toBe('too-few-bids settings.bids');
  expect(bidsOf(generated('cats-l2', { goods: 2, bids: 4, removeDominated: false }))).toHaveLength(4);
  // A trip that is worth no more than the distance pays for no way that is not straight.
  const worthless = { goods: 8, shippingCostFactor: 1, removeDominated: false };
  expect(faultOf(() => generated('cats-paths', worthless))).toBe('too-few-bids settings.bids');
});

test('prices of the suite’s release 2.1 are drawn by its limits', () => {
  const values = bidsOf(generated('cats-l2', { lowest: 1, highest: 1000 })).map(
    ({ goods, value }) => value / goods.length,
  );
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0.999);
  expect(Math.max(...values)).toBeLessThanOrEqual(1000.001);
});

test('a generator draws from the random numbers that it is given only', () => {
  const [first] = packageGenerators;
  const parsed = first?.settings.parse({});
  expect(first?.generate(parsed, seededRandom(3))).toEqual(first?.generate(parsed, seededRandom(3)));
});
