import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { cheapestPaths } from '../src/generators/cheapest-paths.ts';
import { quadraticPrice } from '../src/generators/legacy.ts';
import { flightTime } from '../src/generators/matching.ts';
import { regionMap } from '../src/generators/regions.ts';
import { type RoadMap, roadMap } from '../src/generators/road-map.ts';
import { normal, subset, weighted } from '../src/generators/variates.ts';
import { bidsOf, type FlatBid, generated, mean, strayOf } from './generated.ts';

/** A big sample, nothing left out. */
const sample = (id: string, settings: object = {}): FlatBid[] =>
  bidsOf(generated(id, { goods: 64, bids: 6_000, removeDominated: false, ...settings }, 42));

function expectMean(values: readonly number[], expected: number): void {
  expect(Math.abs(mean(values) - expected)).toBeLessThan(strayOf(values));
}

const sizes = (bids: readonly FlatBid[]): number[] => bids.map(({ goods }) => goods.length);
const perGood = (bids: readonly FlatBid[]): number[] => bids.map(({ goods, value }) => value / goods.length);
const values = (bids: readonly FlatBid[]): number[] => bids.map(({ value }) => value);

describe('sizes of bundles', () => {
  test('L1 and L2: any number of goods, each as likely', () => {
    for (const id of ['cats-l1', 'cats-l2']) expectMean(sizes(sample(id)), 65 / 2);
  });

  test('L3 and L8: three goods', () => {
    for (const id of ['cats-l3', 'cats-l8']) expect(new Set(sizes(sample(id)))).toEqual(new Set([3]));
    expect(new Set(sizes(sample('cats-l3', { goods: 2 })))).toEqual(new Set([2]));
  });

  test('L4: one good and one more with probability 0.55, so 1 / 0.45 on average, and 45 % have one', () => {
    const drawn = sizes(sample('cats-l4'));
    expectMean(drawn, 1 / 0.45);
    expectMean(
      drawn.map((size) => (size === 1 ? 1 : 0)),
      0.45,
    );
    expectMean(
      drawn.map((size) => (size === 2 ? 1 : 0)),
      0.45 * 0.55,
    );
  });

  test('L5: normal with mean 4 and deviation 1', () => {
    const drawn = sizes(sample('cats-l5'));
    expectMean(drawn, 4);
    // Rounding to whole goods adds 1/12 to the variance.
    expectMean(
      drawn.map((size) => (size - 4) ** 2),
      1 + 1 / 12,
    );
    expect(new Set(sizes(sample('cats-l5', { goods: 5, meanSize: 100, sizeDeviation: 0 })))).toEqual(new Set([5]));
  });

  test('L6: n goods in proportion to e to the −n/5, so 1 / (1 − e^(−1/5)) on average', () => {
    const drawn = sizes(sample('cats-l6'));
    expectMean(drawn, 1 / (1 - Math.exp(-1 / 5)));
    expectMean(
      drawn.map((size) => (size === 1 ? 1 : 0)),
      1 - Math.exp(-1 / 5),
    );
  });

  test('L7: binomial, each good with probability 0.2', () => {
    const drawn = sizes(sample('cats-l7'));
    expectMean(drawn, 64 * 0.2);
    expectMean(
      drawn.map((size) => (size - 12.8) ** 2),
      64 * 0.2 * 0.8,
    );
    expectMean(sizes(sample('cats-l7', { goods: 2 })), 0.4 / (1 - 0.8 ** 2));
  });

  test('every good is asked for as often as any other', () => {
    const drawn = sample('cats-l3');
    for (const good of [0, 31, 63])
      expectMean(
        drawn.map(({ goods }) => (goods.includes(good) ? 1 : 0)),
        3 / 64,
      );
  });
});

describe('prices', () => {
  test('L1 and L3: evenly from 0 to 1, whatever the size', () => {
    for (const id of ['cats-l1', 'cats-l3']) {
      const drawn = values(sample(id));
      expectMean(drawn, 1 / 2);
      expectMean(
        drawn.map((value) => (value - 1 / 2) ** 2),
        1 / 12,
      );
    }
  });

  test('L2 and L4: evenly from 0 to 1 for each good', () => {
    for (const id of ['cats-l2', 'cats-l4']) expectMean(perGood(sample(id)), 1 / 2);
  });

  test('L6 and L7: evenly from 0.5 to 1.5 for each good', () => {
    for (const id of ['cats-l6', 'cats-l7']) {
      const drawn = perGood(sample(id));
      expectMean(drawn, 1);
      expectMean(
        drawn.map((value) => (value - 1) ** 2),
        1 / 12,
      );
    }
  });

  test('L5: normal with mean 16 and deviation 3, never negative', () => {
    const drawn = values(sample('cats-l5'));
    expectMean(drawn, 16);
    expectMean(
      drawn.map((value) => (value - 16) ** 2),
      9,
    );
    expect(Math.min(...values(sample('cats-l5', { meanPrice: 0 })))).toBe(0);
  });

  test('L8: goods by themselves and every two together, 3/2 + 3/4 on average', () => {
    expect(quadraticPrice([1, 2, 3])).toBe(1 + 2 + 3 + 1 * 2 + 1 * 3 + 2 * 3);
    expectMean(values(sample('cats-l8')), 3 / 2 + 3 / 4);
  });
});

describe('scheduling', () => {
  const bids = sample('cats-scheduling', { bids: 3_000 });
  const jobs = [...new Set(bids.map(({ bidder }) => bidder))].map((bidder) =>
    bids.filter((bid) => bid.bidder === bidder),
  );

  test('a job wants slots in a row, as many wherever it stands, ten at most', () => {
    for (const job of jobs) {
      expect(new Set(sizes(job)).size).toBe(1);
      for (const { goods } of job) {
        expect(goods.length).toBeLessThanOrEqual(10);
        expect((goods.at(-1) as number) - (goods[0] as number)).toBe(goods.length - 1);
      }
    }
  });

  test('it begins at every slot until its last deadline, and never gains by ending later', () => {
    // The last job has been cut to the number of bids.
    for (const job of jobs.slice(0, -1)) {
      expect(job.map(({ goods }) => goods[0])).toEqual(job.map((_, slot) => slot));
      for (const [slot, { value }] of job.entries())
        expect(value).toBeLessThanOrEqual(job[slot - 1]?.value ?? Infinity);
    }
  });

  test('a job of l slots is worth from half to one and a half times l to the 1.2 before its first deadline', () => {
    const worth = jobs.map((job) => (job[0] as FlatBid).value / (job[0] as FlatBid).goods.length ** 1.2);
    expect(Math.min(...worth)).toBeGreaterThan(0.4999);
    expect(Math.max(...worth)).toBeLessThan(1.5001);
    expectMean(worth, 1);
  });

  test('what it is worth falls in proportion to the deadline', () => {
    for (const job of jobs.slice(0, -1)) {
      const deadlines = job.filter(({ value }, slot) => value !== job[slot + 1]?.value);
      const products = deadlines.map(({ goods, value }) => value * ((goods.at(-1) as number) + 1));
      for (const product of products) expect(product / (products[0] as number)).toBeCloseTo(1, 4);
    }
  });
});

describe('matching', () => {
  const bids = sample('cats-matching', { goods: 256, bids: 4_000 });
  const times = 64;
  const slot = (good: number): { airport: number; time: number } => ({ airport: good % 4, time: Math.floor(good / 4) });

  test('a bid is for a slot at one airport and a later one at another, never within New York', () => {
    for (const { goods } of bids) {
      expect(goods).toHaveLength(2);
      const [from, to] = goods.map(slot) as [ReturnType<typeof slot>, ReturnType<typeof slot>];
      expect(to.airport).not.toBe(from.airport);
      expect([from.airport, to.airport].sort()).not.toEqual([2, 3]);
      expect(to.time - from.time).toBeGreaterThanOrEqual(flightTime([from.airport, to.airport], times));
    }
  });

  test('the longest way, from Chicago to Kennedy, takes ten slots, and no way takes none', () => {
    expect(flightTime([0, 2], times)).toBe(10);
    expect(flightTime([0, 2], 4)).toBe(3);
    expect(flightTime([1, 3], 2)).toBe(1);
    expect(flightTime([1, 2], times)).toBe(flightTime([2, 1], times));
  });

  test('a slot longer on the way is worth a tenth less, a slot late a quarter less', () => {
    const flights = new Map<string, FlatBid[]>();
    for (const bid of bids) flights.set(bid.bidder, [...(flights.get(bid.bidder) ?? []), bid]);
    for (const flight of [...flights.values()].slice(0, -1)) {
      const best = Math.max(...values(flight));
      for (const { value } of flight) {
        const powers = [0, 1, 2, 3].flatMap((delay) => [0, 1, 2].map((late) => 0.9 ** delay * 0.75 ** late));
        expect(Math.min(...powers.map((power) => Math.abs(power - value / best)))).toBeLessThan(1e-4);
      }
    }
  });

  test('a flight in the middle of the day has ten combinations of slots', () => {
    // Take-off from 1 early to 2 late, landing up to 2 late: 4 + 3 + 2 + 1, less by the one landing that is too early: none.
    const counts = new Map<string, number>();
    for (const { bidder } of bids) counts.set(bidder, (counts.get(bidder) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBe(10);
  });
});

describe('paths', () => {
  const parameters = { goods: 90, initialConnections: 2, edgeDensity: 3, buildingPenalty: 1.7 };
  const map = roadMap(parameters, seededRandom(42));

  test('there are as many roads as goods, each once, between cities on a square', () => {
    expect(map.roads).toHaveLength(90);
    expect(
      new Set(map.roads.map(({ ends: [one, other] }) => [Math.min(one, other), Math.max(one, other)].join())).size,
    ).toBe(90);
    for (const { ends, length } of map.roads) {
      const [[x, y], [u, v]] = ends.map((end) => map.cities[end]) as [[number, number], [number, number]];
      expect(length).toBeCloseTo(Math.hypot(x - u, y - v), 12);
    }
    for (const city of map.cities.flat()) expect(city >= 0 && city < 1).toBe(true);
    for (const [city, roads] of map.at.entries())
      for (const road of roads) expect(map.roads[road]?.ends).toContain(city);
  });

  test('every city has roads to the two that were nearest when it was founded, thirty of them at once', () => {
    for (const [city, [x, y]] of map.cities.entries()) {
      const near = map.cities
        .map(([u, v], other) => ({ other, away: Math.hypot(x - u, y - v) }))
        .filter(({ other }) => other !== city && other < Math.max(30, city))
        .sort((a, b) => a.away - b.away)
        .slice(0, 2);
      const linked = new Set(map.at[city]?.flatMap((road) => map.roads[road]?.ends ?? []));
      for (const { other } of near) expect(linked).toContain(other);
    }
  });

  test('the ways are the cheapest that pass no city twice, as a look at all of them finds', () => {
    const small = roadMap({ ...parameters, goods: 16 }, seededRandom(5));
    for (let from = 0; from < small.cities.length; from++) {
      for (let to = 0; to < small.cities.length; to++) {
        if (from === to) continue;
        const all = everyPath(small, from, to).sort((a, b) => a - b);
        const limit = (all[3] ?? all[0] ?? 1) * 1.01;
        const expected = all.filter((cost) => cost < limit).slice(0, 5);
        const found = cheapestPaths(small, from, to, 5, limit).map(({ cost }) => cost);
        expect(found).toHaveLength(expected.length);
        for (const [rank, cost] of found.entries()) expect(cost).toBeCloseTo(expected[rank] as number, 12);
      }
    }
  });

  test('a bid is for the roads of one way, and a shipper has five at most', () => {
    const instance = generated('cats-paths', { goods: 90, bids: 300 }, 42);
    for (const { goods } of bidsOf(instance)) expect(isPath(map, goods)).toBe(true);
    for (const { xor } of Object.values(instance.reports)) expect(xor.length).toBeLessThanOrEqual(5);
  });

  test('a shipper bids what the trip is worth less what the way costs, so longer ways get less', () => {
    const instance = generated('cats-paths', { goods: 90, bids: 300, removeDominated: false }, 42);
    for (const { xor } of Object.values(instance.reports)) {
      const trips = xor.map(
        ({ bundle, value }) => value + bundle.reduce((sum, road) => sum + (map.roads[Number(road)]?.length ?? NaN), 0),
      );
      for (const trip of trips) expect(trip).toBeCloseTo(trips[0] as number, 4);
    }
  });

  test('where roads do not pay, more cities are founded until there are enough', () => {
    const sparse = roadMap({ ...parameters, goods: 40, edgeDensity: 10, buildingPenalty: 1 }, seededRandom(1));
    expect(sparse.roads).toHaveLength(40);
    const dear = roadMap({ ...parameters, goods: 40, edgeDensity: 10, buildingPenalty: 100 }, seededRandom(1));
    expect(dear.roads).toHaveLength(40);
    expect(dear.cities.length).toBeGreaterThan(sparse.cities.length);
  });
});

function everyPath(map: RoadMap, from: number, to: number, passed: readonly number[] = [from]): number[] {
  if (from === to) return [0];
  return (map.at[from] as readonly number[]).flatMap((road) => {
    const { ends, length } = map.roads[road] as RoadMap['roads'][number];
    const next = ends[0] === from ? ends[1] : ends[0];
    return passed.includes(next) ? [] : everyPath(map, next, to, [...passed, next]).map((cost) => cost + length);
  });
}

/** Whether roads make one way: two cities with one road, the others with two, all in one piece. */
function isPath(map: RoadMap, roads: readonly number[]): boolean {
  const degrees = new Map<number, number>();
  for (const road of roads)
    for (const city of map.roads[road]?.ends ?? []) degrees.set(city, (degrees.get(city) ?? 0) + 1);
  const ends = [...degrees.values()].filter((degree) => degree === 1).length;
  return ends === 2 && [...degrees.values()].every((degree) => degree <= 2) && degrees.size === roads.length + 1;
}

describe('regions', () => {
  const whole = { goods: 64, threeNeighbours: 1, additionalNeighbour: 0.2 };
  const map = regionMap(whole, seededRandom(42));
  const apart = (one: number, other: number): [number, number] => [
    Math.abs(Math.floor(one / 8) - Math.floor(other / 8)),
    Math.abs((one % 8) - (other % 8)),
  ];

  test('regions border on some beside them and across corners, mutually', () => {
    for (const [region, borders] of map.entries()) {
      for (const other of borders) {
        expect(Math.max(...apart(region, other))).toBe(1);
        expect(map[other]).toContain(region);
      }
      expect(borders.size).toBeGreaterThanOrEqual(2);
    }
  });

  test('no two borders across a corner cross', () => {
    for (let region = 0; region < 56; region++) {
      if (region % 8 < 7) expect(map[region]?.has(region + 9) && map[region + 1]?.has(region + 8)).toBe(false);
    }
    const crowded = regionMap({ ...whole, additionalNeighbour: 0.99 }, seededRandom(1));
    for (let region = 0; region < 56; region++) {
      if (region % 8 < 7) expect(crowded[region]?.has(region + 9) && crowded[region + 1]?.has(region + 8)).toBe(false);
    }
  });

  test('with all four neighbours and no diagonal ones it is the grid, also where the last row is short', () => {
    const grid = regionMap({ goods: 60, threeNeighbours: 0, additionalNeighbour: 0 }, seededRandom(1));
    for (const [region, borders] of grid.entries()) {
      const beside = Array.from({ length: 60 }, (_, other) => other).filter(
        (other) => apart(region, other).reduce((a, b) => a + b) === 1,
      );
      expect([...borders].sort((a, b) => a - b)).toEqual(beside);
    }
  });

  test('without jumps a bundle is in one piece', () => {
    const { threeNeighbours, additionalNeighbour } = whole;
    const bids = bidsOf(
      generated('cats-regions', { goods: 64, bids: 200, jump: 0, threeNeighbours, additionalNeighbour }, 42),
    );
    for (const { goods } of bids) {
      const reached = [goods[0] as number];
      for (const region of reached)
        for (const other of map[region] ?? [])
          if (goods.includes(other) && !reached.includes(other)) reached.push(other);
      expect(reached).toHaveLength(goods.length);
    }
  });
});

describe.each(['cats-regions', 'cats-arbitrary'])('%s', (id) => {
  const instance = generated(id, { goods: 64, bids: 2_000, removeDominated: false }, 42);
  const bidders = Object.values(instance.reports).slice(0, -1);

  test('a bidder bids on a bundle and five others of its size at most, the most valuable first', () => {
    for (const { xor } of bidders) {
      expect(xor.length).toBeLessThanOrEqual(6);
      expect(new Set(xor.map(({ bundle }) => bundle.length)).size).toBe(1);
      expect(new Set(xor.map(({ bundle }) => bundle.join())).size).toBe(xor.length);
      const others = xor.slice(1).map(({ value }) => value);
      expect(others).toEqual([...others].sort((a, b) => b - a));
    }
  });

  test('no other bundle costs more than one and a half times the first', () => {
    for (const { xor } of bidders) {
      const [first] = xor.map(({ value }) => value) as [number];
      for (const { value } of xor) expect(value).toBeLessThanOrEqual(1.500001 * first);
    }
  });

  test('bundles grow by one with probability 0.9: ten goods on average, one in ten', { tags: ['long'] }, () => {
    // Bundles whose value is negative are drawn again; without private values none is.
    const drawn = Object.values(
      generated(id, { goods: 200, bids: 3_000, maxSubstitutes: 0, deviation: 0, removeDominated: false }, 3).reports,
    );
    const counts = drawn.map(({ xor }) => xor[0]?.bundle.length as number);
    expectMean(counts, 10);
    expectMean(
      counts.map((size) => (size === 1 ? 1 : 0)),
      0.1,
    );
  });

  test('n goods are worth n to the 1.2 more than by themselves, where values are common', () => {
    const drawn = bidsOf(generated(id, { goods: 8, bids: 400, deviation: 0, removeDominated: false, maxGoodValue: 1 }));
    // With a largest value of 1 every good has the common value 1.
    for (const { goods, value } of drawn) expect(value).toBeCloseTo(goods.length + goods.length ** 1.2, 3);
    expect(drawn.some(({ goods }) => goods.length === 8)).toBe(true);
  });
});

describe('variates', () => {
  test('are normal', () => {
    const random = seededRandom(1);
    const drawn = Array.from({ length: 20_000 }, () => normal(random, 3, 2));
    expectMean(drawn, 3);
    expectMean(
      drawn.map((value) => (value - 3) ** 2),
      4,
    );
    expectMean(
      drawn.map((value) => (Math.abs(value - 3) < 2 ? 1 : 0)),
      0.682689,
    );
  });

  test('are subsets, each as likely', () => {
    const random = seededRandom(2);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 6_000; draw++) {
      const key = subset(random, 2, 4).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['0,1', '0,2', '0,3', '1,2', '1,3', '2,3']);
    for (const count of counts.values())
      expect(Math.abs(count - 1_000)).toBeLessThan(5 * Math.sqrt(6_000 * (1 / 6) * (5 / 6)));
  });

  test('go by weights, and never to a weight of 0', () => {
    const random = seededRandom(3);
    const drawn = Array.from({ length: 10_000 }, () => weighted(random, [0, 1, 0, 3, 0], 4));
    expect(new Set(drawn)).toEqual(new Set([1, 3]));
    expectMean(
      drawn.map((position) => (position === 3 ? 1 : 0)),
      0.75,
    );
    // Rounding may leave the sum of weights a little below their total.
    expect(weighted({ ...random, next: () => 1 }, [1, 1, 0], 2)).toBe(1);
  });
});
