import loadHighs from 'highs';
import { expect, test } from 'vitest';
import { HighsOptimizer } from '../src/highs-optimizer.ts';
import { HighsRuntime } from '../src/highs-runtime.ts';
import type { Program } from '../src/index.ts';
import { dense } from './dense-program.ts';
import { marketSplit } from './market-split.ts';

type Highs = HighsRuntime['highs'];

/** HiGHS itself, whose models are counted while they are open. */
async function counted(): Promise<{ optimizer: HighsOptimizer; highs: Highs; open: () => number; made: () => number }> {
  const highs = await (loadHighs as unknown as () => Promise<Highs>)();
  const models: ReturnType<Highs['createModel']>[] = [];
  const counting: Highs = Object.create(highs, {
    createModel: {
      value: (...source: Parameters<Highs['createModel']>) => {
        const model = highs.createModel(...source);
        models.push(model);
        return model;
      },
    },
  });
  return {
    optimizer: new HighsOptimizer(new HighsRuntime(counting)),
    highs,
    open: () => models.filter(({ disposed }) => !disposed).length,
    made: () => models.length,
  };
}

const program = dense({ sense: 'maximize', costs: [1], upper: [2] });

test('a model is disposed after a solve, and after one that throws', async () => {
  const { optimizer, open, made } = await counted();
  optimizer.solve(program);
  expect({ open: open(), made: made() }).toEqual({ open: 0, made: 1 });
  expect(() => optimizer.solve(program, { timeLimit: -1 })).toThrow();
  expect(() => optimizer.solve({ ...program, sense: 'up' } as object as Program)).toThrow();
  const onImprovement = (): never => {
    throw new Error('enough');
  };
  expect(() => optimizer.solve(marketSplit(20, 2), { onImprovement })).toThrow('enough');
  expect(open()).toBe(0);
});

test('those that settle what a quadratic program lacks are disposed as well', async () => {
  const { optimizer, open, made } = await counted();
  const flat = {
    sense: 'minimize',
    costs: [0, -1],
    hessian: [
      [2, 0],
      [0, 0],
    ],
  } as const;
  expect(optimizer.solve(dense(flat)).status).toBe('unbounded');
  expect(optimizer.solve(dense({ ...flat, matrix: [[1, 1]], rowUpper: [-1] })).status).toBe('infeasible');
  expect(made()).toBeGreaterThan(2);
  expect(open()).toBe(0);
});

test('disposing the optimizer disposes the models that are open, once', async () => {
  const { optimizer, open } = await counted();
  const [one, two] = [optimizer.open(program), optimizer.open(program)];
  expect(open()).toBe(2);
  one.dispose();
  one.dispose();
  expect(open()).toBe(1);
  optimizer.dispose();
  optimizer.dispose();
  expect(open()).toBe(0);
  expect(() => two.solve()).toThrow(expect.objectContaining({ code: 'disposed' }));
  expect(() => two.basis()).toThrow(expect.objectContaining({ code: 'disposed' }));
  expect(() => optimizer.solve(program)).toThrow(expect.objectContaining({ code: 'disposed' }));
});

test('a hundred solves more take no more memory', async () => {
  const { optimizer, highs } = await counted();
  const small = marketSplit(8, 2);
  for (let solve = 0; solve < 10; solve++) optimizer.solve(small, { nodeLimit: 0 });
  const before = highs.memoryBytes;
  for (let solve = 0; solve < 100; solve++) optimizer.solve(program);
  expect(highs.memoryBytes).toBe(before);
});

test('a failure of HiGHS is named, and after a trap the instance is left alone', async () => {
  const { highs } = await counted();
  const runtime = new HighsRuntime(highs);
  const fail = (): never => {
    throw new Error('as native code does');
  };
  expect(() => runtime.attempt('solve', fail)).toThrow(expect.objectContaining({ code: 'solver-failed' }));
  expect(runtime.tryOut('solve', fail)).toBeUndefined();
  expect(runtime.attempt('count', () => 3)).toBe(3);
  const trap = (): never => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  expect(() => runtime.tryOut('solve', trap)).toThrow(expect.objectContaining({ code: 'solver-failed' }));
  expect(() => runtime.attempt('count', () => 3)).toThrow(/the solver failed to count/);
  let freed = 0;
  runtime.release(() => {
    freed += 1;
  });
  expect(freed).toBe(0);
});
