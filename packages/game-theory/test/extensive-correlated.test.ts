import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  chance,
  correlated,
  ends,
  extensiveCorrelated,
  extensiveGame,
  kuhnPoker,
  leducPoker,
  move,
  Rational,
  reducedNormalForm,
  seltensHorse,
  sequenceFormEquilibria,
} from '../src/index.ts';
import { randomTree } from './random-tree.ts';

const texts = (values: readonly Rational[] | undefined): string[] => (values ?? []).map(String);

/** The signalling game of von Stengel & Forges (2008): a student of either type sends a signal and is taken on or not. */
const answer = (signal: string, taken: readonly [number, number]) =>
  move('professor', signal, [
    ['take', ends(...taken)],
    ['refuse', ends(0, 6)],
  ]);
const student = (type: string, taken: readonly [number, number]) =>
  move(
    'student',
    type,
    ['X', 'Y'].map((signal) => [signal, answer(signal, taken)] as const),
  );
const signalling = extensiveGame({
  players: ['student', 'professor'],
  root: chance([
    ['1/2', student('good', [4, 10])],
    ['1/2', student('bad', [6, 0])],
  ]),
});

describe('extensive-form correlated equilibrium', () => {
  test('lets the good type prove itself by a signal that the bad one can only guess, as published', () => {
    expect(texts(sequenceFormEquilibria(signalling).now().results[0]?.payoffs)).toEqual(['0', '6']);
    const { results, complete } = extensiveCorrelated(signalling, { objective: { player: 1 } }).now();
    expect(texts(results[0]?.payoffs)).toEqual(['7/2', '13/2']);
    expect(results[0]?.regret.toString()).toBe('0');
    expect(complete).toBe(false);
    // Told everything at the start, the bad type would send the signal of the good one.
    expect(texts(correlated(reducedNormalForm(signalling).game).now().results[0]?.payoffs)).toEqual(['0', '6']);
  });

  test('allows whatever correlated equilibrium of the normal form allows, and Nash equilibrium before that', () => {
    const values = (payoffs: readonly Rational[] | undefined): Rational =>
      (payoffs ?? []).reduce((sum, payoff) => sum.plus(payoff), Rational.zero);
    let seen = 0;
    for (let seed = 1; seen < 12; seed++) {
      const game = randomTree(seededRandom(seed), { depth: 3, largest: 3 });
      const { profiles } = reducedNormalForm(game).game;
      if (profiles < 4 || profiles > 60) continue;
      seen += 1;
      const [extensive] = extensiveCorrelated(game).now().results;
      const [normal] = correlated(reducedNormalForm(game).game).now().results;
      const [nash] = sequenceFormEquilibria(game).now().results;
      expect(extensive?.regret.sign).toBe(0);
      expect(values(extensive?.payoffs).isLess(values(normal?.payoffs))).toBe(false);
      expect(values(normal?.payoffs).isLess(values(nash?.payoffs))).toBe(false);
    }
  });

  test('aims at one player or at the poorest, with three players too', () => {
    const [best] = extensiveCorrelated(seltensHorse(), { objective: { player: 2 } }).now().results;
    expect(texts(best?.payoffs)[2]).toBe('2');
    const [fair] = extensiveCorrelated(seltensHorse(), { objective: 'fairness' }).now().results;
    expect(texts(fair?.payoffs)).toEqual(['3', '2', '2']);
  });

  test('recommends nothing where there is nothing to choose', () => {
    const game = extensiveGame({
      players: ['1', '2'],
      root: move('1', 'on', [
        [
          'go',
          move('2', 'pick', [
            ['mine', ends(0, 3)],
            ['ours', ends(2, 2)],
          ]),
        ],
      ]),
    });
    expect(texts(extensiveCorrelated(game).now().results[0]?.payoffs)).toEqual(['0', '3']);
  });

  test('stops at its budget, and refuses what is too large', () => {
    expect(extensiveCorrelated(signalling, { steps: 1 }).now()).toMatchObject({ results: [], complete: false });
    expect(() => extensiveCorrelated(kuhnPoker({ cards: 4 }))).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(() => extensiveCorrelated(leducPoker())).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});
