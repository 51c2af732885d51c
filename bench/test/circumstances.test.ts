import { expect, test } from 'vitest';
import { currentCircumstances } from '../src/circumstances.ts';

test('a result says on what machine, with which versions and when it was measured', () => {
  const { date, machine, node, packages } = currentCircumstances(new URL('../../packages/', import.meta.url));
  expect(Date.parse(date)).not.toBeNaN();
  expect(machine.cores).toBeGreaterThan(0);
  expect(machine.memoryGiB).toBeGreaterThan(0);
  expect(node).toBe(process.version);
  expect(packages).toHaveProperty('@mechane/core');
});
