import { byCodeUnit } from '@mechane/core';
import { type Proof, packingOf, solvePacking } from '@mechane/packing';
import { describe, expect, test } from 'vitest';
import { type AuctionPacking, auctionPacking } from '../src/auction-packing.ts';
import type { PackageBids } from '../src/index.ts';
import { recheckAllocation, recheckOptimum } from '../src/recheck.ts';

const reports = new Map<string, PackageBids>([
  [
    'ann',
    {
      xor: [
        { bundle: ['A'], value: 3 },
        { bundle: ['B'], value: 2 },
      ],
    },
  ],
  [
    'bob',
    {
      or: [
        { bundle: ['A', 'x'], value: 4 },
        { bundle: ['B', 'x'], value: 5 },
      ],
      dummies: ['x'],
    },
  ],
]);
const copies = new Map([
  ['A', 1],
  ['B', 2],
]);

test.each<readonly [Record<string, number[]>, number, string]>([
  [{ ann: [0], bob: [0] }, 7, 'A is given away 2 times'],
  [{ ann: [0, 1] }, 5, 'ann wins too often'],
  [{ bob: [1, 1] }, 10, 'bob wins too often'],
  [{ bob: [0, 1] }, 9, 'share a dummy'],
  [{ ann: [2] }, 0, 'did not make'],
  [{ eve: [0] }, 0, 'did not make'],
  [{ ann: [0] }, 4, 'worth 3, not 4'],
  [{ ann: [0] }, Number.NaN, 'worth 3'],
])('%j for %d: %s', (winning, welfare, problem) => {
  expect(() => recheckAllocation(reports, copies, new Map(Object.entries(winning)), welfare)).toThrow(problem);
});

test('what is right passes', () => {
  recheckAllocation(reports, copies, new Map(Object.entries({ ann: [0], bob: [1] })), 8);
});

describe('the claim that nothing is worth more', () => {
  const auction = auctionPacking(reports, copies, byCodeUnit);
  const { selection, proof } = solvePacking(auction.packing);
  const check = (changed: Partial<AuctionPacking>, most = selection.value, why = proof as Proof): string =>
    recheckOptimum(reports, copies, { ...auction, ...changed }, most, why);
  const packed = (
    values: readonly number[],
    rows: readonly number[][],
    capacity = [1, 2, 1, 1],
  ): AuctionPacking['packing'] => packingOf(values, rows, capacity);
  const rows = [
    [0, 2],
    [1, 2],
    [0, 3],
    [1, 3],
  ];

  test('is confirmed where it is right', () => {
    expect(selection.value).toBe(8);
    expect(check({})).toBe('bound');
    expect(check({ packing: packed([3, 2, 4, 5], rows) })).toBe('bound');
  });

  test.each<readonly [string, () => unknown, string]>([
    ['less than there is', () => check({}, 7), 'trying all finds more'],
    [
      'bids that stand in another place',
      () => check({ bids: auction.bids.slice(1) }),
      'bid 1 of ann was counted as 3 units',
    ],
    ['a bid twice', () => check({ bids: [...auction.bids, ...auction.bids] }), 'made no bid 0'],
    [
      'a bid that nobody made',
      () => check({ bids: [{ agent: 'eve', position: 0, goods: [], value: 3 }] }),
      'eve made no',
    ],
    ['a bid at another value', () => check({ packing: packed([3, 2, 4, 4], rows) }), 'counted as 4 units'],
    ['too few copies', () => check({ packing: packed([3, 2, 4, 5], rows, [1, 1, 1, 1]) }), 'B was counted wrong'],
    [
      'a good that a bid does not want',
      () => check({ packing: packed([3, 2, 4, 5], [[0, 1, 2], ...rows.slice(1)]) }),
      'B was',
    ],
    [
      'bids kept apart that are of two bidders',
      () =>
        check({
          packing: packed(
            [3, 2, 4, 5],
            [
              [0, 2],
              [1, 2],
              [0, 2],
              [1, 3],
            ],
          ),
        }),
      'kept apart',
    ],
  ])('is refused for %s', (_, act, problem) => {
    expect(act).toThrow(expect.objectContaining({ code: 'failed-recheck' }));
    expect(act).toThrow(new RegExp(problem));
  });
});

test('a bid that never reached the search is noticed: what is proved without it proves nothing', () => {
  const a = { bundle: ['A'], value: 3 };
  const goods = new Map([
    ['A', 1],
    ['B', 1],
  ]);
  const seen = new Map<string, PackageBids>([['ann', { xor: [a] }]]);
  const auction = auctionPacking(seen, goods, byCodeUnit);
  const { selection, proof } = solvePacking(auction.packing);
  const against = (reports: ReadonlyMap<string, PackageBids>) => () =>
    recheckOptimum(reports, goods, auction, selection.value, proof as Proof);
  expect(against(seen)()).toBe('bound');
  expect(against(new Map([['ann', { xor: [a, { bundle: ['B'], value: 9 }] }]]))).toThrow('bid 1 of ann was left out');
  expect(against(new Map([...seen, ['bob', { or: [{ bundle: ['B'], value: 9 }] }]]))).toThrow(
    'bid 0 of bob was left out',
  );
  // What is worth nothing need not be searched for.
  expect(against(new Map([['ann', { xor: [a, { bundle: ['B'], value: 0 }] }]]))()).toBe('bound');
});

describe('what a recheck allows, and what it does not', () => {
  const one = (bids: PackageBids): Map<string, PackageBids> => new Map([['ann', bids]]);
  const goods = new Map([
    ['A', 1],
    ['B', 1],
  ]);
  const searched = (reports: ReadonlyMap<string, PackageBids>) => {
    const auction = auctionPacking(reports, goods, byCodeUnit);
    const { selection, proof } = solvePacking(auction.packing);
    const check = (packing = auction.packing): string =>
      recheckOptimum(reports, goods, { ...auction, packing }, selection.value, proof as Proof);
    return { auction, check };
  };
  const refused = (problem: string) =>
    expect.objectContaining({
      code: 'failed-recheck',
      fix: 'report this as a bug',
      message: expect.stringContaining(problem),
    });

  test('worth is told up to rounding, of large sums too', () => {
    const large = one({ xor: [{ bundle: ['A'], value: 1e12 }] });
    const small = one({ xor: [{ bundle: ['A'], value: 0.5 }] });
    const winning = new Map([['ann', [0]]]);
    recheckAllocation(large, goods, winning, 1e12 + 900);
    expect(() => recheckAllocation(large, goods, winning, 1e12 + 1_100)).toThrow(refused('are worth'));
    recheckAllocation(small, goods, winning, 0.5 + 9e-10);
    expect(() => recheckAllocation(small, goods, winning, 0.5 + 2e-9)).toThrow(refused('are worth'));
  });

  test('decimals are counted in their units, and by no unit more or less', () => {
    const reports = one({
      or: [
        { bundle: ['A'], value: 0.5 },
        { bundle: ['B'], value: 1.25 },
      ],
    });
    const { auction, check } = searched(reports);
    expect(check()).toBe('bound');
    const { values } = auction.packing;
    expect(values[1]).toBe(2.5 * (values[0] as number));
    for (const change of [1, -1]) {
      const miscounted = {
        ...auction.packing,
        values: values.map((value, bid) => (bid === 0 ? value + change : value)),
      };
      expect(() => check(miscounted)).toThrow(refused('bid 0 of ann was counted as'));
    }
  });

  test('what is worth next to nothing counts as one unit, and as no more', () => {
    const { auction, check } = searched(
      one({
        or: [
          { bundle: ['A'], value: 1e-20 },
          { bundle: ['B'], value: 2 ** 40 + 1 / 3 },
        ],
      }),
    );
    const { values } = auction.packing;
    expect(values[0]).toBe(1);
    expect(['bound', 'feasibility']).toContain(check());
    const twice = { ...auction.packing, values: values.map((value, bid) => (bid === 0 ? 2 : value)) };
    expect(() => check(twice)).toThrow(refused('bid 0 of ann was counted as 2 units'));
    // What is worth nothing is nothing.
    const free = one({
      or: [
        { bundle: ['A'], value: 0 },
        { bundle: ['B'], value: 2 },
      ],
    });
    const packing = packingOf([1, 2], [[0], [1]], [1, 1]);
    const bids = [0, 1].map((position) => ({ agent: 'ann', position, goods: [position], value: 2 * position }));
    const counted = { ...searched(free).auction, bids, packing } as AuctionPacking;
    expect(() => recheckOptimum(free, goods, counted, 3, { kind: 'counted' })).toThrow(refused('counted as 1 units'));
  });

  test('bids of one bidder are kept apart by an xor, or by a dummy that all of them have, and by nothing else', () => {
    const bundles = (...all: readonly string[][]) => all.map((bundle) => ({ bundle, value: 2 }));
    const apart = packingOf(
      [2, 2],
      [
        [0, 2],
        [1, 2],
      ],
      [1, 1, 1],
    );
    const checkApart = (bids: PackageBids, packing = apart) => {
      const { auction } = searched(one(bids));
      return recheckOptimum(one(bids), goods, { ...auction, packing } as AuctionPacking, 2, { kind: 'counted' });
    };
    expect(checkApart({ xor: bundles(['A'], ['B']) })).toBe('bound');
    expect(checkApart({ or: bundles(['A', 'x'], ['B', 'x']), dummies: ['x'] })).toBe('bound');
    expect(checkApart({ or: bundles(['A', 'x', 'y'], ['B', 'x']), dummies: ['x', 'y'] })).toBe('bound');
    expect(() => checkApart({ or: bundles(['A', 'x'], ['B']), dummies: ['x'] })).toThrow(refused('kept apart'));
    expect(() => checkApart({ or: bundles(['A'], ['B']) })).toThrow(refused('kept apart'));
    // Nor is there no room for one.
    const closed = { ...apart, capacity: Int32Array.of(1, 1, 0) };
    expect(() => checkApart({ xor: bundles(['A'], ['B']) }, closed)).toThrow(refused('kept apart'));
  });
});
