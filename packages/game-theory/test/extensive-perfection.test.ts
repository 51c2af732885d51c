import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  type BehaviourProfile,
  chance,
  ends,
  extensiveGame,
  kuhnPoker,
  move,
  NormalFormGame,
  perfectEquilibrium,
  properEquilibrium,
  pureEquilibria,
  Rational,
  readJsonGame,
  reducedNormalForm,
  seltensHorse,
  sequenceFormEquilibria,
  tremblingHand,
} from '../src/index.ts';

const profileOf = (numbers: readonly (readonly (readonly (string | number)[])[])[]): BehaviourProfile =>
  numbers.map((sets) => sets.map((actions) => actions.map((share) => Rational.of(share))));

describe('trembling-hand perfection', () => {
  test("holds of one pure equilibrium of Selten's horse and not of the other (Selten 1975)", () => {
    const horse = seltensHorse();
    expect(tremblingHand(horse, profileOf([[[1, 0]], [[1, 0]], [[0, 1]]]))).toEqual({
      verdict: 'perfect',
      trembles: [[[0, expect.any(Number)]], [[0, expect.any(Number)]], [[expect.any(Number), 0]]],
    });
    expect(tremblingHand(horse, profileOf([[[0, 1]], [[1, 0]], [[1, 0]]]))).toEqual({
      verdict: 'not perfect',
      because: 'at 2, down is better than across whatever 2 believes',
    });
  });

  test('fails of what is no equilibrium, and of incredible threats', () => {
    const horse = seltensHorse();
    expect(tremblingHand(horse, profileOf([[[1, 0]], [[1, 0]], [[1, 0]]]))).toMatchObject({
      verdict: 'not perfect',
      because: expect.stringMatching(/gains 3/),
    });
    const entry = extensiveGame({
      players: ['entrant', 'owner'],
      root: move('entrant', '', [
        ['out', ends(0, 2)],
        [
          'in',
          move('owner', 'answer', [
            ['fight', ends(-1, -1)],
            ['share', ends(1, 1)],
          ]),
        ],
      ]),
    });
    expect(tremblingHand(entry, profileOf([[[1, 0]], [[1, 0]]]))).toMatchObject({ verdict: 'not perfect' });
    expect(tremblingHand(entry, profileOf([[[0, 1]], [[0, 1]]]))).toMatchObject({ verdict: 'perfect' });
  });

  test('distinguishes weakly dominated equilibria of a simultaneous game', () => {
    // Both may say yes or no; only yes and yes gives both 1. No and no is an equilibrium in dominated strategies.
    const reply = (own: string) =>
      move(
        '2',
        'reply',
        ['yes', 'no'].map((said) => [said, own === 'yes' && said === 'yes' ? ends(1, 1) : ends(0, 0)] as const),
      );
    const game = extensiveGame({
      players: ['1', '2'],
      root: move('1', '', [
        ['yes', reply('yes')],
        ['no', reply('no')],
      ]),
    });
    expect(tremblingHand(game, profileOf([[[1, 0]], [[1, 0]]])).verdict).toBe('perfect');
    expect(tremblingHand(game, profileOf([[[0, 1]], [[0, 1]]])).verdict).toBe('undecided');
    const half = profileOf([[['1/2', '1/2']], [['1/2', '1/2']]]);
    expect(tremblingHand(game, half).verdict).toBe('not perfect');
  });

  test('holds of every equilibrium in which every move is made', () => {
    const pennies = (own: number) =>
      move(
        '2',
        'guess',
        [0, 1].map((guess) => [`side ${guess}`, guess === own ? ends(-1, 1) : ends(1, -1)] as const),
      );
    const game = extensiveGame({
      players: ['1', '2'],
      root: move('1', '', [
        ['head', pennies(0)],
        ['tail', pennies(1)],
      ]),
    });
    expect(tremblingHand(game, profileOf([[['1/2', '1/2']], [['1/2', '1/2']]]))).toEqual({ verdict: 'perfect' });
  });

  test('asks nothing of what chance rules out', () => {
    const game = extensiveGame({
      players: ['1'],
      root: chance([
        [
          1,
          move('1', 'real', [
            ['a', ends(1)],
            ['b', ends(0)],
          ]),
        ],
        [
          0,
          move('1', 'never', [
            ['a', ends(1)],
            ['b', ends(0)],
          ]),
        ],
      ]),
    });
    expect(
      tremblingHand(
        game,
        profileOf([
          [
            [1, 0],
            [0, 1],
          ],
        ]),
      ).verdict,
    ).toBe('perfect');
  });

  test('never calls an equilibrium of Kuhn poker perfect without a series of mistakes', () => {
    const kuhn = kuhnPoker();
    const [equilibrium] = sequenceFormEquilibria(kuhn).now().results;
    expect(['perfect', 'undecided']).toContain(tremblingHand(kuhn, equilibrium?.profile ?? []).verdict);
  });

  test('refuses profiles that do not fit', () => {
    for (const profile of [[], profileOf([[[1]], [[1, 0]], [[1, 0]]]), profileOf([[[2, -1]], [[1, 0]], [[1, 0]]])]) {
      expect(() => tremblingHand(seltensHorse(), profile)).toThrow(
        expect.objectContaining({ code: 'unsuitable-game' }),
      );
    }
  });
});

describe('perfection between two players', () => {
  // Myerson's game (1978): three equilibria on the diagonal, of which the last is not perfect.
  const table = [
    [1, 0, -9],
    [0, 0, -7],
    [-9, -7, -7],
  ];
  const myerson = readJsonGame({ players: ['1', '2'], payoffs: [table, table] });
  const pure = (...moves: number[]) => moves.map((made) => [0, 1, 2].map((move) => Rational.of(move === made ? 1 : 0)));

  test('is told apart as Myerson does', () => {
    expect(perfectEquilibrium(myerson, pure(0, 0))).toEqual({ perfect: true });
    expect(perfectEquilibrium(myerson, pure(1, 1))).toEqual({ perfect: true });
    expect(perfectEquilibrium(myerson, pure(2, 2))).toMatchObject({ perfect: false, player: 0 });
    expect(JSON.stringify(perfectEquilibrium(myerson, pure(0, 2)))).toBe('{"perfect":false,"regret":"10"}');
  });

  test('and only the first is proper', () => {
    expect(properEquilibrium(myerson, pure(0, 0))).toEqual({
      verdict: 'proper',
      trembles: [
        [0, 1, 2],
        [0, 1, 2],
      ],
    });
    expect(properEquilibrium(myerson, pure(1, 1)).verdict).toBe('undecided');
    expect(properEquilibrium(myerson, pure(2, 2))).toEqual({
      verdict: 'not proper',
      because: 'what 1 plays is weakly dominated',
    });
    expect(properEquilibrium(myerson, pure(0, 2))).toMatchObject({
      verdict: 'not proper',
      because: expect.stringMatching(/gains 10/),
    });
  });

  test('has proper equilibria among the perfect ones, and strict equilibria among the proper ones', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const payoffs = [0, 1].map(() => [0, 1, 2].map(() => [0, 1, 2].map(() => random.below(4))));
      const game = readJsonGame({ players: ['1', '2'], payoffs: payoffs as number[][][] });
      for (const { profile } of pureEquilibria(game).now().results) {
        const [row, column] = profile.map((own) => own.findIndex(({ sign }) => sign > 0)) as [number, number];
        const [one, two] = payoffs as [number[][], number[][]];
        const strict =
          one.every(
            (amounts, other) => other === row || (amounts[column] as number) < (one[row]?.[column] as number),
          ) &&
          (two[row] as number[]).every((amount, other) => other === column || amount < (two[row]?.[column] as number));
        const { verdict } = properEquilibrium(game, profile);
        if (strict) expect(verdict).toBe('proper');
        if (verdict === 'proper') expect(perfectEquilibrium(game, profile)).toEqual({ perfect: true });
      }
    }
  });

  test('finds the proper one of three players, and refuses what is too large', () => {
    const horse = reducedNormalForm(seltensHorse()).game;
    const moves = (...made: number[]) => made.map((one) => [0, 1].map((move) => Rational.of(move === one ? 1 : 0)));
    expect(properEquilibrium(horse, moves(0, 0, 1)).verdict).not.toBe('not proper');
    expect(properEquilibrium(horse, moves(1, 0, 0)).verdict).not.toBe('proper');
    const large = new NormalFormGame({ strategies: [100, 100], payoffs: [0, 1].map(() => new Float64Array(10_000)) });
    expect(() => properEquilibrium(large, [])).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  test('agrees with trembles in the tree of the same game, wherever those decide', () => {
    let decided = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const payoffs = [0, 1].map(() => [0, 1, 2].map(() => [0, 1, 2].map(() => random.below(3))));
      const game = readJsonGame({ players: ['1', '2'], payoffs: payoffs as number[][][] });
      const names = ['a', 'b', 'c'];
      const tree = extensiveGame({
        players: ['1', '2'],
        root: move(
          '1',
          '',
          names.map(
            (own, row) =>
              [
                own,
                move(
                  '2',
                  'reply',
                  names.map(
                    (other, column) =>
                      [other, ends(...payoffs.map((amounts) => amounts[row]?.[column] as number))] as const,
                  ),
                ),
              ] as const,
          ),
        ),
      });
      for (const { profile } of pureEquilibria(game).now().results) {
        const { verdict } = tremblingHand(
          tree,
          profile.map((strategy) => [strategy]),
        );
        if (verdict === 'undecided') continue;
        decided += 1;
        expect(perfectEquilibrium(game, profile).perfect).toBe(verdict === 'perfect');
      }
    }
    expect(decided).toBeGreaterThan(20);
  });

  test('is not asked of three players', () => {
    const three = reducedNormalForm(seltensHorse()).game;
    expect(() => perfectEquilibrium(three, [])).toThrow(expect.objectContaining({ code: 'unsuitable-game' }));
  });
});
