import { amount, defineMechanism, type Setup, singleItemOutcome, unsold } from '@mechane/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Counted } from '../src/game/counted.ts';
import { Departing } from '../src/game/departing.ts';

const clock = defineMechanism({
  id: 'example/clock',
  settings: z.strictObject({}),
  report: z.strictObject({ value: amount }),
  message: z.strictObject({ leaveAt: amount }),
  outcome: singleItemOutcome,
  *conduct({ participants }: Setup<Record<string, never>, { leaveAt: number }>) {
    yield* [];
    return unsold(participants);
  },
  proxy:
    ({ value }) =>
    () => ({ leaveAt: value }),
});

const bob = (leaveAt: number) => [new Departing({ value: 3 }, [{ from: 1, to: 1, message: { leaveAt } }])];

test('what one agent says is never unheard because another has finer amounts: together they are no play', () => {
  const counted = new Counted({}, undefined);
  const reports = (value: number) =>
    new Map([
      ['ann', { value }],
      ['bob', { value: 3 }],
    ]);
  expect(counted.forDepartures(clock, reports(4), bob(9_007_700_279_296))).toBe(clock);
  expect(() => counted.forDepartures(clock, reports(68.922), bob(9_007_700_279_296))).toThrow(
    expect.objectContaining({ code: 'imprecise-amount' }),
  );
  expect(counted.forDepartures(clock, reports(68.922), bob(9_007))).not.toBe(clock);
});

test('where the settings name the unit, a finer amount is no play, said at the beginning or later', () => {
  const counted = new Counted({ unit: 0.1 }, 0.1);
  const reports = (value: number) => new Map([['ann', { value }]]);
  expect(counted.forDepartures(clock, reports(4.5), bob(3.2))).not.toBe(clock);
  expect(() => counted.forDepartures(clock, reports(4.5), bob(2 ** 53))).toThrow(
    expect.objectContaining({ code: 'imprecise-amount' }),
  );
  expect(() => counted.forDepartures(clock, reports(4.55), [])).toThrow(
    expect.objectContaining({ code: 'imprecise-amount' }),
  );
});
