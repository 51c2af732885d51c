import { expect, test } from 'vitest';
import { History, historyOmitted, longestHistory } from '../src/index.ts';

test('a history is told as it is while it is short', () => {
  const history = new History<number>();
  for (let round = 1; round <= longestHistory; round++) history.add(round);
  const told = history.told();
  expect(Object.keys(told)).toEqual(['history']);
  expect([told.history.length, told.history.at(-1), history.isFull]).toEqual([10_000, 10_000, true]);
});

test('of a longer history the first 10,000 entries are told, and how many are missing', () => {
  const history = new History<number>();
  for (let round = 1; round <= longestHistory + 3; round++) history.add(round);
  history.omit(5);
  const told = history.told();
  expect([told.history.length, told.history.at(-1), told.historyOmitted]).toEqual([10_000, 10_000, 8]);
  expect(history.length).toBe(10_008);
  expect(historyOmitted.safeParse(told.historyOmitted).success).toBe(true);
});

test('of entries that are long, fewer are told', () => {
  const history = new History<number>();
  for (let round = 1; round <= 20; round++) history.add(round, 300_000);
  expect(history.told()).toEqual({ history: [1, 2, 3, 4], historyOmitted: 16 });
  const exactly = new History<number>();
  for (let round = 1; round <= 5; round++) exactly.add(round, 250_000);
  expect([exactly.isFull, exactly.told()]).toEqual([true, { history: [1, 2, 3, 4], historyOmitted: 1 }]);
});
