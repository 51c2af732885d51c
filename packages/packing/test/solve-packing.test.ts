import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { branchAndBound } from '../src/branch-and-bound.ts';
import { Budget } from '../src/budget.ts';
import { CliqueCover } from '../src/clique-cover.ts';
import { conflictGraphOf } from '../src/conflict-graph.ts';
import { enumerate } from '../src/enumerate.ts';
import { enumerateFew } from '../src/enumerate-few.ts';
import { iterated } from '../src/iterated-search.ts';
import { bestGreedy, byScore, exchanged, valuePerRow } from '../src/local-search.ts';
import { type Packing, packingOf, restricted, rowsOfSet, type Selection, valueOfSets } from '../src/packing.ts';
import { recheckSelection } from '../src/recheck-selection.ts';
import { reduced } from '../src/reduce.ts';
import { RelatedPackings } from '../src/related-packings.ts';
import { solvePacking } from '../src/solve-packing.ts';
import { bestByTrying, densePacking, randomPacking, sparsePacking } from './random-packing.ts';

const packings = Number(process.env.MECHANE_RUNS ?? 500);
const nothing: Selection = { sets: [], value: 0 };

function expectSelection(packing: Packing, { sets, value }: Selection, best: number, where: string): void {
  const use = new Int32Array(packing.rows);
  for (const set of sets) for (const row of rowsOfSet(packing, set)) use[row] = (use[row] as number) + 1;
  expect(
    use.every((times, row) => times <= (packing.capacity[row] as number)),
    `${where} fits`,
  ).toBe(true);
  expect(valueOfSets(packing, sets), where).toBe(value);
  expect(value, where).toBe(best);
}

test(`${packings} random packings: every way of searching finds what trying everything finds`, {
  tags: ['long'],
}, () => {
  const iterations: boolean[] = [];
  for (let seed = 1; seed <= packings; seed++) {
    const packing = randomPacking(seed);
    const best = bestByTrying(packing);
    const where = (way: string): string => `seed ${seed}, ${way}`;
    const solved = solvePacking(packing);
    expectSelection(packing, solved.selection, best, where('all of it'));
    expect(solved.bound).toBe(best);

    const smaller = reduced(packing);
    const floor = valueOfSets(packing, smaller.certain);
    const rest = smaller.packing;
    expect(floor + bestByTrying(rest), where('reduced')).toBe(best);
    const graph = conflictGraphOf(rest);
    const bits = enumerate(rest, graph, 0, new Budget());
    expectSelection(rest, bits.selection ?? nothing, best - floor, where('bits'));
    const tree = branchAndBound(rest, graph, nothing, { budget: new Budget() });
    expectSelection(rest, tree.selection, best - floor, where('tree'));
    expect(tree.bound, where('tree')).toBe(best - floor);

    const walked = exchanged(packing, bestGreedy(packing), { order: byScore(valuePerRow(packing, 1)), steps: 100 });
    expect(walked.value).toBeLessThanOrEqual(best);
    expectSelection(packing, walked, walked.value, where('walk'));
    const conflicts = conflictGraphOf(packing);
    if (conflicts.sharedRows.length === 0) {
      const among = packing.origin.sets.filter((set) => set % 5 > 0);
      const found = iterated(packing.values, conflicts, nothing, { among, rounds: 300 });
      const most = bestByTrying(restricted(packing, among));
      expectSelection(packing, found, found.value, where('iterated'));
      expect(found.value).toBeLessThanOrEqual(most);
      expect(found.sets.every((set) => set % 5 > 0)).toBe(true);
      iterations.push(found.value === most);
    }
    if (packing.sets > 20) continue;
    expectSelection(packing, enumerateFew(packing), best, where('few'));
  }
  expect(iterations.filter(Boolean).length).toBeGreaterThan(0.9 * iterations.length);
});

test('each part of the search ends when there is no time left, however long it would go on', () => {
  const packing = densePacking(1, 32 * 20, 60);
  const spent = (): Budget => new Budget({ timeLimit: 0 });
  const start = bestGreedy(packing);
  const order = byScore(valuePerRow(packing, 1));
  const walked = exchanged(packing, start, { order, steps: Infinity, budget: spent() });
  expect(walked.value).toBeGreaterThanOrEqual(start.value);
  const graph = conflictGraphOf(packing);
  const how = { among: order, rounds: Infinity, budget: spent() };
  expect(iterated(packing.values, graph, start, how).value).toBeGreaterThanOrEqual(start.value);
  expect(iterated(packing.values, graph, start, { ...how, enough: start.value, budget: new Budget() })).toEqual(start);
  const cover = new CliqueCover(
    {
      weight: packing.values,
      words: graph.conflicts.words,
      conflicts: graph.conflicts.bits,
      sharedRows: Array.from({ length: packing.sets }, () => []),
      room: packing.capacity,
      names: packing.origin.sets,
      rowNames: packing.origin.rows,
    },
    spent(),
    undefined,
  );
  const all = new Int32Array(graph.conflicts.words).fill(-1);
  expect(cover.unexplained(all, Infinity)).toBeUndefined();
  for (const timeLimit of [0, 1e-9]) {
    const { selection, bound, proof } = solvePacking(packing, { timeLimit });
    expectSelection(packing, selection, selection.value, 'out of time');
    expect(proof).toBeUndefined();
    expect(bound).toBeGreaterThan(selection.value);
  }
});

test('the bound of a search that never began holds, and asks for no more than all that is set', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const packing = randomPacking(seed);
    const { bound } = solvePacking(packing, { nodeLimit: 0 });
    expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(bestByTrying(packing));
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(valueOfSets(packing, packing.origin.sets));
  }
});

test('without some sets, the rest is decided as if they had never been', { tags: ['long'] }, () => {
  for (let seed = 1; seed <= 150; seed++) {
    const packing = randomPacking(seed);
    const budget = new Budget();
    const solution = solvePacking(packing, budget);
    const related = new RelatedPackings(packing, budget);
    const absences = [
      ...solution.selection.sets.map((set) => (other: number) => other === set),
      (set: number) => set % 3 === 0,
    ];
    for (const absent of absences) {
      const others = Uint8Array.from({ length: packing.sets }, (_, set) => (absent(set) ? 0 : 1));
      const there = Int32Array.from({ length: packing.sets }, (_, set) => set).filter((set) => others[set]);
      const best = bestByTrying(restricted(packing, there));
      const found = related.without(others, solution.selection);
      expectSelection(packing, found.selection, best, `seed ${seed}`);
      expect(found.selection.sets.every((set) => others[set])).toBe(true);
      expect(found.bound).toBe(best);
    }
  }
});

test('larger packings that change a little are decided as if they were new', { tags: ['long'] }, () => {
  for (let seed = 1; seed <= 6; seed++) {
    const packing = sparsePacking(seed, 100, 28);
    const budget = new Budget();
    const { selection } = solvePacking(packing, budget);
    const related = new RelatedPackings(packing, budget);
    for (const absent of selection.sets.slice(0, 4)) {
      const others = Uint8Array.from(packing.values, (_, set) => Number(set !== absent));
      const found = related.without(others, selection);
      const anew = solvePacking(
        restricted(
          packing,
          packing.origin.sets.filter((set) => others[set]),
        ),
      );
      expectSelection(packing, found.selection, anew.selection.value, `seed ${seed} without ${absent}`);
      expect(found.bound).toBe(anew.bound);
      expect(found.selection.sets).not.toContain(absent);
    }
    const random = seededRandom(seed);
    for (const effort of ['quick', 'until better', 'all'] as const) {
      const values = packing.values.map((value) => Math.max(0, value - random.below(80)));
      const { better, bound, selection: best } = related.at(values, selection, { effort, margin: 0 });
      const anew = solvePacking({ ...packing, values });
      for (const each of better) {
        expectSelection({ ...packing, values }, each, each.value, `seed ${seed}, ${effort}`);
        expect(each.value).toBeGreaterThan(valueOfSets({ ...packing, values }, selection.sets));
        expect(each.value).toBeLessThanOrEqual(anew.bound);
      }
      expect(bound).toBeGreaterThanOrEqual(anew.bound);
      if (effort === 'all' && better.length === 0) expect(best.value).toBe(anew.bound);
    }
  }
});

test('without some sets and without time, what is known is said', () => {
  const packing = randomPacking(4);
  const solution = solvePacking(packing);
  const related = new RelatedPackings(packing, new Budget({ timeLimit: 0 }));
  const others = new Uint8Array(packing.sets).fill(1);
  others[solution.selection.sets[0] as number] = 0;
  const { selection, bound } = related.without(others, solution.selection);
  expect(bound).toBeGreaterThanOrEqual(selection.value);
  expect(selection.value).toBeLessThanOrEqual(solution.selection.value);
});

test('room for more than all sets is room for all, however much it is', () => {
  for (const room of [3, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
    const packing = packingOf([5, 4, 3], [[0], [0, 1], [0, 1]], [room, 1]);
    const { selection, bound } = solvePacking(packing);
    expect([selection, bound]).toEqual([{ sets: [0, 1], value: 9 }, 9]);
    recheckSelection(packing, selection);
  }
});
