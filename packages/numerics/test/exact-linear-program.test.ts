import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExactProgram, exactSteps, Pace, pause, Rational, solveExactly, sum } from '../src/index.ts';
import { SeededNumbers } from './random.ts';

const rationals = (...values: (number | string)[]) => values.map((value) => Rational.of(value));
const row = (coefficients: (number | string)[], relation: '<=' | '>=' | '=', right: number | string) => ({
  coefficients: rationals(...coefficients),
  relation,
  bound: Rational.of(right),
});

/** The optimum as text, with its proof checked: feasible on both sides, and of the same value. */
function proved(program: ExactProgram): { value: string; primal: string[] } | string {
  const solution = solveExactly(program);
  if (solution.status !== 'optimal') return solution.status;
  const { value, primal, duals } = solution;
  const product = (one: readonly Rational[], other: readonly Rational[]) =>
    sum(one.map((entry, index) => entry.times(other[index] as Rational)));
  expect(product(program.objective, primal).equals(value)).toBe(true);
  expect(
    product(
      program.rows.map(({ bound }) => bound),
      duals,
    ).equals(value),
  ).toBe(true);
  for (const [index, { coefficients, relation, bound }] of program.rows.entries()) {
    const slack = bound.minus(product(coefficients, primal));
    if (relation === '=') expect(slack.sign).toBe(0);
    else {
      const direction = relation === '<=' ? 1 : -1;
      expect(slack.sign * direction).toBeGreaterThanOrEqual(0);
      expect((duals[index] as Rational).sign * direction).toBeGreaterThanOrEqual(0);
    }
  }
  for (const [variable, cost] of program.objective.entries()) {
    const priced = sum(
      program.rows.map(({ coefficients }, index) =>
        (coefficients[variable] as Rational).times(duals[index] as Rational),
      ),
    );
    const reduced = cost.minus(priced).sign;
    if (program.free?.includes(variable)) expect(reduced).toBe(0);
    else {
      expect(reduced).toBeLessThanOrEqual(0);
      expect((primal[variable] as Rational).sign).toBeGreaterThanOrEqual(0);
    }
  }
  return { value: value.toString(), primal: primal.map(String) };
}

describe('an exact linear program', () => {
  test('of a textbook (Chvatal 1983, p. 13)', () => {
    const program = {
      objective: rationals(5, 4, 3),
      rows: [row([2, 3, 1], '<=', 5), row([4, 1, 2], '<=', 11), row([3, 4, 2], '<=', 8)],
    };
    expect(proved(program)).toEqual({ value: '13', primal: ['2', '0', '1'] });
  });
  test('that needs a first phase (Chvatal 1983, p. 39)', () => {
    const program = {
      objective: rationals(1, -1, 1),
      rows: [row([2, -1, 2], '<=', 4), row([2, -3, 1], '<=', -5), row([-1, 1, -2], '<=', -1)],
    };
    expect(proved(program)).toEqual({ value: '3/5', primal: ['0', '14/5', '17/5'] });
  });
  test('on which the largest coefficient alone cycles (Beale 1955)', () => {
    const program = {
      objective: rationals('3/4', -20, '1/2', -6),
      rows: [row(['1/4', -8, -1, 9], '<=', 0), row(['1/2', -12, '-1/2', 3], '<=', 0), row([0, 0, 1, 0], '<=', 1)],
    };
    expect(proved(program)).toMatchObject({ value: '5/4' });
  });
  test('with equations and free variables', () => {
    const program = {
      objective: rationals(-1, '-1/3'),
      rows: [row([1, 1], '=', '1/2'), row([1, 0], '>=', -3)],
      free: [0, 1],
    };
    expect(proved(program)).toEqual({ value: '11/6', primal: ['-3', '7/2'] });
  });
  test('that nothing satisfies, or that has no end', () => {
    expect(proved({ objective: rationals(1), rows: [row([1], '<=', 1), row([1], '>=', 2)] })).toBe('infeasible');
    expect(proved({ objective: rationals(1, 0), rows: [row([1, -1], '<=', 1)] })).toBe('unbounded');
    expect(proved({ objective: rationals(0), rows: [row([0], '=', 1)] })).toBe('infeasible');
  });
  test('with rows that say the same twice', () => {
    const same = row([1, 1], '=', 1);
    expect(proved({ objective: rationals(1, 2), rows: [same, same, row([2, 2], '=', 2)] })).toEqual({
      value: '2',
      primal: ['0', '1'],
    });
  });
  test('stops when its budget is spent, in either phase, and can be gone through step by step', () => {
    const steep = { objective: rationals(1, 1), rows: [row([2, 1], '<=', 1), row([1, 3], '<=', 1)] };
    const lifted = { objective: rationals(1, 1), rows: [...steep.rows, row([1, 1], '>=', '1/2')] };
    for (const program of [steep, lifted]) {
      expect(solveExactly(program, { steps: 1 })).toEqual({ status: 'stopped' });
      const steps = exactSteps(program, new Pace({ steps: 1 }));
      expect(steps.next()).toEqual({ done: false, value: pause });
      expect(steps.next()).toEqual({ done: true, value: { status: 'stopped' } });
      expect(proved(program)).toEqual({ value: '3/5', primal: ['2/5', '1/5'] });
    }
  });
  test('at random: whatever it says is proved, and agrees with going through all corners', { tags: ['long'] }, () => {
    const entry = fc.integer({ min: -3, max: 3 });
    const relation = fc.constantFrom('<=' as const, '>=' as const, '=' as const);
    const constraint = fc.record({ coefficients: fc.tuple(entry, entry), relation, right: entry });
    fc.assert(
      fc.property(fc.tuple(entry, entry), fc.array(constraint, { maxLength: 4 }), (objective, constraints) => {
        const box = [row([1, 0], '<=', 5), row([0, 1], '<=', 5)];
        const program: ExactProgram = {
          objective: rationals(...objective),
          rows: [...constraints.map((given) => row(given.coefficients, given.relation, given.right)), ...box],
        };
        const found = proved(program);
        const best = bestCorner(program);
        expect(typeof found === 'string' ? found : found.value).toBe(best?.toString() ?? 'infeasible');
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
  test('is as exact where it is large enough for a guess by doubles first, and where these are misled', {
    tags: ['long'],
  }, () => {
    // An equation that says nothing keeps a program from being guessed.
    const unguessed = ({ objective, rows }: ExactProgram): ExactProgram => ({
      objective,
      rows: [...rows, { coefficients: objective.map(() => Rational.zero), relation: '=', bound: Rational.zero }],
    });
    const valueFound = (program: ExactProgram): string => {
      const found = proved(program);
      return typeof found === 'string' ? found : found.value;
    };
    const [small, tiny] = [Rational.of('1/3'), Rational.of('1e-20')];
    const huge = Rational.of('1e200').times(Rational.of('1e200'));
    const found = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const random = new SeededNumbers(seed);
      const unit = seed % 2 === 0 ? Rational.one : small;
      // Costs that differ by less than doubles can tell.
      const entry = (least: number): Rational => Rational.of(random.below(3) === 0 ? least + random.below(9) : 0);
      const program: ExactProgram = {
        objective: Array.from({ length: 64 }, () => entry(-2).plus(tiny.times(Rational.of(random.below(9))))),
        rows: Array.from({ length: 66 }, (_, index) => ({
          coefficients: Array.from({ length: 64 }, () => entry(-(seed % 3)).times(unit)),
          relation: '<=' as const,
          // More than a double can be.
          bound: index === 0 ? huge : Rational.of(random.below(4) + (seed % 4)),
        })),
      };
      const value = valueFound(program);
      expect(value, `seed ${seed}`).toBe(valueFound(unguessed(program)));
      found.add(value);
    }
    expect(found.size).toBeGreaterThan(5);
  });
});

/** The best of all points where two constraints or bounds meet: a bounded program in two variables has its optimum there. */
function bestCorner({ objective, rows }: ExactProgram): Rational | undefined {
  const lines = [
    ...rows.map(({ coefficients, bound }) => [...coefficients, bound] as const),
    [Rational.one, Rational.zero, Rational.zero] as const,
    [Rational.zero, Rational.one, Rational.zero] as const,
  ].map(([a = Rational.zero, b = Rational.zero, c = Rational.zero]) => [a, b, c] as const);
  let best: Rational | undefined;
  for (const [a, b, c] of lines) {
    for (const [d, e, f] of lines) {
      const determinant = a.times(e).minus(b.times(d));
      if (determinant.sign === 0) continue;
      const x = c.times(e).minus(b.times(f)).over(determinant);
      const y = a.times(f).minus(c.times(d)).over(determinant);
      if (x.sign < 0 || y.sign < 0) continue;
      const feasible = rows.every(({ coefficients: [p = Rational.zero, q = Rational.zero], relation, bound }) => {
        const { sign } = p.times(x).plus(q.times(y)).minus(bound);
        return relation === '=' ? sign === 0 : relation === '<=' ? sign <= 0 : sign >= 0;
      });
      if (!feasible) continue;
      const value = (objective[0] as Rational).times(x).plus((objective[1] as Rational).times(y));
      if (best === undefined || best.isLess(value)) best = value;
    }
  }
  return best;
}
