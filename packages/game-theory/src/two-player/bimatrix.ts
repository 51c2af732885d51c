import { commonDenominator, type Pace, type pause, type Rational } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Pair, payoffsIn } from './pair.ts';

/** A matrix of whole payoffs, 1 or more everywhere, so that every best-response polytope is bounded. */
export type IntegerMatrix = readonly (readonly bigint[])[];

/** A game of two who choose, as the solvers use it. */
export interface Bimatrix {
  readonly game: NormalFormGame;
  readonly pair: Pair;
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
    'choose a method for any number of players, such as support-enumeration',
  );
}

/** The matrices of a pair; `undefined` where the pace stopped it before they were made. */
export function* bimatrix(
  game: NormalFormGame,
  pair: Pair,
  pace: Pace,
): Generator<typeof pause, Bimatrix | undefined, void> {
  const { players, m, n } = pair;
  const first = yield* rowsOf(payoffsIn(game, players[0]), m, n, n, 1, pace);
  const second = yield* rowsOf(payoffsIn(game, players[1]), n, m, 1, n, pace);
  if (first === undefined || second === undefined) return undefined;
  return { game, pair, m, n, first: positive(first), second: positive(second) };
}

/** Payoffs times their common denominator, by own strategy and then by the other's. */
function* rowsOf(
  values: readonly Rational[],
  rows: number,
  columns: number,
  rowStride: number,
  columnStride: number,
  pace: Pace,
): Generator<typeof pause, bigint[][] | undefined, void> {
  const scale = commonDenominator(values);
  const matrix: bigint[][] = [];
  for (let row = 0; row < rows; row++) {
    matrix.push(
      Array.from({ length: columns }, (_, column) => {
        const { numerator, denominator } = values[row * rowStride + column * columnStride] as Rational;
        return numerator * (scale / denominator);
      }),
    );
    if (!(yield* pace.goesOn(0))) return undefined;
  }
  return matrix;
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
