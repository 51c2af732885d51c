import { systemClock, testClock } from '@mechane/core';
import { describe, expect, test } from 'vitest';

describe('the test clock', () => {
  test('fires what is due, in order, and what falls due meanwhile', () => {
    const clock = testClock();
    const rung: string[] = [];
    clock.after(20, () => rung.push(`late at ${clock.now()}`));
    clock.after(10, () => {
      rung.push(`early at ${clock.now()}`);
      clock.after(5, () => rung.push(`chained at ${clock.now()}`));
    });
    clock.advance(9);
    expect(rung).toEqual([]);
    clock.advance(11);
    expect(rung).toEqual(['early at 10', 'chained at 15', 'late at 20']);
  });
  test('forgets what was called off', () => {
    const clock = testClock();
    const rung: number[] = [];
    clock.after(1, () => rung.push(1))();
    clock.advance(5);
    expect(rung).toEqual([]);
    expect(clock.now()).toBe(5);
  });
});

test('the system clock calls back once, unless called off', async () => {
  const rung: string[] = [];
  const started = systemClock.now();
  systemClock.after(1, () => rung.push('called off'))();
  await new Promise<void>((resolve) => {
    systemClock.after(2, () => {
      rung.push('rung');
      resolve();
    });
  });
  expect(rung).toEqual(['rung']);
  expect(systemClock.now()).toBeGreaterThanOrEqual(started);
});
