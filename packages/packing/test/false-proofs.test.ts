import { type Random, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { PackingError } from '../src/errors.ts';
import { type Packing, packingOf, rowsOfSet } from '../src/packing.ts';
import { counted, type Proof, type ReductionStep } from '../src/proof.ts';
import { recheckBound } from '../src/recheck-bound.ts';

/*
 * Proofs that nobody's search would write, on packings so small that the truth is known by trying: whatever is written down, nothing below the
 * optimum is ever confirmed.
 */

const reduced = (...steps: readonly ReductionStep[]): Proof => ({ kind: 'reduced', steps, next: counted });

/** The best value by trying every collection of sets. */
function bestOfAll(packing: Packing): number {
  let best = 0;
  for (let chosen = 0; chosen < 2 ** packing.sets; chosen++) {
    const used = new Array<number>(packing.rows).fill(0);
    let value = 0;
    for (let set = 0; set < packing.sets; set++) {
      if ((chosen >> set) % 2 === 0) continue;
      value += packing.values[set] as number;
      for (const row of rowsOfSet(packing, set)) used[row] = (used[row] as number) + 1;
    }
    if (used.every((times, row) => times <= (packing.capacity[row] as number))) best = Math.max(best, value);
  }
  return best;
}

function confirms(packing: Packing, most: number, proof: Proof): boolean {
  try {
    return recheckBound(packing, most, proof) === 'bound';
  } catch (error) {
    if (error instanceof PackingError) return false;
    throw error;
  }
}

describe('a step that makes a case smaller is refused', () => {
  test.each<readonly [string, Packing, number, Proof, string]>([
    [
      'where a row has room for more than the one that it is to imply',
      packingOf(
        [3, 2],
        [
          [0, 1],
          [0, 1],
        ],
        [1, 2],
      ),
      2,
      reduced({ row: 0, impliedBy: 1 }, { obvious: 1 }),
      'row 0 is not implied',
    ],
    [
      'where two rows are to imply each other, and neither to count for what is obvious',
      packingOf(
        [3, 2],
        [
          [0, 1],
          [0, 1],
        ],
        [1, 1],
      ),
      2,
      reduced({ row: 0, impliedBy: 1 }, { row: 1, impliedBy: 0 }, { obvious: 1 }),
      'not sure to be in',
    ],
    [
      'where three rows are to imply each other in a circle',
      packingOf(
        [3, 2],
        [
          [0, 1, 2],
          [0, 1, 2],
        ],
        [1, 1, 1],
      ),
      2,
      reduced({ row: 0, impliedBy: 1 }, { row: 1, impliedBy: 2 }, { row: 2, impliedBy: 0 }, { obvious: 1 }),
      'not sure to be in',
    ],
    [
      'where a set is to be dominated by one that can be in beside it',
      packingOf([3, 2, 1], [[0], [0], [0]], [2]),
      4,
      reduced({ set: 1, dominatedBy: 0 }),
      'needs less',
    ],
    [
      'where a set is to be dominated by one that needs more',
      packingOf([3, 3, 3], [[0, 1], [0], [1]], [1, 1]),
      3,
      reduced({ set: 1, dominatedBy: 0 }),
      'needs less',
    ],
    [
      'where a set is obvious with rivals in a row that holds two',
      packingOf([3, 2, 2], [[0], [0], [0]], [2]),
      4,
      reduced({ obvious: 1 }),
      'several rivals',
    ],
    [
      'where a set is obvious and worth less than its rivals in two rows come to',
      packingOf([3, 2, 2], [[0, 1], [0], [1]], [1, 1]),
      3,
      reduced({ obvious: 0 }),
      'not sure to be in',
    ],
    [
      'where a set is obvious that no longer fits',
      packingOf([3, 2], [[0], [0]], [1]),
      2,
      reduced({ obvious: 0 }, { obvious: 1 }),
      'cannot be taken',
    ],
  ])('%s', (_, packing, most, proof, problem) => {
    expect(most).toBeLessThan(bestOfAll(packing));
    expect(() => recheckBound(packing, most, proof)).toThrow(problem);
  });
});

describe('a step that makes a case smaller is confirmed', () => {
  test.each<readonly [string, Packing, readonly ReductionStep[]]>([
    [
      'where every set of a row needs a tighter one too',
      packingOf(
        [3, 2],
        [
          [0, 1],
          [0, 1],
        ],
        [2, 1],
      ),
      [{ row: 0, impliedBy: 1 }],
    ],
    ['where a set in the way of one alone is worth as much', packingOf([2, 2], [[0], [0]], [1]), [{ obvious: 0 }]],
    ['where a row is in nobody’s way', packingOf([2, 2], [[0], [0]], [2]), [{ obvious: 0 }, { obvious: 1 }]],
    [
      'where a set is worth as much and needs no more',
      packingOf([2, 2], [[0], [0, 1]], [1, 1]),
      [{ set: 1, dominatedBy: 0 }],
    ],
    [
      'where what a set needs besides does not count any more',
      packingOf([2, 2, 2], [[0, 1], [0], [0, 1]], [1, 1]),
      [
        { row: 1, impliedBy: 0 },
        { set: 1, dominatedBy: 0 },
      ],
    ],
  ])('%s', (_, packing, steps) => {
    expect(recheckBound(packing, bestOfAll(packing), reduced(...steps))).toBe('bound');
  });
});

/** Every way in which three sets can want two rows, at every order of values. */
function* smallest(): Generator<Packing> {
  const wants = [[0], [1], [0, 1]];
  const orders = [
    [1, 1, 1],
    [1, 2, 3],
    [3, 2, 1],
    [2, 1, 2],
  ];
  const rooms = [
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
  ];
  for (const a of wants) {
    for (const b of wants) {
      for (const c of wants)
        for (const values of orders) for (const room of rooms) yield packingOf(values, [a, b, c], room);
    }
  }
}

function stepsOn(sets: number, rows: number): readonly ReductionStep[] {
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
  return [
    ...upTo(sets).map((obvious) => ({ obvious })),
    ...upTo(sets).flatMap((set) => upTo(sets).map((dominatedBy) => ({ set, dominatedBy }))),
    ...upTo(rows).flatMap((row) => upTo(rows).map((impliedBy) => ({ row, impliedBy }))),
  ];
}

test('no two steps, whichever, prove less than the optimum of three sets in two rows', { tags: ['long'] }, () => {
  const steps = stepsOn(3, 2);
  let confirmed = 0;
  for (const packing of smallest()) {
    const best = bestOfAll(packing);
    for (const first of steps) {
      for (const second of steps) {
        const proof = reduced(first, second);
        if (confirms(packing, best - 1, proof)) expect.unreachable(`${JSON.stringify([packing, proof])} is false`);
        if (confirms(packing, best, proof)) confirmed += 1;
      }
    }
  }
  // Among them are many that are right: it is not that everything is refused.
  expect(confirmed).toBeGreaterThan(2_000);
});

/** A packing of up to five sets in three rows. */
function drawnPacking(random: Random): Packing {
  const sets = 2 + random.below(4);
  const rowsOf = Array.from({ length: sets }, () => {
    const own = [0, 1, 2].filter(() => random.below(2) === 0);
    return own.length === 0 ? [random.below(3)] : own;
  });
  return packingOf(
    rowsOf.map(() => 1 + random.below(5)),
    rowsOf,
    [0, 1, 2].map(() => 1 + random.below(2)),
  );
}

/** A proof of any kind, of parts drawn at random: most are wrong, and some are right by chance. */
function drawnProof(packing: Packing, random: Random, depth: number): Proof {
  const list = <Part>(length: number, part: () => Part): Part[] => Array.from({ length }, part);
  const set = (): number => random.below(packing.sets);
  const some = (): number[] => list(1 + random.below(3), set);
  const next = (): Proof => drawnProof(packing, random, depth - 1);
  const price = (): number => random.below(5);
  const rows = [0, 1, 2].filter(() => random.below(2) === 0);
  switch (depth === 0 ? 0 : 1 + random.below(5)) {
    case 1: {
      const steps = stepsOn(packing.sets, packing.rows);
      return {
        kind: 'reduced',
        steps: list(1 + random.below(4), () => steps[random.below(steps.length)] as ReductionStep),
        next: next(),
      };
    }
    case 2: {
      const sets = [...new Set(some())];
      return { kind: 'branched', sets, taken: sets.map(next), none: next() };
    }
    case 3: {
      const cliques = list(random.below(3), some);
      const fraction = [1, 0.5, 2][random.below(3)] as number;
      return {
        kind: 'priced',
        rows: Int32Array.from(rows),
        rowPrices: Float64Array.from(rows, () => price() * fraction),
        cliques,
        cliquePrices: Float64Array.from(cliques, () => price() * fraction),
        fraction,
        beat: random.below(12) - 1,
        next: random.below(3) === 0 ? undefined : next(),
      };
    }
    case 4: {
      const sides = list(packing.sets, () => random.below(2));
      const parts = [0, 1].map((side) => ({
        sets: sides.flatMap((own, index) => (own === side ? [index] : [])),
        bound: random.below(6),
        proof: next(),
      }));
      return { kind: 'parted', parts };
    }
    case 5: {
      const cliques = list(random.below(3), some).flatMap((clique) => [price(), clique.length, ...clique]);
      return { kind: 'covered', rows, rowPrices: rows.map(price), cliques };
    }
    default:
      return counted;
  }
}

test('no proof made up at random proves less than the optimum', { tags: ['long'] }, () => {
  const random = seededRandom(17);
  let confirmed = 0;
  for (let drawn = 0; drawn < 2_000; drawn++) {
    const packing = drawnPacking(random);
    const best = bestOfAll(packing);
    for (let tried = 0; tried < 20; tried++) {
      const proof = drawnProof(packing, random, 1 + random.below(3));
      if (confirms(packing, best - 1, proof)) expect.unreachable(`${JSON.stringify([packing, proof])} is false`);
      if (confirms(packing, best, proof)) confirmed += 1;
    }
  }
  expect(confirmed).toBeGreaterThan(500);
});
