import { expect, test } from 'vitest';
import { millisecondsIn, timeInWords } from '../src/mechanisms/time-in-words.ts';

test.each([
  ['10 minutes', 600_000],
  ['10min', 600_000],
  ['1 h 30 min', 5_400_000],
  ['1.5 hours', 5_400_000],
  ['1 hour, 1 second', 3_601_000],
  ['2 days', 172_800_000],
  ['90 s', 90_000],
  ['0.1 seconds', 100],
  ['250 ms', 250],
  ['600000', 600_000],
  [' 5 Minutes ', 300_000],
])('%s is %i milliseconds', (text, milliseconds) => {
  expect(millisecondsIn(text)).toBe(milliseconds);
});

test.each(['', 'soon', 'ten minutes', '10 lightyears', '1 h 30', '-5 minutes', 'minutes', '1..5 h'])(
  '%j is no time',
  (text) => {
    expect(millisecondsIn(text)).toBeUndefined();
  },
);

test('times are told in the units that people use, and read back as they were', () => {
  expect(timeInWords(600_000)).toBe('10 minutes');
  expect(timeInWords(5_401_500)).toBe('1 hour 30 minutes 1.5 seconds');
  expect(timeInWords(86_400_000)).toBe('1 day');
  expect(timeInWords(250)).toBe('250 milliseconds');
  expect(timeInWords(0)).toBe('no time');
  for (const time of [1, 999, 1000, 61_001, 604_800_000, 90_061_234])
    expect(millisecondsIn(timeInWords(time))).toBe(time);
});
