import { describe, expect, test } from 'vitest';
import {
  type BehaviourProfile,
  ends,
  extensiveGame,
  kuhnPoker,
  move,
  Rational,
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
