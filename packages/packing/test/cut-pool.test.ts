import { expect, test } from 'vitest';
import { conflictGraphOf } from '../src/conflict-graph.ts';
import { CutPool } from '../src/cut-pool.ts';
import { DualSimplex } from '../src/dual-simplex.ts';
import type { Packing } from '../src/packing.ts';
import { sparsePacking } from './random-packing.ts';

const always = (): boolean => true;

/** Pairs of sets in conflict: cliques, most of which bind nobody. */
function pairsOf(packing: Packing, most: number): Int32Array[] {
  const { conflicts } = conflictGraphOf(packing);
  const pairs: Int32Array[] = [];
  for (let one = 0; one < packing.sets; one++) {
    for (let other = one + 1; other < packing.sets; other++) {
      if (conflicts.has(one, other) && pairs.length < most) pairs.push(Int32Array.of(one, other));
    }
  }
  return pairs;
}

/** What the pool says of every set agrees with its cliques. */
function expectSound({ cliques, named, ofSet }: CutPool): void {
  expect(named).toEqual(cliques);
  for (const [set, own] of ofSet.entries()) {
    expect(own).toEqual([...cliques.keys()].filter((cut) => cliques[cut]?.includes(set)));
  }
}

test('cliques that bind nobody leave the relaxation, which stays where it is', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const packing = sparsePacking(seed, 60, 20);
    const pairs = pairsOf(packing, 120);
    const lp = new DualSimplex(packing, 200);
    const cuts = new CutPool(packing.origin.sets, packing.rows);
    cuts.add(lp, pairs);
    expect(lp.solve(-Infinity, always)).toBe('optimal');
    const bound = lp.bound();
    const binding = cuts.cliques.filter((_, cut) => !lp.slackIsBasic(packing.rows + cut));
    cuts.dropIdle(lp);
    expect(cuts.cliques, `seed ${seed}`).toEqual(binding);
    expect(cuts.cliques.length).toBeLessThan(pairs.length);
    expect(lp.rows).toBe(packing.rows + binding.length);
    expectSound(cuts);
    const { pivots } = lp;
    expect(lp.solve(-Infinity, always)).toBe('optimal');
    expect(lp.pivots).toBe(pivots);
    expect(lp.bound(), `seed ${seed}`).toBeCloseTo(bound, 6);
  }
});

test('a few that are idle may stay', () => {
  const packing = sparsePacking(1, 60, 20);
  const lp = new DualSimplex(packing, 200);
  const cuts = new CutPool(packing.origin.sets, packing.rows);
  cuts.add(lp, pairsOf(packing, 10));
  lp.solve(-Infinity, always);
  cuts.dropIdle(lp);
  expect(cuts.cliques).toHaveLength(10);
  expectSound(cuts);
});
