import { describe, expect, test } from 'vitest';
import {
  type ExactProfile,
  NormalFormGame,
  properness,
  Rational,
  readJsonGame,
  reducedNormalForm,
  seltensHorse,
  tremblingPerfection,
} from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { agreement, matchingPennies, watchedPennies } from './known-games.ts';

const pureIn = (game: NormalFormGame, ...strategies: number[]): ExactProfile =>
  game.shape.map((count, player) =>
    Array.from({ length: count }, (_, at) => (strategies[player] === at ? Rational.one : Rational.zero)),
  );
const half = Rational.of('1/2');

/** Myerson 1978: of three equilibria, two are perfect and one is proper. */
const costs = [
  [1, 0, -9],
  [0, 0, -7],
  [-9, -7, -7],
];
const myerson = readJsonGame({ players: ['row', 'column'], payoffs: [costs, costs] });

describe('trembling-hand perfection', () => {
  test('of the equilibria of Myerson’s game, the first two are perfect', () => {
    expect(tremblingPerfection(myerson, pureIn(myerson, 0, 0)).verdict).toBe('perfect');
    expect(tremblingPerfection(myerson, pureIn(myerson, 1, 1)).verdict).toBe('perfect');
    expect(tremblingPerfection(myerson, pureIn(myerson, 2, 2))).toMatchObject({ verdict: 'not-perfect', player: 0 });
  });

  test('of the pure equilibria of Selten’s horse, one is perfect', () => {
    const { game } = reducedNormalForm(seltensHorse());
    const verdicts: Record<string, string[]> = {};
    for (let index = 0; index < game.profiles; index++) {
      const at = game.profileAt(index);
      const { verdict, because } = tremblingPerfection(game, pureIn(game, ...at));
      if (because === 'it is no equilibrium') continue;
      const names = at.map((strategy, player) => game.strategies[player]?.[strategy]).join(' ');
      verdicts[verdict] = [...(verdicts[verdict] ?? []), names];
    }
    expect(verdicts.perfect).toHaveLength(1);
    // Selten 1975: the other rests on the second player’s promise, which small mistakes make it break. It is not dominated, so that this is not proved.
    expect(verdicts.undecided).toHaveLength(1);
    expect(verdicts['not-perfect']).toBeUndefined();
  });

  test('a profile that is no equilibrium is told by its regret', () => {
    const verdict = tremblingPerfection(myerson, pureIn(myerson, 0, 1));
    expect(verdict).toMatchObject({ verdict: 'not-perfect', because: 'it is no equilibrium' });
    expect(String('regret' in verdict && verdict.regret)).toBe('1');
  });

  test('completely mixed equilibria and strict ones are perfect', () => {
    const mixed = tremblingPerfection(matchingPennies, [
      [half, half],
      [half, half],
    ]);
    expect(mixed).toEqual({ verdict: 'perfect', because: 'all strategies are played' });
    const three = agreement(1, 1);
    expect(tremblingPerfection(three, pureIn(three, 0, 0, 0))).toEqual({
      verdict: 'perfect',
      because: 'the equilibrium is strict',
    });
  });

  test('among three, a dominated strategy is not perfect, and a mixture with ties is undecided', () => {
    const three = agreement(1, 0);
    expect(tremblingPerfection(three, pureIn(three, 1, 1, 1))).toMatchObject({ verdict: 'not-perfect', player: 0 });
    const profile = [
      [half, half],
      [half, half],
      [Rational.one, Rational.zero],
    ];
    expect(tremblingPerfection(watchedPennies, profile).verdict).toBe('undecided');
  });

  test('what is no profile, or too large, is refused', () => {
    expect(codeOf(() => tremblingPerfection(myerson, [[half, half]]))).toBe('invalid-game');
    expect(
      codeOf(() =>
        tremblingPerfection(myerson, [
          [half, half, half],
          [half, half, Rational.zero],
        ]),
      ),
    ).toBe('invalid-game');
    expect(codeOf(() => tremblingPerfection(myerson, [...pureIn(myerson, 0, 0), []]))).toBe('invalid-game');
    const large = new NormalFormGame({
      strategies: [200, 200],
      payoffs: [new Float64Array(4e4), new Float64Array(4e4)],
    });
    expect(codeOf(() => tremblingPerfection(large, pureIn(large, 0, 0)))).toBe('too-large');
  });
});

describe('properness', () => {
  test('of the equilibria of Myerson’s game, only the first is proper', () => {
    expect(properness(myerson, pureIn(myerson, 0, 0))).toMatchObject({
      verdict: 'proper',
      orders: [
        [0, 1, 2],
        [0, 1, 2],
      ],
    });
    expect(properness(myerson, pureIn(myerson, 1, 1))).toMatchObject({ verdict: 'not-proper' });
    expect(properness(myerson, pureIn(myerson, 2, 2))).toMatchObject({ verdict: 'not-proper' });
    expect(properness(myerson, pureIn(myerson, 0, 1))).toMatchObject({ verdict: 'not-proper' });
  });

  test('a completely mixed equilibrium is proper, one that is mixed otherwise undecided', () => {
    expect(
      properness(matchingPennies, [
        [half, half],
        [half, half],
      ]).verdict,
    ).toBe('proper');
    const wider = readJsonGame({
      players: ['a', 'b'],
      payoffs: [
        [
          [1, 0],
          [0, 1],
          [-5, -5],
        ],
        [
          [0, 1],
          [1, 0],
          [0, 0],
        ],
      ],
    });
    expect(
      properness(wider, [
        [half, half, Rational.zero],
        [half, half],
      ]).verdict,
    ).toBe('undecided');
  });

  test('strict equilibria of three players are proper', () => {
    const three = agreement(2, 1);
    expect(properness(three, pureIn(three, 0, 0, 0)).verdict).toBe('proper');
    expect(properness(three, pureIn(three, 1, 1, 1)).verdict).toBe('proper');
  });

  test('where there are too many orders of mistakes, it is undecided', () => {
    const count = 8;
    const identity = Array.from({ length: count }, (_, row) =>
      Array.from({ length: count }, (_, at) => (row === at ? 1 : 0)),
    );
    const game = readJsonGame({ players: ['a', 'b'], payoffs: [identity, identity] });
    expect(properness(game, pureIn(game, 0, 0)).verdict).toBe('undecided');
  });
});
