import { seededRandom } from '@mechane/core';
import { Pace } from '@mechane/numerics';
import { createOptimizer, type Optimizer } from '@mechane/optimization';
import { describe, expect, test } from 'vitest';
import { complementaryPath } from '../src/extensive-form/complementary-path.ts';
import { exploitability, kuhnPoker, RegretMinimization, sequenceForm, zeroSumSequenceForm } from '../src/index.ts';
import { randomTree } from './random-tree.ts';

test('a complementary path that nothing blocks ends in a ray', () => {
  const system = {
    table: [
      [0n, -1n],
      [0n, -1n],
    ],
    right: [0n, 1n],
    pairs: [0],
  };
  expect(complementaryPath(system, new Pace({})).next()).toEqual({ done: true, value: 'ray' });
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
