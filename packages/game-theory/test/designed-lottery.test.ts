import { createMechane, definePlugin } from '@mechane/core';
import { expect, test } from 'vitest';
import { readProblem } from '../src/design/design-problem.ts';
import { designedMechanism } from '../src/design/designed-mechanism.ts';

const alternatives = ['north', 'east', 'south', 'west'];
const types = {
  ann: [
    { name: 'cold', values: { south: 8, east: 4 } },
    { name: 'warm', values: { north: 6 } },
  ],
};
const problem = readProblem({ alternatives, types, objective: 'welfare' });
const lotteries = [
  [0, 0.25, 0.75, 0],
  [0, 0, 0, 1],
] as const;
const mechanism = designedMechanism(problem, [
  { lottery: lotteries[0], payments: [2] },
  { lottery: lotteries[1], payments: [0] },
]);
const mechane = createMechane().use(definePlugin({ name: 'lotteries', version: '1.0.0', mechanisms: [mechanism] }));
const play = (type: string, seed: number) => mechane.run('game-theory/designed', { reports: { ann: { type } }, seed });

test('a designed lottery draws each alternative as often as it says, and never one without a chance', () => {
  const draws = 4_000;
  const drawn: Record<string, number> = {};
  for (let seed = 0; seed < draws; seed++) {
    const { chosen } = play('cold', seed).outcome;
    drawn[chosen] = (drawn[chosen] ?? 0) + 1;
  }
  expect(Object.keys(drawn).sort()).toEqual(['east', 'south']);
  // Five standard deviations of a share of 1/4.
  expect(Math.abs((drawn.east ?? 0) / draws - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / draws));
});

test('it tells the lottery and what it costs, and is valued by its average, whatever was drawn', () => {
  for (const seed of [1, 2, 3]) {
    const { outcome, metrics } = play('cold', seed);
    expect(outcome.lottery).toEqual({ north: 0, east: 0.25, south: 0.75, west: 0 });
    expect(outcome.payments).toEqual({ ann: 2 });
    expect(metrics).toMatchObject({ welfare: 0.25 * 4 + 0.75 * 8, revenue: 2 });
  }
});

test('what is certain comes out whatever is drawn', () => {
  for (let seed = 0; seed < 50; seed++) expect(play('warm', seed).outcome.chosen).toBe('west');
});

test('the same seed draws the same', () => {
  expect(play('cold', 5)).toEqual(play('cold', 5));
});
