import { describe, expect, test } from 'vitest';
import { readDeadlines } from '../src/live/deadline.ts';

const never = Number.POSITIVE_INFINITY;

describe('deadlines', () => {
  test('are a minute a round where nothing is said, and then nobody has given any', () => {
    expect(readDeadlines({})).toEqual({ within: 60_000, closesAt: never, areGiven: false });
  });
  test('are those of rounds, or that of the whole run, whose rounds then do not close before', () => {
    expect(readDeadlines({ within: 500 })).toEqual({ within: 500, closesAt: never, areGiven: true });
    expect(readDeadlines({ within: 0 })).toEqual({ within: 0, closesAt: never, areGiven: true });
    expect(readDeadlines({ closesAt: 0 })).toEqual({ within: never, closesAt: 0, areGiven: true });
    expect(readDeadlines({ within: 500, closesAt: 9 })).toEqual({ within: 500, closesAt: 9, areGiven: true });
  });
  test('without end are no deadlines', () => {
    expect(readDeadlines({ within: never })).toEqual({ within: never, closesAt: never, areGiven: false });
    expect(readDeadlines({ closesAt: never }).areGiven).toBe(false);
  });
  test.each<[Date | string | number, number]>([
    [new Date(12_345), 12_345],
    [12_345, 12_345],
    ['1970-01-01T00:01Z', 60_000],
    ['1970-01-01T00:00:10Z', 10_000],
    ['1970-01-01T00:00:10.5Z', 10_500],
    ['1970-01-01T00:00:10.125+00:00', 10_125],
    ['1970-01-01T02:00+01:30', 1_800_000],
    ['1970-01-01T00:00-01:00', 3_600_000],
  ])('may be at %s', (closesAt, moment) => {
    expect(readDeadlines({ closesAt }).closesAt).toBe(moment);
  });
  test.each<[unknown, RegExp]>([
    ['2027-01-31', /string was given; expected milliseconds since 1970, a Date, or a time such as/],
    ['2027-01-31T18:00:00', /string was given/],
    ['2027-01-31 18:00Z', /string was given/],
    ['at 2027-01-31T18:00Z', /string was given/],
    ['2027-01-31T18:00Z or so', /string was given/],
    ['2027-01-31T18:00:00.Z', /string was given/],
    ['2027-01-31T18:00+1:00', /string was given/],
    ['2027-01-31T18:00+01', /string was given/],
    ['2027-01-31T18:00 01:00', /string was given/],
    ['2027-13-41T18:00Z', /string was given/],
    ['tomorrow', /string was given/],
    [new Date(Number.NaN), /this date is none/],
    [-1, /-1 is no such time/],
    [Number.NaN, /NaN is no such time/],
    [null, /object was given/],
    [true, /boolean was given/],
  ])('are not at %s', (closesAt, problem) => {
    const refusal = { code: 'invalid-deadline', path: ['closesAt'] };
    expect(() => readDeadlines({ closesAt })).toThrow(expect.objectContaining(refusal));
    expect(() => readDeadlines({ closesAt })).toThrow(problem);
  });
  test.each<[unknown, RegExp]>([
    [-1, /-1 is no such time; expected milliseconds, 0 or more, or Infinity for no end/],
    [Number.NaN, /NaN is no such time/],
    ['500', /string was given/],
    [null, /object was given/],
  ])('nor within %s', (within, problem) => {
    expect(() => readDeadlines({ within })).toThrow(expect.objectContaining({ path: ['within'] }));
    expect(() => readDeadlines({ within })).toThrow(problem);
  });
});
