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

test('what rounding leaves of a lottery falls to the last that has a chance', () => {
  const short = designedMechanism(problem, [
    { lottery: [0.2, 0.3, 0, 0], payments: [0] },
    { lottery: [1, 0, 0, 0], payments: [0] },
  ]);
  const house = createMechane().use(definePlugin({ name: 'short', version: '1.0.0', mechanisms: [short] }));
  const drawn = Array.from({ length: 200 }, (_, seed) => {
    return house.run('game-theory/designed', { reports: { ann: { type: 'cold' } }, seed }).outcome.chosen;
  });
  expect(new Set(drawn)).toEqual(new Set(['north', 'east']));
  // Three tenths, and the half that is missing.
  expect(drawn.filter((chosen) => chosen === 'east').length).toBeGreaterThan(130);
});

test('each profile of types of several agents has its own outcome, and silence of one has none', async () => {
  const two = readProblem({
    alternatives: ['a', 'b', 'c', 'd', 'e', 'f'],
    types: {
      ann: [
        { name: 'one', values: { a: 1 } },
        { name: 'two', values: { b: 1 } },
      ],
      bob: [
        { name: 'x', values: { a: 1 } },
        { name: 'y', values: { b: 1 } },
        { name: 'z', values: { c: 1 } },
      ],
    },
    objective: 'welfare',
  });
  const certain = (place: number) => ({
    lottery: two.alternatives.map((_, index) => Number(index === place)),
    payments: [place, 10 + place],
  });
  const rule = designedMechanism(two, [0, 1, 2, 3, 4, 5].map(certain));
  const house = createMechane().use(definePlugin({ name: 'two', version: '1.0.0', mechanisms: [rule] }));
  let place = 0;
  for (const ann of ['one', 'two'])
    for (const bob of ['x', 'y', 'z']) {
      const { outcome } = house.run('game-theory/designed', { reports: { ann: { type: ann }, bob: { type: bob } } });
      expect(outcome).toMatchObject({ chosen: 'abcdef'[place], payments: { ann: place, bob: 10 + place } });
      place++;
    }
  const { outcome } = await house.open('game-theory/designed', {
    agents: { ann: () => ({ type: 'two' }), bob: () => undefined },
  }).result;
  expect(outcome).toEqual({ chosen: 'a', lottery: { a: 1 }, payments: { ann: 0, bob: 0 } });
});

test('it claims what the problem made a constraint, and nothing else', () => {
  const claimed = (wanted: object) => {
    const given = { alternatives, types, objective: 'revenue', ...wanted };
    const claims = designedMechanism(readProblem(given as never), []).claims({}) as readonly {
      readonly law: string;
      readonly mode?: string;
    }[];
    return claims.map(({ law, mode }) => (mode === undefined ? law : `${law}, ${mode}`));
  };
  expect(claimed({ truthful: 'dominant', participation: 'ex-post' })).toEqual([
    'strategy-proof',
    'individually-rational',
    'no-deficit',
  ]);
  expect(claimed({ truthful: 'bayesian', participation: 'interim', deficit: true })).toEqual([
    'bayesian-incentive-compatible',
    'individually-rational, interim',
  ]);
  expect(claimed({ truthful: 'bayesian', participation: 'none' })).toEqual([
    'bayesian-incentive-compatible',
    'no-deficit',
  ]);
});
