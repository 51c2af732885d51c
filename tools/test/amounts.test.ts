import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { inOtherMoney, numbersIn } from './amounts.ts';
import { mechanisms } from './installed.ts';
import { anything, plainNumbers } from './plain-numbers.ts';
import { play, profileInOtherMoney, profilesOf, servicesOf, subjects } from './play-subjects.ts';

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('every mechanism is played', () => {
  const played = new Set(subjects.map(({ mechanism }) => mechanism.id));
  expect(mechanisms.filter(({ id }) => !played.has(id))).toEqual([]);
});

describe.each(mechanisms.map((mechanism) => [mechanism.id, mechanism] as const))('%s', (id, mechanism) => {
  const { settings, report, message, ask, outcome } = mechanism;
  const schemas = { settings, report, message: message === report ? undefined : message, ask, outcome };
  const numbers = Object.entries(schemas).flatMap(([part, schema]) => (schema ? [...numbersIn(schema, part)] : []));
  const ofKind = (kind: string): readonly string[] =>
    [...new Set(numbers.filter((number) => number.kind === kind).map(({ path }) => path))].sort();

  test('says of every number whether it is money, a quantity or neither', () => {
    expect(ofKind('plain')).toEqual([...(plainNumbers[id] ?? [])].sort());
    expect(ofKind('anything')).toEqual([...(anything[id] ?? [])].sort());
  });
});

describe.each(subjects.map((subject) => [subject.mechanism.id, subject.domain.name, subject] as const))(
  '%s on %s',
  (id, _, subject) => {
    const { mechanism } = subject;
    const [askShape, outcomeShape] = [mechanism.ask as z.ZodType, mechanism.outcome as z.ZodType];

    test('asks and decides what it describes, and nothing besides', async () => {
      const services = await servicesOf(subject);
      for (const profile of profilesOf(subject)) {
        const { outcome, asks } = play(mechanism, services, profile);
        expect(asJson(outcomeShape.parse(outcome))).toEqual(asJson(outcome));
        for (const asked of asks) expect(asJson(askShape.parse(asked))).toEqual(asJson(asked));
      }
    });

    // Doubling loses nothing in binary arithmetic: whatever is computed without logarithms has to be the same to the last digit.
    test('decides the same where everything costs twice as much, for twice the money', async () => {
      const services = await servicesOf(subject);
      for (const profile of profilesOf(subject)) {
        const once = play(mechanism, services, profile);
        const twice = play(mechanism, services, profileInOtherMoney(mechanism, profile, 2));
        const expected = inOtherMoney(outcomeShape, once.outcome, 2);
        expect(twice.outcome).toEqual(id === 'market/fisher' ? nearly(expected) : expected);
        expect(twice.asks).toEqual(once.asks.map((asked) => inOtherMoney(askShape, asked, 2)));
      }
    });
  },
);

/** Every number up to rounding. */
function nearly(value: unknown): unknown {
  if (typeof value === 'number') return expect.closeTo(value, 9);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, nearly(held)]));
}
