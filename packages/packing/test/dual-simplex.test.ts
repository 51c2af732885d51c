import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { cliqueCuts } from '../src/clique-cuts.ts';
import { conflictGraphOf } from '../src/conflict-graph.ts';
import { DualSimplex, inBasis } from '../src/dual-simplex.ts';
import { byScore, exchanged, greedySelection, valuePerRow, WorkingSelection } from '../src/local-search.ts';
import { type Packing, packingOf, rowsOfSet } from '../src/packing.ts';
import { randomPacking } from './random-packing.ts';

const always = (): boolean => true;

function solved(packing: Packing, cuts: readonly Int32Array[] = []): DualSimplex {
  const lp = new DualSimplex(packing, 200);
  lp.addCuts(cuts);
  expect(lp.solve(-Infinity, always)).toBe('optimal');
  return lp;
}

/** What the solution is worth, once it is seen to be one. */
function worth(lp: DualSimplex, packing: Packing): number {
  const use = new Float64Array(packing.rows);
  let value = 0;
  for (let set = 0; set < packing.sets; set++) {
    const share = lp.valueOf(set);
    expect(share).toBeGreaterThan(-1e-6);
    expect(share).toBeLessThan(1 + 1e-6);
    value += share * (packing.values[set] as number);
    for (const row of rowsOfSet(packing, set)) use[row] = (use[row] as number) + share;
  }
  for (const [row, used] of use.entries()) expect(used).toBeLessThan((packing.capacity[row] as number) + 1e-6);
  return value;
}

test('primal and dual meet, whichever way the solution was come by', { tags: ['long'] }, () => {
  for (let seed = 1; seed <= 150; seed++) {
    const packing = randomPacking(seed);
    const random = seededRandom(seed);
    const lp = solved(packing);
    const best = lp.bound() * lp.scale;
    expect(worth(lp, packing), `seed ${seed}`).toBeCloseTo(best, 5);

    const before = lp.snapshot();
    for (let change = 0; change < 20; change++) {
      const set = random.below(packing.sets);
      const to = lp.valueOf(set) > 0.5 ? 0 : 1;
      lp.bind(set, to, to);
      lp.solve(-Infinity, always);
      lp.bind(set, 0, 1);
      if (change % 7 === 6) lp.refactor();
    }
    lp.solve(-Infinity, always);
    expect(lp.bound() * lp.scale, `seed ${seed}, after changes`).toBeCloseTo(best, 5);
    lp.restore(before);
    expect(lp.bound() * lp.scale).toBeCloseTo(best, 9);

    const graph = conflictGraphOf(packing);
    const cuts = cliqueCuts(
      graph,
      Float64Array.from({ length: packing.sets }, (_, set) => lp.valueOf(set)),
      lp.reduced,
      50,
    );
    lp.addCuts(cuts);
    lp.solve(-Infinity, always);
    const tightened = solved(packing, cuts).bound() * lp.scale;
    expect(lp.bound() * lp.scale, `seed ${seed}, with cuts`).toBeCloseTo(tightened, 5);
    const idle = cuts.map((_, cut) => packing.rows + cut).filter((row) => lp.slackIsBasic(row));
    lp.removeRows(idle);
    expect(lp.solve(-Infinity, always)).toBe('optimal');
    expect(lp.bound() * lp.scale, `seed ${seed}, without idle cuts`).toBeCloseTo(tightened, 5);
  }
});

test('a cutoff, a call to stop and a limit end it early', () => {
  const packing = randomPacking(7);
  expect(new DualSimplex(packing, 0).solve(Infinity, always)).toBe('cutoff');
  expect(new DualSimplex(packing, 0).solve(-Infinity, always, 0)).toBe('stalled');
  const random = seededRandom(3);
  const rows = Array.from({ length: 200 }, () => [random.below(40), 40 + random.below(40)]);
  const large = packingOf(
    rows.map(() => 1 + random.below(99)),
    rows,
    new Array(80).fill(1),
  );
  expect(new DualSimplex(large, 0).solve(-Infinity, () => false)).toBe('stopped');
});

test('from a basis of sets that depend on each other, or of too many or too few, the optimum is the same', {
  tags: ['long'],
}, () => {
  for (let seed = 1; seed <= 40; seed++) {
    const packing = randomPacking(seed);
    const whole = solved(packing);
    const random = seededRandom(seed);
    const size = packing.sets + packing.rows;
    for (const share of [1, 2, 5]) {
      const state = Array.from({ length: size }, () => (random.below(share) === 0 ? inBasis : random.below(2)));
      const lp = new DualSimplex(packing, 0);
      lp.startFrom(state, new Array(size).fill(1));
      expect(lp.solve(-Infinity, always), `seed ${seed}, one in ${share}`).toBe('optimal');
      expect(worth(lp, packing)).toBeCloseTo(worth(whole, packing), 6);
    }
  }
});

test('there is no room for more cuts than was asked for', () => {
  const packing = packingOf(
    [1, 1, 1],
    [
      [0, 1],
      [1, 2],
      [0, 2],
    ],
    [1, 1, 1],
  );
  const lp = new DualSimplex(packing, 1);
  const triangle = Int32Array.of(0, 1, 2);
  lp.addCuts([triangle, triangle]);
  expect(lp.rows).toBe(4);
  expect(lp.solve(-Infinity, always)).toBe('optimal');
  expect(lp.bound()).toBeCloseTo(1, 9);
});

test('sets that exclude each other cannot both be bound to be in', () => {
  const lp = new DualSimplex(packingOf([2, 1, 1], [[0], [0], [0]], [1]), 0);
  lp.bind(0, 1, 1);
  lp.bind(1, 1, 1);
  lp.bind(2, 0, 0);
  expect(['infeasible', 'stalled']).toContain(lp.solve(-Infinity, always));
});

test('a walk over very many sets looks at some of them at a time', () => {
  const random = seededRandom(5);
  const rows = Array.from({ length: 2500 }, () => [random.below(60), 60 + random.below(60)]);
  const packing = packingOf(
    rows.map(() => 1 + random.below(99)),
    rows,
    new Array(120).fill(1),
  );
  const order = byScore(valuePerRow(packing, 0).map(() => random.next()));
  const start = greedySelection(packing, order);
  const found = exchanged(packing, start, { order, steps: 800 });
  expect(found.value).toBeGreaterThan(start.value);
  expect(exchanged(packing, start, { order: new Int32Array(0), steps: 10 })).toBe(start);
});

test('a set that comes in drops the least valuable of those that hold copies', () => {
  const packing = packingOf(
    [5, 3, 4, 9],
    [
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
    ],
    [2, 1, 1, 1, 1],
  );
  const working = new WorkingSelection(packing);
  working.fill([0, 1]);
  expect(working.gainOf(2)).toBe(1);
  expect(working.force(2)).toEqual([1]);
  expect(working.selection()).toEqual({ sets: [0, 2], value: 9 });
});
