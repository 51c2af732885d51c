import { commonDenominator, type Rational } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

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
  const first = wholeNumbers(game.rationals(0));
  const second = wholeNumbers(game.rationals(1));
  return {
    game,
    m,
    n,
    first: positive(Array.from({ length: m }, (_, i) => first.slice(i * n, (i + 1) * n))),
    second: positive(
      Array.from({ length: n }, (_, j) => Array.from({ length: m }, (_, i) => second[i * n + j] as bigint)),
    ),
  };
}

/** Payoffs times their common denominator. */
function wholeNumbers(values: readonly Rational[]): bigint[] {
  const scale = commonDenominator(values);
  return values.map((value) => value.numerator * (scale / value.denominator));
}

/**
 * Moves the payoffs against each strategy of the other so that they are positive, which changes no best response. The further from 0, the better doubles can
 * tell what they compute; too far, and the differences are lost.
 */
function positive(matrix: readonly (readonly bigint[])[]): IntegerMatrix {
  const moves = (matrix[0] as readonly bigint[]).map((_, column) => {
    let [least, most] = [matrix[0]?.[column] as bigint, matrix[0]?.[column] as bigint];
    for (const row of matrix) {
      const value = row[column] as bigint;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return (most - least) / 4n + 1n - least;
  });
  return matrix.map((row) => row.map((value, column) => value + (moves[column] as bigint)));
}
