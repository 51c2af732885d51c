import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  Budget,
  type Packing,
  packingOf,
  RelatedPackings,
  recheckBound,
  recheckSelection,
  restricted,
  rowsOfSet,
  solvePacking,
  valueOfSets,
} from '../src/index.ts';
import { bestByTrying, densePacking, randomPacking, sparsePacking } from './random-packing.ts';

/** The optimum, which what shares nothing with the search has confirmed. */
function confirmed(packing: Packing, where: string): number {
  const { selection, bound, proof } = solvePacking(packing);
  recheckSelection(packing, selection);
  expect(bound, where).toBe(selection.value);
  expect(proof && recheckBound(packing, bound, proof), where).toBe('bound');
  return bound;
}

test('packings too large to try are solved, and the recheck agrees', { tags: ['long'] }, () => {
  for (let seed = 1; seed <= 4; seed++) confirmed(sparsePacking(seed, 160, 40), `sparse, seed ${seed}`);
  for (let seed = 1; seed <= 4; seed++) confirmed(densePacking(seed, 150, 20), `dense, seed ${seed}`);
});

test('however early a limit stops the search, what it says holds', { tags: ['long'] }, () => {
  for (const [name, packing] of [
    ['sparse', sparsePacking(2, 160, 40)],
    ['dense', densePacking(2, 150, 20)],
    ['of copies', sparsePacking(5, 120, 24)],
  ] as const) {
    const best = confirmed(packing, name);
    let stopped = 0;
    for (let nodeLimit = 0; nodeLimit < 400; nodeLimit += 1 + (nodeLimit >> 1)) {
      const { selection, bound, proof } = solvePacking(packing, { nodeLimit });
      const where = `${name}, ${nodeLimit} nodes`;
      recheckSelection(packing, selection);
      expect(selection.value, where).toBeLessThanOrEqual(best);
      expect(bound, where).toBeGreaterThanOrEqual(best);
      if (proof) expect(recheckBound(packing, bound, proof), where).toBe('bound');
      else stopped += 1;
    }
    expect(stopped, name).toBeGreaterThan(0);
  }
});

/** Packings side by side, that share nothing. */
function sideBySide(parts: readonly Packing[]): Packing {
  const capacity: number[] = [];
  const rowsOf: number[][] = [];
  for (const part of parts) {
    const from = capacity.length;
    capacity.push(...part.capacity);
    for (let set = 0; set < part.sets; set++) rowsOf.push([...rowsOfSet(part, set)].map((row) => from + row));
  }
  return packingOf(
    parts.flatMap(({ values }) => [...values]),
    rowsOf,
    capacity,
  );
}

test('packings side by side are worth what each is worth', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const parts = [randomPacking(seed), randomPacking(seed + 100), randomPacking(seed + 200)];
    const best = parts.reduce((sum, part) => sum + bestByTrying(part), 0);
    expect(confirmed(sideBySide(parts), `seed ${seed}`), `seed ${seed}`).toBe(best);
  }
  const apart = [sparsePacking(3, 120, 30), densePacking(3, 120, 20)];
  const [one, other] = apart.map((part) => confirmed(part, 'a part')) as [number, number];
  expect(confirmed(sideBySide(apart), 'both')).toBe(one + other);
  const limited = solvePacking(sideBySide(apart), { nodeLimit: 1 });
  expect(limited.proof).toBeUndefined();
  expect(limited.bound).toBeGreaterThanOrEqual(one + other);
});

describe('dense packings that change a little are decided as if they were new', () => {
  const packing = densePacking(1, 80, 14);
  const { selection } = solvePacking(packing);

  test('without some sets', () => {
    const related = new RelatedPackings(packing, new Budget());
    for (const absent of [...selection.sets, selection.sets]) {
      const gone = new Set([absent].flat());
      const others = Uint8Array.from(packing.values, (_, set) => Number(!gone.has(set)));
      const found = related.without(others, selection);
      const there = packing.origin.sets.filter((set) => others[set]);
      expect(found.bound).toBe(solvePacking(restricted(packing, there)).bound);
      expect(found.selection.sets.some((set) => gone.has(set))).toBe(false);
    }
  });

  test('at other values', () => {
    const random = seededRandom(1);
    const related = new RelatedPackings(packing, new Budget());
    for (let times = 0; times < 10; times++) {
      const values = packing.values.map((value) => Math.max(0, value - random.below(2_000)));
      const now = { ...packing, values };
      const { bound, better } = related.at(values, selection, { effort: 'all', margin: 0 });
      expect(bound).toBe(solvePacking(now).bound);
      for (const each of better) {
        recheckSelection(now, each);
        expect(each.value).toBeGreaterThan(valueOfSets(now, selection.sets));
      }
    }
  });
});
