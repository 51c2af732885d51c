import { createMechane } from '@mechane/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { games, type PayoffTable, type ReportedPayoffs } from '../src/index.ts';

const mechane = createMechane().use(games);
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('the mediator', () => {
  const strategies = { ann: ['dare', 'swerve'], bob: ['dare', 'swerve'] };
  const advise = (reports: Record<string, ReportedPayoffs>, given: Record<string, string[]> = strategies, seed = 1) =>
    mechane.run('game-theory/mediator', { settings: { strategies: given }, reports, seed });
  const chicken = {
    ann: {
      payoffs: [
        [0, 7],
        [2, 6],
      ],
    },
    bob: {
      payoffs: [
        [0, 2],
        [7, 6],
      ],
    },
  };
  test('recommends the best correlated equilibrium of Chicken (Aumann 1974)', () => {
    const { outcome, metrics, certificate } = advise(chicken);
    expect(outcome.distribution).toEqual([
      { profile: { ann: 'dare', bob: 'swerve' }, probability: 0.25 },
      { profile: { ann: 'swerve', bob: 'dare' }, probability: 0.25 },
      { profile: { ann: 'swerve', bob: 'swerve' }, probability: 0.5 },
    ]);
    expect(metrics.welfare).toBe(10.5);
    expect(certificate).toMatchObject({ status: 'optimal', welfare: 10.5 });
  });
  test('draws as often as it says', () => {
    let dared = 0;
    for (let seed = 0; seed < 1_000; seed++)
      if (advise(chicken, strategies, seed).outcome.recommendation.ann === 'dare') dared += 1;
    // Five standard deviations of a binomial with 1,000 draws and probability 1/4.
    expect(Math.abs(dared - 250)).toBeLessThan(70);
  });
  test('gives advice that nobody gains by disobeying, in any game', () => {
    const entry = fc.integer({ min: -3, max: 3 });
    const table = fc.array(fc.array(entry, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 });
    const lists = { ann: ['a', 'b'], bob: ['x', 'y', 'z'] };
    fc.assert(
      fc.property(table, table, (ann, bob) => {
        const { distribution } = advise({ ann: { payoffs: ann }, bob: { payoffs: bob } }, lists).outcome;
        expect(distribution.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
        for (const [player, own] of [
          ['ann', ann],
          ['bob', bob],
        ] as const) {
          for (const told of lists[player]) {
            for (const played of lists[player]) {
              let gain = 0;
              for (const { profile, probability } of distribution) {
                if (profile[player] !== told) continue;
                const paid = (strategy: string) => {
                  const changed: Readonly<Record<string, string>> = { ...profile, [player]: strategy };
                  const { ann: first = '', bob: second = '' } = changed;
                  return own[lists.ann.indexOf(first)]?.[lists.bob.indexOf(second)] ?? Number.NaN;
                };
                gain += probability * (paid(played) - paid(told));
              }
              expect(gain).toBeLessThan(1e-9);
            }
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });
  test('takes the silent to be indifferent, and has nothing to say to nobody', () => {
    const { outcome } = advise({
      ann: {
        payoffs: [
          [0, 0],
          [0, 9],
        ],
      },
    });
    expect(outcome.recommendation).toEqual({ ann: 'swerve', bob: 'swerve' });
    expect(advise({}, {}).outcome).toEqual({ recommendation: {}, distribution: [{ profile: {}, probability: 1 }] });
  });
  test('refuses payoffs of another game, and games that are too large', () => {
    const say =
      (payoffs: PayoffTable, given = strategies) =>
      () =>
        advise({ ann: { payoffs } }, given);
    expect(say([[1, 2], [3]])).toThrow(coded('invalid-report', ['reports', 'ann', 'payoffs', 1]));
    expect(
      say([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toThrow(/expected a list of 2, one for each of dare, swerve/);
    expect(
      say([
        [1, 2],
        [3, [4]],
      ]),
    ).toThrow(coded('invalid-report', ['reports', 'ann', 'payoffs', 1, 1]));
    const many = Array.from({ length: 20 }, (_, index) => `${index}`);
    expect(say(1, { ann: many, bob: many })).toThrow(/at most 256 profiles/);
    expect(say(1, { ann: ['a', 'a'], bob: many })).toThrow(/no name twice/);
  });
});

test('players may be given in pairs, whose order is that of the dimensions whatever the players are called', () => {
  const reports = new Map<string, ReportedPayoffs>([
    [
      '10',
      {
        payoffs: [
          [5, 5],
          [0, 0],
        ],
      },
    ],
    [
      '2',
      {
        payoffs: [
          [0, 1],
          [0, 1],
        ],
      },
    ],
  ]);
  const playing = (strategies: [string, string[]][]) =>
    mechane.run('game-theory/mediator', { settings: { strategies }, reports, seed: 1 });
  const { outcome, metrics } = playing([
    ['10', ['up', 'down']],
    ['2', ['left', 'right']],
  ]);
  expect({ ...outcome.recommendation }).toEqual({ 2: 'right', 10: 'up' });
  expect(metrics.welfare).toBe(6);
  expect(() =>
    playing([
      ['10', ['up', 'down']],
      ['10', ['left', 'right']],
    ]),
  ).toThrow(expect.objectContaining({ code: 'invalid-settings', path: ['settings', 'strategies'] }));
});

test('whoever takes part is a player, and a player may say nothing', () => {
  const playing = (...players: string[]) => {
    const strategies = Object.fromEntries(players.map((player) => [player, ['up', 'down']]));
    const payoffs = [
      [1, 0],
      [0, 0],
    ];
    return () =>
      mechane.run('game-theory/mediator', { settings: { strategies }, reports: { bob: { payoffs } }, seed: 1 });
  };
  const refused = (fix: string) =>
    expect.objectContaining({ code: 'invalid-settings', path: ['settings', 'strategies'], fix });
  expect(playing('ann', 'bbo')).toThrow(refused('is "bbo" meant to be "bob"?'));
  expect(playing('ann', 'cat')).toThrow(refused('add its strategies'));
  expect({ ...playing('ann', 'bob')().outcome.recommendation }).toEqual({ ann: 'up', bob: 'up' });
});

test('says what is wrong with a table, with players and with whoever is none', () => {
  const twoByOne = { ann: ['up', 'down'], bob: ['stay'] };
  const advised = (reports: object, strategies: object = twoByOne) => {
    try {
      return mechane.runScenario({ mechanism: 'game-theory/mediator', settings: { strategies }, reports });
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(advised({ ann: { payoffs: [[1], [[2]]] } })).toContain('a number');
  expect(advised({ ann: { payoffs: [1, 2] } })).toContain('a list of 1, one for each of stay');
  expect(advised({ ann: { payoffs: 3 } })).toContain('a list of 2, one for each of up, down');
  const pair = ['ann', ['up', 'down']] as const;
  expect(advised({}, [pair, pair])).toContain('expected no player twice');
  expect(advised({}, [pair, ['bob', ['stay']]])).not.toContain('twice');
  expect(advised({ ann: { payoffs: [[1], [2]] }, eve: { payoffs: [[0], [0]] } })).toContain('"eve" takes part');
  expect(advised({ ann: { payoffs: [[1], [2]] }, bbo: { payoffs: [[0], [0]] } })).toContain(
    'is "bob" meant to be "bbo"?',
  );
  // Whoever takes part as a player is nobody else by another name.
  const alone = { bob: ['up'], cat: ['up'] };
  expect(advised({ bob: { payoffs: [[1]] }, bbo: { payoffs: [[1]] } }, alone)).toContain('add its strategies');
});

test('takes as many as 256 profiles', () => {
  const sixteen = Array.from({ length: 16 }, (_, index) => `${index}`);
  const payoffs = sixteen.map((_, row) => sixteen.map((__, column) => Number(row === column)));
  const { outcome } = mechane.run('game-theory/mediator', {
    settings: { strategies: { ann: sixteen, bob: sixteen } },
    reports: { ann: { payoffs }, bob: { payoffs } },
  });
  for (const { profile } of outcome.distribution) expect(profile.ann).toBe(profile.bob);
});
