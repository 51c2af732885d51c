import { seededRandom } from '@mechane/core';
import { createOptimizer, type Optimizer } from '@mechane/optimization';
import { describe, expect, test } from 'vitest';
import { complementaryPath } from '../src/extensive-form/complementary-path.ts';
import { type SparseColumns, solveExactly } from '../src/extensive-form/exact-linear-system.ts';
import {
  exploitability,
  kuhnPoker,
  type Rational,
  RegretMinimization,
  sequenceForm,
  zeroSumSequenceForm,
} from '../src/index.ts';
import { randomTree } from './random-tree.ts';

const columnsOf = (rows: readonly (readonly bigint[])[]): SparseColumns =>
  rows.map((_, column) =>
    rows.flatMap((row, at) => (row[column] === 0n ? [] : [[at, row[column] as bigint] as const])),
  );
const texts = (values: readonly Rational[] | undefined) => values?.map(String);

describe('exact linear systems', () => {
  test('have the solutions that are known', () => {
    expect(
      texts(
        solveExactly(
          columnsOf([
            [2n, 1n],
            [1n, 3n],
          ]),
          [1n, 1n],
        ),
      ),
    ).toEqual(['2/5', '1/5']);
    expect(
      texts(
        solveExactly(
          columnsOf([
            [0n, -3n],
            [7n, 0n],
          ]),
          [1n, 2n],
        ),
      ),
    ).toEqual(['2/7', '-1/3']);
    expect(texts(solveExactly([], []))).toEqual([]);
  });

  test('are solved for a solution of many digits, which is put back in', () => {
    const random = seededRandom(7);
    const digits = (): bigint => BigInt(Array.from({ length: 40 }, () => random.below(10)).join('')) - 5n * 10n ** 39n;
    const size = 12;
    const rows = Array.from({ length: size }, () => Array.from({ length: size }, digits));
    const right = rows.map(digits);
    const solution = solveExactly(columnsOf(rows), right) as readonly Rational[];
    rows.forEach((row, at) => {
      const [top, common] = row.reduce(
        ([sum, below], entry, column) => {
          const { numerator, denominator } = solution[column] as Rational;
          return [sum * denominator + entry * numerator * below, below * denominator] as const;
        },
        [0n, 1n] as readonly [bigint, bigint],
      );
      expect(top).toBe((right[at] as bigint) * common);
    });
  });

  test('are tried with another prime where one divides the determinant, and given up where they are singular', () => {
    expect(texts(solveExactly(columnsOf([[67108859n]]), [1n]))).toEqual(['1/67108859']);
    expect(
      solveExactly(
        columnsOf([
          [1n, 2n],
          [2n, 4n],
        ]),
        [1n, 1n],
      ),
    ).toBeUndefined();
  });
});

test('a complementary path that nothing blocks ends in a ray', () => {
  const path = complementaryPath({
    table: [
      [0n, -1n],
      [0n, -1n],
    ],
    right: [0n, 1n],
    pairs: [0],
  });
  expect(path.next()).toEqual({ done: true, value: undefined });
});

describe('the linear program of the sequence form', () => {
  /** HiGHS, but what it says of the basis is replaced. */
  const withBasis = (optimizer: Optimizer, change: (statuses: Int32Array) => void, forget = false): Optimizer => ({
    ...optimizer,
    solver: optimizer.solver,
    solve: (program, options) => optimizer.solve(program, options),
    dispose: () => optimizer.dispose(),
    open(program) {
      const model = optimizer.open(program);
      return new Proxy(model, {
        get(target, key) {
          if (key === 'basis') {
            return () => {
              const basis = target.basis();
              if (basis === undefined || forget) return undefined;
              change(basis.columns);
              return basis;
            };
          }
          const value = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    },
  });

  test('never claims more than the strategies show when the basis is lost or wrong', async () => {
    const optimizer = await createOptimizer();
    const lost = zeroSumSequenceForm(
      kuhnPoker(),
      withBasis(optimizer, () => {}, true),
    );
    expect(lost?.regret.toNumber()).toBeLessThan(1e-9);
    expect(lost?.proved).toBe(lost?.regret.sign === 0);
    const unbalanced = zeroSumSequenceForm(
      kuhnPoker(),
      withBasis(optimizer, (statuses) => statuses.fill(0)),
    );
    expect(unbalanced?.regret.toNumber()).toBeLessThan(1e-9);
    const turned = zeroSumSequenceForm(
      kuhnPoker(),
      withBasis(optimizer, (statuses) => {
        // As many basic columns, but others.
        statuses.reverse();
      }),
    );
    expect(turned?.proved).toBe(turned?.regret.sign === 0);
  });
});

test('the exploitability that a minimisation measures is that of its average, in random games too', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const game = randomTree(seededRandom(seed), { players: seed % 2 === 0 ? 2 : 3, largest: 9 });
    for (const rule of ['cfr', 'cfr+', 'discounted'] as const) {
      const minimization = new RegretMinimization(sequenceForm(game), rule);
      minimization.run(20);
      const { gains, payoffs } = minimization.exploitability();
      const measured = exploitability(game, minimization.average());
      gains.forEach((gain, player) => {
        expect(gain).toBeCloseTo(measured.gains[player] as number, 10);
        expect(payoffs[player]).toBeCloseTo(measured.payoffs[player] as number, 10);
      });
    }
  }
});
