import { expect, test } from 'vitest';
import { formatTable, verdictOf } from '../src/table.ts';

test('numbers stand to the right, goals below', () => {
  const text = formatTable({
    title: 'Runs a second',
    columns: ['mechanism', 'per second', 'exponent'],
    rows: [
      ['first-price', 351_234.56, 1.023456],
      ['vcg', 12, null],
    ],
    goals: [
      { what: 'runs a second', measured: 351_234.56, atLeast: 250_000 },
      { what: 'times a bare loop', measured: 3, atMost: 2 },
    ],
  });
  expect(text.split('\n')).toEqual([
    'Runs a second',
    '',
    'mechanism    per second  exponent',
    '-----------  ----------  --------',
    'first-price     351,235     1.023',
    'vcg                  12',
    '',
    'runs a second: 351,235, at least 250,000 wanted: met',
    'times a bare loop: 3, at most 2 allowed: missed by 50 %',
  ]);
});

test('a goal says by how much it is missed', () => {
  expect(verdictOf({ what: '', measured: 75, atLeast: 100 })).toBe('missed by 25 %');
  expect(verdictOf({ what: '', measured: Number.NaN, atLeast: 100 })).toBe('missed');
  expect(verdictOf({ what: '', measured: 100, atLeast: 100, atMost: 100 })).toBe('met');
});
