import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { Budget } from '../src/budget.ts';
import { cliqueCuts } from '../src/clique-cuts.ts';
import { conflictGraphOf } from '../src/conflict-graph.ts';
import { CutPool } from '../src/cut-pool.ts';
import { DualSimplex } from '../src/dual-simplex.ts';
import { enumerate } from '../src/enumerate.ts';
import { restricted, rowsOfSet } from '../src/packing.ts';
import { PriceBound } from '../src/price-bound.ts';
import type { Proof } from '../src/proof.ts';
import { recheckBound } from '../src/recheck-bound.ts';
import { solvePacking } from '../src/solve-packing.ts';
import { Remainder, standing, withTaken } from '../src/warm-start.ts';
import { sparsePacking } from './random-packing.ts';

const keepOn = (): boolean => true;

/** The relaxation with cliques, solved, after which some sets are in, some out. */
function decided(seed: number) {
  const packing = sparsePacking(seed, 120, 30);
  const lp = new DualSimplex(packing, 200);
  const cuts = new CutPool(packing.origin.sets, packing.rows);
  lp.solve(-Infinity, keepOn);
  for (let round = 0; round < 3; round++) {
    const solution = Float64Array.from({ length: packing.sets }, (_, set) => lp.valueOf(set));
    cuts.add(lp, cliqueCuts(conflictGraphOf(packing), solution, lp.reduced, 40));
    lp.solve(-Infinity, keepOn);
  }
  const random = seededRandom(seed + 1000);
  const room = packing.capacity.slice();
  const isIn = new Uint8Array(packing.sets);
  const fits = (set: number): boolean => rowsOfSet(packing, set).every((row) => (room[row] as number) > 0);
  for (let times = 0; times < 2; times++) {
    const set = random.below(packing.sets);
    if (isIn[set] || !fits(set)) continue;
    isIn[set] = 1;
    lp.bind(set, 1, 1);
    for (const row of rowsOfSet(packing, set)) room[row] = (room[row] as number) - 1;
  }
  for (let set = 0; set < packing.sets; set++) {
    if (!isIn[set] && (!fits(set) || random.below(4) === 0)) lp.bind(set, 0, 0);
  }
  lp.solve(-Infinity, keepOn);
  const open = packing.origin.sets.filter((set) => !lp.isFixed(set));
  const part = restricted({ ...packing, capacity: room }, open);
  return { packing, lp, cuts, isIn, part };
}

describe('what is left of a relaxation', () => {
  test('starts at its optimum, and its prices prove the same bound', { tags: ['long'] }, () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { packing, lp, cuts, isIn, part } = decided(seed);
      const start = standing(packing, (set) => isIn[set] === 1, lp, cuts);
      const remainder = new Remainder(start, part);
      const { packing: whole } = remainder;
      const again = new DualSimplex(whole, 200);
      const pool = new CutPool(whole.origin.sets, whole.rows);
      remainder.begin(again, pool);
      expect(again.solve(-Infinity, keepOn), `seed ${seed}`).toBe('optimal');
      expect(again.pivots, `seed ${seed}`).toBeLessThanOrEqual(2);
      const taken = packing.values.reduce((sum, value, set) => sum + (isIn[set] ? value : 0), 0);
      const bound = new PriceBound(packing, cuts, undefined).update(lp);
      const left = new PriceBound(whole, pool, undefined).update(again);
      expect(Math.abs(left + taken - bound), `seed ${seed}`).toBeLessThanOrEqual(1);
      for (const [set, name] of whole.origin.sets.entries()) {
        if (!remainder.isOpen[set]) continue;
        expect(again.valueOf(set), `seed ${seed}, set ${name}`).toBeCloseTo(lp.valueOf(name), 6);
      }
    }
  });

  test('sets that came in since leave no room to those that need what they need', () => {
    const { packing, lp, cuts, isIn, part } = decided(3);
    const start = standing(packing, (set) => isIn[set] === 1, lp, cuts);
    const further = part.origin.sets[0] as number;
    const { packing: now, cliques } = withTaken(start, new Set([further]));
    for (const row of rowsOfSet(packing, further)) {
      expect(now.capacity[row]).toBe((start.packing.capacity[row] as number) - 1);
    }
    for (const clique of cliques) {
      expect(clique.isTaken).toBe([...clique.sets].some((set) => set === further || isIn[set] === 1));
    }
    expect(withTaken(start, new Set())).toBe(start);
  });
});

test('searches that go on from where they stood are proved, and find what enumeration finds', {
  tags: ['long'],
}, () => {
  for (let seed = 1; seed <= 12; seed++) {
    const packing = sparsePacking(seed, 120, 30);
    const { selection, bound, proof } = solvePacking(packing);
    expect(bound, `seed ${seed}`).toBe(selection.value);
    expect(recheckBound(packing, bound, proof as Proof), `seed ${seed}`).toBe('bound');
    const better = enumerate(packing, conflictGraphOf(packing), selection.value - 1, new Budget());
    expect(better.selection?.value, `seed ${seed}`).toBe(selection.value);
    expect(better.proof?.kind, `seed ${seed}`).toMatch(/branched|unlogged/);
  }
});
