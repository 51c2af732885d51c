import { afterEach, expect, test, vi } from 'vitest';
import { computed } from '../src/examination/engine.ts';

afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(process, 'threadCpuUsage');
});

const usage = (milliseconds: number): NodeJS.CpuUsage => ({ user: 1_000 * milliseconds, system: 0 });

test('a thread whose host knows what it has computed has computed that', () => {
  Object.assign(process, { threadCpuUsage: () => usage(5) });
  expect(computed()).toBe(5);
});

test('a thread among others has computed no more than all together, and no more than there was time for', () => {
  let used = 0;
  vi.spyOn(process, 'cpuUsage').mockImplementation(() => usage(used));
  computed();
  const before = computed();
  used += 1e9;
  expect(computed() - before).toBeLessThan(1e6);
  const since = computed();
  expect(computed()).toBe(since);
});

test('where a host tells nothing of computing, time stands for it', () => {
  vi.spyOn(process, 'cpuUsage').mockReturnValue(undefined as never);
  const before = performance.now();
  expect(computed()).toBeGreaterThanOrEqual(before - 1);
});
