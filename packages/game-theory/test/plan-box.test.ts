import { seededRandom } from '@mechane/core';
import { type ExactRow, Rational, solveExactly } from '@mechane/numerics';
import { expect, test } from 'vitest';
import { sequenceForm } from '../src/extensive-form/sequences.ts';
import { PlanBox } from '../src/supports/plan-box.ts';
import { oneMove, type PlanSupport, PlanSupports } from '../src/supports/plan-support.ts';
import { randomTree } from './random-tree.ts';

/** The most that a form comes to under plans in a box, as a linear program in rationals; `undefined` where there are none. */
function mostBy({ sequences, sets }: PlanSupport, { low, high }: PlanBox, form: readonly number[]): number | undefined {
  const unit = (at: number): Rational[] => sequences.map((_, place) => (place === at ? Rational.one : Rational.zero));
  const rows: ExactRow[] = sets.map(({ parent, places }) => ({
    coefficients: sequences.map((_, place) =>
      places.includes(place) ? Rational.one : place === parent ? Rational.of(-1) : Rational.zero,
    ),
    relation: '=',
    bound: parent === -1 ? Rational.one : Rational.zero,
  }));
  for (const place of sequences.keys()) {
    rows.push({ coefficients: unit(place), relation: '>=', bound: Rational.fromDouble(low[place] as number) });
    rows.push({ coefficients: unit(place), relation: '<=', bound: Rational.fromDouble(high[place] as number) });
  }
  const solution = solveExactly({ objective: form.map((value) => Rational.of(value)), rows });
  return solution.status === 'optimal' ? solution.value.toNumber() : undefined;
}

test('the most that a form comes to in a box of plans is the optimum of the linear program, in tables and trees', {
  tags: ['long'],
}, () => {
  const random = seededRandom(601);
  let [empty, full] = [0, 0];
  for (let round = 0; round < 150; round++) {
    const players =
      round % 3 === 0 ? [oneMove(2 + random.below(4))] : sequenceForm(randomTree(random, { depth: 3 })).players;
    for (const player of players) {
      const supports = new PlanSupports(player);
      const size = random.below(Math.min(8, supports.largest) + 1);
      const all = [...supports.ofSize(size)];
      const support = all[random.below(all.length)];
      if (support === undefined || support.sequences.length === 0) continue;
      const box = new PlanBox(support);
      const steps = 8;
      for (const place of support.free) {
        const ends = [random.below(steps + 1), random.below(steps + 1)].sort((a, b) => a - b);
        // Boxes that are cut from larger ones are wide more often than not.
        box.low[place] = round % 2 === 0 ? 0 : (ends[0] as number) / steps;
        box.high[place] = (ends[1] as number) / steps;
      }
      const given = { low: box.low.slice(), high: box.high.slice() };
      const form = support.sequences.map(() => random.below(21) - 10);
      const expected = mostBy(support, Object.assign(new PlanBox(support), given), form);
      if (!box.complete()) {
        expect(expected).toBeUndefined();
        empty += 1;
        continue;
      }
      const [most, least] = [1, -1].map((sign) => box.most(Float64Array.from(form), 0, sign)) as [number, number];
      if (expected === undefined) {
        empty += 1;
        expect(most).toBe(-Infinity);
        continue;
      }
      full += 1;
      expect(most).toBeCloseTo(expected, 9);
      const opposite = mostBy(
        support,
        Object.assign(new PlanBox(support), given),
        form.map((value) => -value),
      );
      expect(least).toBeCloseTo(opposite as number, 9);
    }
  }
  expect(empty).toBeGreaterThan(10);
  expect(full).toBeGreaterThan(100);
});
