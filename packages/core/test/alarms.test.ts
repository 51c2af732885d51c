import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { Alarms } from '../src/services/alarms.ts';

/** Which alarms ring until a moment, by their names, in order. */
function rung(alarms: Alarms, until: number, heard: string[]): string[] {
  for (let next = alarms.take(until); next; next = alarms.take(until)) next.callback();
  return heard.splice(0);
}

describe('alarms', () => {
  test('ring in the order of their moments, those of one moment as they were set, and none that was called off', () => {
    const random = seededRandom(1);
    for (const [count, moments] of [
      [3, 2],
      [200, 30],
      [20_000, 5_000],
    ] as const) {
      const alarms = new Alarms();
      const heard: string[] = [];
      const set = Array.from({ length: count }, (_, index) => ({ due: random.below(moments), name: `${index}` }));
      const off = set.map(({ due, name }) => alarms.set(due, () => heard.push(name)));
      const left = set.filter((_, index) => {
        const isCalledOff = random.below(4) > 0;
        if (isCalledOff) off[index]?.();
        return !isCalledOff;
      });
      const expected = (from: number, to: number) =>
        left.filter(({ due }) => due > from && due <= to).sort((a, b) => a.due - b.due);
      const half = moments >> 1;
      expect(rung(alarms, half, heard)).toEqual(expected(-1, half).map(({ name }) => name));
      expect(alarms.next).toBe(expected(half, moments)[0]?.due);
      expect(rung(alarms, moments, heard)).toEqual(expected(half, moments).map(({ name }) => name));
      expect(alarms.next).toBeUndefined();
      expect(alarms.take(Number.POSITIVE_INFINITY)).toBeUndefined();
    }
  });
  test('ring once, at their moment and not before, and to call off one that has rung changes nothing', () => {
    const alarms = new Alarms();
    const heard: string[] = [];
    const off = alarms.set(10, () => heard.push('first'));
    alarms.set(11, () => heard.push('second'));
    expect(rung(alarms, 9, heard)).toEqual([]);
    expect(alarms.take(10)).toMatchObject({ due: 10 });
    off();
    off();
    expect(alarms.next).toBe(11);
    expect(rung(alarms, 11, heard)).toEqual(['second']);
  });
  test('that are called off one after another leave no trace in the order of the rest', () => {
    const alarms = new Alarms();
    const heard: string[] = [];
    const offs = Array.from({ length: 500 }, (_, index) => alarms.set(1_000 - index, () => heard.push(`${index}`)));
    for (const [index, off] of offs.entries()) if (index % 100 !== 0) off();
    expect(alarms.next).toBe(600);
    expect(rung(alarms, 1_000, heard)).toEqual(['400', '300', '200', '100', '0']);
  });
});
