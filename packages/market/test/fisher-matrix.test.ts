import { createMechane, isMechaneError, seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { type FisherMatrix, fisherEquilibrium, markets } from '../src/index.ts';

const mechane = createMechane().use(markets);

function drawn(kind: FisherMatrix['kind'], agents: number, goods: number, rho?: number): FisherMatrix {
  const random = seededRandom(agents);
  const draw = (): number => 1 - random.next();
  const budgets = Float64Array.from({ length: agents }, draw);
  return { kind, budgets, weights: Float64Array.from({ length: agents * goods }, draw), rho };
}

test.each([
  ['linear', undefined],
  ['cobb-douglas', undefined],
  ['leontief', undefined],
  ['ces', 0.5],
  ['ces', -3],
] as const)('typed arrays give what reports give: %s %s', (kind, rho) => {
  const [agents, goods] = [12, 7];
  const matrix = drawn(kind, agents, goods, rho);
  const { prices, status, residual } = fisherEquilibrium(matrix);
  const names = Array.from({ length: goods }, (_, j) => `good${j}`);
  const reports = Object.fromEntries(
    Array.from(matrix.budgets, (budget, i) => {
      const weights = Object.fromEntries(names.map((name, j) => [name, matrix.weights[i * goods + j] as number]));
      const utility = kind === 'ces' ? { kind, weights, rho: rho ?? 0 } : { kind, weights };
      return [`agent${i}`, { budget, utility }];
    }),
  );
  const settings = { goods: Object.fromEntries(names.map((name) => [name, 1])) };
  const { outcome } = mechane.run('market/fisher', { settings, reports });
  names.forEach((name, j) => {
    expect(prices[j]).toBeCloseTo(outcome.prices[name] as number, 9);
  });
  expect(status).toBe('converged');
  expect(residual).toBeLessThan(1e-10);
});

test.each([
  ['linear', undefined],
  ['leontief', undefined],
  ['ces', 0.5],
  ['ces', -0.5],
] as const)('150 agents and 150 goods are no trouble: %s %s', (kind, rho) => {
  const { residual } = fisherEquilibrium(drawn(kind, 150, 150, rho));
  expect(residual).toBeLessThan(1e-8);
});

test('a search that is stopped says so', () => {
  const stopped = fisherEquilibrium(drawn('linear', 20, 20), { maxRounds: 2 });
  expect(stopped.status).toBe('max-rounds');
  expect(stopped.residual).toBeGreaterThan(1e-8);
  const slow = fisherEquilibrium(drawn('linear', 20, 20), { method: 'proportional-response', maxRounds: 50 });
  expect(slow).toMatchObject({ status: 'max-rounds', iterations: 50 });
});

test('what is no market is refused', () => {
  const refused = (matrix: Partial<FisherMatrix>) => {
    try {
      fisherEquilibrium({ kind: 'linear', budgets: Float64Array.of(1, 2), weights: Float64Array.of(1, 1), ...matrix });
    } catch (thrown) {
      if (isMechaneError(thrown)) return [thrown.code, ...thrown.path];
      throw thrown;
    }
    return [];
  };
  expect(refused({})).toEqual([]);
  expect(refused({ budgets: new Float64Array(0), weights: new Float64Array(0) })).toEqual([]);
  expect(refused({ weights: Float64Array.of(1, 1, 1) })).toEqual(['invalid-matrix', 'weights']);
  expect(refused({ weights: Float64Array.of(1, 0) })).toEqual(['invalid-matrix', 'weights', 1]);
  expect(refused({ budgets: Float64Array.of(Number.NaN, 1) })).toEqual(['invalid-matrix', 'budgets', 0]);
  expect(refused({ kind: 'ces' })).toEqual(['invalid-matrix', 'rho']);
  expect(refused({ kind: 'ces', rho: 0 })).toEqual(['invalid-matrix', 'rho']);
});
