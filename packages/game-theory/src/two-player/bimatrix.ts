import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { commonDenominator, type Rational } from '../rational.ts';

/** A matrix of whole payoffs, 1 or more everywhere, so that every best-response polytope is bounded. */
export type IntegerMatrix = readonly (readonly bigint[])[];

/** A two-player game as the solvers use it. */
export interface Bimatrix {
  readonly game: NormalFormGame;
  /** The numbers of strategies. */
  readonly m: number;
  readonly n: number;
  /** The first player's payoffs by own strategy, then by the second's: positive integers. */
  readonly first: IntegerMatrix;
  /** The second player's payoffs by own strategy, then by the first's: positive integers. */
  readonly second: IntegerMatrix;
}

/** @throws MechaneError `unsuitable-game` when there are not two players */
export function requireTwoPlayers(game: NormalFormGame, method: string): void {
  if (game.players.length === 2) return;
  throw unsuitableGame(
    method,
    `the game has ${game.players.length} ${game.players.length === 1 ? 'player' : 'players'}, and the method is for two`,
    'choose a method for any number of players, such as pure',
  );
}

/** @throws MechaneError `unsuitable-game` when there are not two players */
export function bimatrix(game: NormalFormGame, method: string): Bimatrix {
  requireTwoPlayers(game, method);
  const [m, n] = game.shape as readonly [number, number];
  const first = positiveIntegers(game.rationals(0));
  const second = positiveIntegers(game.rationals(1));
  return {
    game,
    m,
    n,
    first: Array.from({ length: m }, (_, i) => first.slice(i * n, (i + 1) * n)),
    second: Array.from({ length: n }, (_, j) => Array.from({ length: m }, (_, i) => second[i * n + j] as bigint)),
  };
}

/** Payoffs times their common denominator, moved to be positive: neither changes best responses. */
function positiveIntegers(values: readonly Rational[]): bigint[] {
  const scale = commonDenominator(values);
  const whole = values.map((value) => value.numerator * (scale / value.denominator));
  const least = whole.reduce((low, value) => (value < low ? value : low));
  const most = whole.reduce((high, value) => (value > high ? value : high));
  // The further from 0, the better doubles can tell what they compute; too far, and the differences are lost.
  const shift = (most - least) / 4n + 1n;
  return whole.map((value) => value - least + shift);
}
