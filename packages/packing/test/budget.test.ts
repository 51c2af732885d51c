import { expect, test } from 'vitest';
import { Budget } from '../src/index.ts';

test('without limits there is always something left', () => {
  const budget = new Budget();
  for (let node = 0; node < 1_000; node++) expect(budget.take(10)).toBe(true);
  expect(budget.worked(1e9)).toBe(true);
  expect(budget.nodes).toBe(1_000);
});

test('a node beyond the limit is not to be had', () => {
  const budget = new Budget({ nodeLimit: 2 });
  expect([budget.take(1), budget.take(1), budget.take(1)]).toEqual([true, true, false]);
  expect(budget.spent).toBe(true);
});

test('a part of a budget has the nodes it was given and no more than are left', () => {
  const budget = new Budget({ nodeLimit: 10, timeLimit: 3_600 });
  for (let node = 0; node < 7; node++) budget.take(1);
  const takesOf = (part: Budget): number => {
    let taken = 0;
    while (part.take(1)) taken += 1;
    return taken;
  };
  expect(takesOf(budget.part(0.5, 2))).toBe(2);
  expect(takesOf(budget.part(0.5, 5))).toBe(3);
  expect(budget.nodes).toBe(7);
});

test('a part of no time is spent from the start, and so is a budget that is called off', () => {
  expect(new Budget({ timeLimit: 3_600 }).part(0, 5).spent).toBe(true);
  const controller = new AbortController();
  const budget = new Budget({ signal: controller.signal });
  const part = budget.part(1, 5);
  expect([budget.look(), part.look()]).toEqual([true, true]);
  controller.abort();
  expect([budget.look(), part.look(), budget.spent]).toEqual([false, false, true]);
});
