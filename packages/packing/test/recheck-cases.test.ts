import { describe, expect, test } from 'vitest';
import { packingOf } from '../src/packing.ts';
import { counted, type Priced, type Proof } from '../src/proof.ts';
import { recheckBound } from '../src/recheck-bound.ts';

/*
 * Proofs by cases, where what holds in a case does not hold outside of it.
 */

/** What no case with a free set in it can be proved by. */
const nonsense: Proof = { kind: 'parted', parts: [] };
const branched = (set: number, taken: Proof, none: Proof): Proof => ({
  kind: 'branched',
  sets: [set],
  taken: [taken],
  none,
});
const covered = (rows: readonly (readonly [row: number, price: number])[], ...cliques: readonly number[]): Proof => ({
  kind: 'covered',
  rows: rows.map(([row]) => row),
  rowPrices: rows.map(([, price]) => price),
  cliques,
});
const priced = (rows: readonly (readonly [number, number])[], clique: readonly number[], price: number): Priced => ({
  kind: 'priced',
  rows: Int32Array.from(rows, ([row]) => row),
  rowPrices: Float64Array.from(rows, ([, each]) => each),
  cliques: [clique],
  cliquePrices: Float64Array.of(price),
  fraction: 1,
  beat: 0,
  next: undefined,
});

describe('a set that is looked at again', () => {
  const apart = packingOf([3, 2], [[0], [1]], [1, 1]);
  const rivals = packingOf([3, 2, 1], [[0], [0], [1]], [1, 1]);
  test('in the case in which it is taken stays taken', () => {
    expect(recheckBound(apart, 5, branched(0, branched(0, counted, nonsense), counted))).toBe('bound');
    expect(() => recheckBound(apart, 5, branched(0, branched(0, nonsense, counted), counted))).toThrow('in no part');
  });
  test('in the case in which another took its room stays out', () => {
    expect(recheckBound(rivals, 4, branched(0, branched(1, nonsense, counted), counted))).toBe('bound');
    expect(() => recheckBound(rivals, 4, branched(0, branched(1, counted, nonsense), counted))).toThrow('in no part');
  });
  test('in the case in which it is left out stays out', () => {
    expect(recheckBound(apart, 5, branched(0, counted, branched(0, nonsense, counted)))).toBe('bound');
  });
  test('after a case is as it was before', () => {
    const twice: Proof = { kind: 'branched', sets: [0, 1], taken: [counted, counted], none: counted };
    expect(recheckBound(apart, 5, twice)).toBe('bound');
    expect(() => recheckBound(apart, 4, twice)).toThrow('finds more');
  });
});

describe('parts', () => {
  const apart = packingOf([3, 2], [[0], [1]], [1, 1]);
  const parts = (...bounds: readonly number[]): Proof => ({
    kind: 'parted',
    parts: bounds.map((bound, index) => ({ sets: index < 2 ? [index] : [], bound, proof: counted })),
  });
  test('are each looked at without the others', () => {
    expect(recheckBound(apart, 5, parts(3, 2))).toBe('bound');
    expect(recheckBound(apart, 6, parts(3, 3))).toBe('bound');
    expect(() => recheckBound(apart, 5, parts(2, 3))).toThrow('finds more');
    expect(() => recheckBound(apart, 5, parts(4, 1))).toThrow('finds more');
  });
  test('may be worth nothing', () => {
    expect(recheckBound(apart, 5, parts(3, 2, 0))).toBe('bound');
  });
});

test('trying all ends where there is more to try than a proof may ask for', { tags: ['long'] }, () => {
  const sets = 40;
  const packing = packingOf(
    Array.from({ length: sets }, () => 1),
    Array.from({ length: sets }, (_, set) => [0, 1 + (set % 2)]),
    [sets / 2, sets / 2, sets / 2],
  );
  expect(() => recheckBound(packing, sets, counted)).toThrow('more to try than was said');
});

describe('a price for one of several sets', () => {
  // Sets 0, 1 and 2 are rivals; sets 3 and 4 fit beside each other.
  const packing = packingOf([4, 3, 2, 5, 5], [[0, 1], [1, 2], [0, 2], [3], [3]], [1, 1, 1, 2]);
  test('is paid by the one that is taken', () => {
    const inCase = (most: number, proof: Proof) => () => recheckBound(packing, most, branched(0, proof, counted));
    expect(inCase(14, priced([[3, 5]], [0, 1, 2], 4))()).toBe('bound');
    expect(inCase(14, covered([[3, 5]], 4, 3, 0, 1, 2))()).toBe('bound');
    expect(inCase(13, priced([[3, 5]], [0, 1, 2], 4))).toThrow('prices prove 10, not 9');
    // Where nobody has taken one, it counts.
    expect(() => recheckBound(packing, 13, priced([[3, 5]], [0, 1, 2], 4))).toThrow('prices prove 14, not 13');
  });
  test('may be nothing, and for nobody', () => {
    expect(
      recheckBound(
        packing,
        14,
        covered(
          [
            [3, 5],
            [0, 0],
          ],
          4,
          3,
          0,
          1,
          2,
          0,
          1,
          3,
        ),
      ),
    ).toBe('bound');
    expect(recheckBound(packing, 17, covered([[3, 5]], 3, 0, 4, 3, 0, 1, 2))).toBe('bound');
    expect(() => recheckBound(packing, 16, covered([[3, 5]], 3, 0, 4, 3, 0, 1, 2))).toThrow('proves 17, not 16');
  });
  test.each([
    [-1, 'there is no set -1'],
    [5, 'there is no set 5'],
    [1.5, 'there is no set 1.5'],
    [Number.NaN, 'there is no set NaN'],
  ])('of which one is %d is refused', (set, problem) => {
    expect(() => recheckBound(packing, 14, priced([], [0, set], 4))).toThrow(problem);
  });
});

describe('sets that prices rule out, or in', () => {
  /** Prices of rows, which look for what is worth more than `beat`, and a proof of what they leave open. */
  const ruling = (rows: readonly (readonly [number, number])[], beat: number, next: Proof): Proof => ({
    ...priced(rows, [], 0),
    cliques: [],
    cliquePrices: new Float64Array(0),
    beat,
    next,
  });
  const rivals = packingOf([5, 2], [[0], [0]], [1]);
  test('are out where nothing with them is worth more', () => {
    // At 6 for the row, all comes to 6; with set 0, to 5.
    expect(recheckBound(rivals, 5, ruling([[0, 6]], 5, nonsense))).toBe('bound');
  });
  test('are in where nothing without them is worth more', () => {
    // At 1 for the row, all comes to 6; without set 0 to 2, without set 1 to 5. Only one of them fits.
    expect(recheckBound(rivals, 5, ruling([[0, 1]], 5, nonsense))).toBe('bound');
    // What is in counts: with set 0, there are 4 − 5 left.
    expect(() => recheckBound(rivals, 4, ruling([[0, 1]], 4, nonsense))).toThrow('parts come to 0, not -1');
    const apart = packingOf([5, 3, 3], [[0], [0], [1]], [1, 1]);
    // All comes to 10; without set 0 to 8, with set 2 to 8: exactly what is to be beaten.
    const rows = [
      [0, 3],
      [1, 5],
    ] as const;
    expect(recheckBound(apart, 8, ruling(rows, 8, nonsense))).toBe('bound');
  });
  test('are neither where what is worth more may have them or not', () => {
    const apart = packingOf([5, 2], [[0], [1]], [1, 1]);
    const rows = [
      [0, 5],
      [1, 3],
    ] as const;
    expect(() => recheckBound(apart, 6, ruling(rows, 6, nonsense))).toThrow('in no part');
  });
  test('by prices that are over once others are looked at', () => {
    const alone = packingOf([5], [[0]], [1, 1]);
    expect(() => recheckBound(alone, 4, ruling([[0, 6]], 4, covered([[1, 0]])))).toThrow('proves 5, not 4');
  });
});

test('what is tried with a set is tried without it, too', () => {
  const packing = packingOf([3, 2, 2], [[0, 1], [0], [1]], [1, 1]);
  expect(recheckBound(packing, 4, counted)).toBe('bound');
  expect(() => recheckBound(packing, 3, counted)).toThrow('finds more');
});

test('a price is for the sets of its own clique', () => {
  const apart = packingOf([3, 2], [[0], [1]], [1, 1]);
  expect(recheckBound(apart, 5, covered([], 3, 1, 0, 1, 1, 1))).toBe('bound');
  expect(() => recheckBound(apart, 4, covered([], 3, 1, 0, 1, 1, 1))).toThrow('proves 5, not 4');
});

describe('a case that is made smaller', () => {
  test('is worth what is in it for sure, and what is left', () => {
    const apart = packingOf([2, 2], [[0], [1]], [1, 1]);
    const proof: Proof = { kind: 'reduced', steps: [{ obvious: 0 }], next: counted };
    expect(recheckBound(apart, 4, proof)).toBe('bound');
    expect(() => recheckBound(apart, 3, proof)).toThrow('finds more');
  });
  test.each([
    [[{ row: 0, impliedBy: 1 }]],
    [
      [
        { row: 0, impliedBy: 1 },
        { row: 1, impliedBy: 0 },
      ],
    ],
  ])('by %j has these rows back in the next', (steps) => {
    // Where set 3 is in, set 0 is not, and whoever wants row 0 wants row 1, too. Where it is not, set 0 is a rival of set 1 in row 0 alone.
    const packing = packingOf([5, 2, 1, 1], [[0, 2], [0, 1], [0, 1], [2]], [1, 1, 1]);
    const taken: Proof = { kind: 'reduced', steps, next: counted };
    const none: Proof = { kind: 'reduced', steps: [{ obvious: 1 }], next: counted };
    expect(recheckBound(packing, 5, branched(3, taken, counted))).toBe('bound');
    expect(() => recheckBound(packing, 4, branched(3, taken, none))).toThrow('not sure to be in');
  });
});

describe('sets of which one fits by now', () => {
  // Two of three fit.
  const two = packingOf([3, 2, 1], [[0], [0], [0]], [2]);
  test('are rivals in the case in which the other place is taken', () => {
    expect(recheckBound(two, 5, branched(0, covered([], 2, 2, 1, 2), counted))).toBe('bound');
    expect(() => recheckBound(two, 4, branched(0, covered([], 2, 2, 1, 2), counted))).toThrow('proves 2, not 1');
    expect(() => recheckBound(two, 5, covered([], 3, 2, 0, 1))).toThrow('do not conflict');
  });
  test('are none together with the one that is taken: there is room for another', () => {
    expect(() => recheckBound(two, 5, branched(0, covered([], 2, 3, 0, 1, 2), counted))).toThrow(
      'room for another set',
    );
  });
  test('may all be gone: then the one that is taken pays', () => {
    expect(recheckBound(two, 5, branched(0, branched(1, covered([], 2, 2, 1, 2), counted), counted))).toBe('bound');
  });
  test('are looked at again where both places are free again', () => {
    const rest = [1, 2];
    expect(() => recheckBound(two, 5, branched(0, priced([], rest, 2), priced([], rest, 2)))).toThrow(
      'do not conflict',
    );
  });
  test('must be rivals each of each', () => {
    // Once set 0 is taken, 1 and 2 are rivals in row 0, and 2 and 3 in row 1; 1 and 3 are not.
    const chain = packingOf([9, 2, 2, 2], [[0, 1], [0], [0, 1], [1]], [2, 2]);
    const inCase =
      (most: number, ...cliques: readonly number[]) =>
      () =>
        recheckBound(chain, most, branched(0, covered([], ...cliques), counted));
    expect(inCase(13, 2, 2, 1, 2, 2, 2, 2, 3)()).toBe('bound');
    expect(inCase(11, 2, 3, 1, 2, 3)).toThrow('do not conflict');
    expect(inCase(11, 2, 2, 1, 3)).toThrow('do not conflict');
  });
});

test('rivals are told apart among more sets than a word has bits', () => {
  const values = Array.from({ length: 70 }, (_, set) => 1 + (set % 35));
  const many = packingOf(
    values,
    values.map((_, set) => [set < 69 ? 0 : 1]),
    [1, 1],
  );
  const all = Array.from({ length: 69 }, (_, set) => set);
  expect(recheckBound(many, 70, covered([[1, 35]], 35, 69, ...all))).toBe('bound');
  expect(() => recheckBound(many, 35, covered([], 35, 70, ...all, 69))).toThrow('do not conflict');
  expect(() => recheckBound(many, 35, covered([], 35, 2, 0, 69))).toThrow('do not conflict');
  expect(() => recheckBound(many, 35, covered([], 35, 3, 33, 65, 33))).toThrow('set 33 is in a clique twice');
});

test('prices at which doubles cannot add exactly prove nothing, though they are for room that is gone', () => {
  const packing = packingOf([3, 2], [[0], [1]], [1, 1]);
  const proof = (price: number) =>
    branched(
      0,
      covered([
        [0, price],
        [1, 2],
      ]),
      counted,
    );
  expect(recheckBound(packing, 5, proof(2 ** 52))).toBe('bound');
  // Beside this price, 2 for the other row, 2 that it comes to and 2 that its set is worth.
  expect(recheckBound(packing, 5, proof(2 ** 53 - 7))).toBe('bound');
  expect(recheckBound(packing, 5, proof(2 ** 53 - 6))).toBe('feasibility');
});
