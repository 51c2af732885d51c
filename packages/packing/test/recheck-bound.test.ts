import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { branchAndBound } from '../src/branch-and-bound.ts';
import { Budget } from '../src/budget.ts';
import { conflictGraphOf } from '../src/conflict-graph.ts';
import { enumerate } from '../src/enumerate.ts';
import { PackingError } from '../src/errors.ts';
import { type Packing, packingOf } from '../src/packing.ts';
import { type Priced, type Proof, ProofLog } from '../src/proof.ts';
import { recheckBound } from '../src/recheck-bound.ts';
import { solvePacking } from '../src/solve-packing.ts';
import { bestByTrying, randomPacking } from './random-packing.ts';

const nothing = { sets: [], value: 0 };

/** The proofs that every way of searching writes. */
function proofsOf(packing: Packing): readonly Proof[] {
  const graph = conflictGraphOf(packing);
  const budget = new Budget();
  return [
    solvePacking(packing).proof,
    enumerate(packing, graph, 0, budget, new ProofLog(1e6)).proof,
    branchAndBound(packing, graph, nothing, { budget, log: new ProofLog(1e6) }).proof,
  ].filter((proof) => proof !== undefined);
}

/** A proof with one thing changed, and whether there was anything to change. */
function corrupted(proof: Proof, seed: number): Proof {
  const random = seededRandom(seed);
  const copy = structuredClone(proof);
  const places: (() => void)[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, unknown>;
    for (const [key, part] of Object.entries(holder)) {
      if (typeof part === 'number') {
        places.push(() => {
          holder[key] = [part + 1, part - 1, part / 2, 0, -part, Number.NaN, 1e300][random.below(7)];
        });
      } else if (Array.isArray(part) && part.length > 0) {
        places.push(() => part.splice(random.below(part.length), 1));
      } else if (key === 'next' && holder.kind === 'priced') {
        places.push(() => {
          holder[key] = undefined;
        });
      }
      visit(part);
    }
  };
  visit(copy);
  places[random.below(Math.max(1, places.length))]?.();
  return copy;
}

test('what every way of searching writes down proves the optimum, and nothing below it', { tags: ['long'] }, () => {
  for (let seed = 1; seed <= 200; seed++) {
    const packing = randomPacking(seed);
    const best = bestByTrying(packing);
    for (const [way, proof] of proofsOf(packing).entries()) {
      const where = `seed ${seed}, way ${way}`;
      expect(recheckBound(packing, best, proof), where).toBe('bound');
      if (best > 0) expect(() => recheckBound(packing, best - 1, proof), where).toThrow(PackingError);
    }
  }
});

function verdict(packing: Packing, most: number, proof: Proof): string {
  try {
    return recheckBound(packing, most, proof);
  } catch (error) {
    if (error instanceof PackingError) return 'refused';
    throw error;
  }
}

test('no proof, however corrupted, proves less than the optimum', { tags: ['long'] }, () => {
  let refused = 0;
  let tried = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const packing = randomPacking(seed);
    const best = bestByTrying(packing);
    if (best === 0) continue;
    for (const proof of proofsOf(packing)) {
      for (let change = 0; change < 5; change++) {
        const other = corrupted(proof, 10 * seed + change);
        expect(verdict(packing, best - 1, other), `seed ${seed}, change ${change}`).not.toBe('bound');
        tried += 1;
        if (verdict(packing, best, other) === 'refused') refused += 1;
      }
    }
  }
  expect(refused / tried).toBeGreaterThan(0.2);
});

describe('what does not prove anything', () => {
  /** Three sets in three rows of which each pair conflicts, and one that two sets want in two copies. */
  const packing = packingOf([4, 3, 2, 5, 5], [[0, 1], [1, 2], [0, 2], [3], [3]], [1, 1, 1, 2]);
  const priced = (change: Partial<Priced>): Priced => ({
    kind: 'priced',
    rows: Int32Array.of(0, 1, 2),
    rowPrices: Float64Array.of(4, 3, 2),
    cliques: [],
    cliquePrices: new Float64Array(0),
    fraction: 1,
    beat: 14,
    next: undefined,
    ...change,
  });
  /** One clique of a cover, as a proof lists it, and a copy of row 3 for what wants one. */
  const covered = (...cliques: readonly number[]): Proof => ({ kind: 'covered', rows: [3], rowPrices: [5], cliques });
  const clique = (...sets: readonly number[]): Partial<Priced> => ({
    rows: new Int32Array(0),
    rowPrices: new Float64Array(0),
    cliques: [Int32Array.from(sets)],
    cliquePrices: Float64Array.of(4),
  });

  test('prices that are as they should be pass', () => {
    expect(recheckBound(packing, 19, priced({}))).toBe('bound');
    expect(recheckBound(packing, 14, priced(clique(0, 1, 2)))).toBe('bound');
    expect(recheckBound(packing, 14, covered(4, 3, 0, 1, 2))).toBe('bound');
  });

  test.each<readonly [string, Proof, string]>([
    ['prices that are too high', priced({}), 'prices prove 19, not 14'],
    ['a price below zero', priced({ rowPrices: Float64Array.of(4, 3, -2) }), 'a price is -2'],
    ['a price that is missing', priced({ rowPrices: Float64Array.of(4, 3) }), 'a price is undefined'],
    ['a price between the fractions', priced({ rowPrices: Float64Array.of(4, 3, 0.5) }), 'a price is 0.5'],
    ['a fraction that sums are not exact in', priced({ fraction: 0.1, rowPrices: new Float64Array(3) }), 'no power'],
    ['a row that is not there', priced({ rows: Int32Array.of(0, 1, 9) }), 'no row 9'],
    ['a clique of sets that both may be in', priced(clique(3, 4)), 'do not conflict'],
    ['a clique that counts a set twice', priced(clique(0, 0)), 'twice'],
    ['a clique of a set that is not there', priced(clique(0, 9)), 'no set 9'],
    ['a cover that costs too much', covered(5, 3, 0, 1, 2), 'a cover proves 15, not 14'],
    ['a cover by a clique that is cut off', covered(4, 4, 0, 1, 2), 'cut off'],
    ['a cover by a clique of fewer than none', covered(4, -1, 0, 1, 2), 'cut off'],
    ['a cover by a clique without a length', covered(4), 'cut off'],
    ['a cover at a price below zero', covered(-4, 3, 0, 1, 2), 'a price is -4'],
    ['a cover by sets that both may be in', covered(4, 2, 3, 4), 'do not conflict'],
    ['sets ruled out for less than is proved', priced({ beat: 15, next: priced({}) }), 'may have been left out'],
    ['a case that is missing', { kind: 'branched', sets: [0], taken: [], none: priced({}) }, 'case is missing'],
    ['a case of a set that is not there', { kind: 'branched', sets: [9], taken: [], none: priced({}) }, 'no set 9'],
    ['a set in no part', { kind: 'parted', parts: [] }, 'in no part'],
    [
      'parts that come to more',
      { kind: 'parted', parts: [{ sets: [0], bound: 15, proof: { kind: 'counted' } }] },
      'come to',
    ],
    [
      'a part of less than nothing',
      { kind: 'parted', parts: [{ sets: [0], bound: -1, proof: { kind: 'counted' } }] },
      'bounded by -1',
    ],
  ])('%s', (_, proof, problem) => {
    expect(() => recheckBound(packing, 14, proof)).toThrow(problem);
  });

  test('trying finds what is worth more', () => {
    expect(recheckBound(packing, 14, { kind: 'counted' })).toBe('bound');
    expect(() => recheckBound(packing, 13, { kind: 'counted' })).toThrow('finds more');
  });

  test.each([
    [{ row: 0, impliedBy: 1 }, 'not implied'],
    [{ row: 0, impliedBy: 3 }, 'not implied'],
    [{ row: 0, impliedBy: 0 }, 'cannot be implied'],
    [{ row: 0, impliedBy: 7 }, 'cannot be implied'],
    [{ obvious: 1 }, 'not sure to be in'],
    [{ obvious: 9 }, 'no set 9'],
    [{ set: 1, dominatedBy: 1 }, 'cannot be dominated'],
    [{ set: 1, dominatedBy: 0 }, 'needs less'],
    [{ set: 0, dominatedBy: 3 }, 'needs less'],
  ])('a reduction by %j', (step, problem) => {
    const proof: Proof = { kind: 'reduced', steps: [step], next: { kind: 'counted' } };
    expect(() => recheckBound(packing, 14, proof)).toThrow(problem);
  });

  test('rows that come to imply each other, where one must go on to count', () => {
    const alike = packingOf([3, 2, 1], [[0, 1], [0, 1], [1]], [1, 1]);
    const rest: Proof = { kind: 'reduced', steps: [{ row: 1, impliedBy: 0 }], next: { kind: 'counted' } };
    const proof: Proof = {
      kind: 'reduced',
      steps: [{ row: 0, impliedBy: 1 }],
      next: { kind: 'branched', sets: [2], taken: [{ kind: 'counted' }], none: rest },
    };
    expect(recheckBound(alike, 3, proof)).toBe('bound');
    expect(() => recheckBound(alike, 2, proof)).toThrow('finds more');
    // Neither row counts any more if both may imply each other: then a set of nothing else would need no less than none.
    const three = packingOf([3, 2, 2], [[0, 1], [0, 1], [2]], [1, 1, 1]);
    const steps = [
      { row: 0, impliedBy: 1 },
      { row: 1, impliedBy: 0 },
      { set: 2, dominatedBy: 0 },
    ] as const;
    expect(() => recheckBound(three, 3, { kind: 'reduced', steps, next: { kind: 'counted' } })).toThrow('needs less');
  });

  test('a set dominated by one of less value', () => {
    const two = packingOf([3, 2], [[0], [0]], [1]);
    const drop = (set: number, dominatedBy: number): Proof => ({
      kind: 'reduced',
      steps: [{ set, dominatedBy }],
      next: { kind: 'counted' },
    });
    expect(recheckBound(two, 3, drop(1, 0))).toBe('bound');
    expect(() => recheckBound(two, 2, drop(0, 1))).toThrow('worth more');
  });

  test('what was not written down is not said to be checked, nor what doubles cannot add exactly', () => {
    expect(recheckBound(packing, 14, { kind: 'unlogged' })).toBe('feasibility');
    const fine = priced({ fraction: 2 ** -50 });
    expect(recheckBound(packing, 14, fine)).toBe('feasibility');
    expect(solvePacking(packing).proof).toEqual({ kind: 'counted' });
    const { proof } = enumerate(packing, conflictGraphOf(packing), 0, new Budget(), new ProofLog(20));
    expect(recheckBound(packing, 14, proof as Proof)).toBe('feasibility');
  });
});

test('what the search proves is confirmed, also where some sets are worth nothing', () => {
  const random = seededRandom(5);
  for (let run = 0; run < 300; run++) {
    const rows = Array.from({ length: 3 + random.below(12) }, (_, row) => row);
    const sets = Array.from({ length: 4 + random.below(22) }, () =>
      random.shuffled(rows).slice(0, 1 + random.below(3)),
    );
    const values = sets.map(() => (random.below(4) === 0 ? 0 : 1 + random.below(30)));
    const capacity = rows.map(() => (random.below(4) === 0 ? 2 : 1));
    const packing = packingOf(values, sets, capacity);
    const { selection, proof } = solvePacking(packing);
    expect(() => recheckBound(packing, selection.value, proof as Proof), `run ${run}`).not.toThrow();
  }
});
