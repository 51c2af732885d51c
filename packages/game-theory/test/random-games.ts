import type { Random } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { NormalFormGame } from '../src/normal-form/game.ts';
import type { Table } from './equilibrium-oracle.ts';

/** A game for both the solver and the oracle. */
export interface TableGame {
  readonly game: NormalFormGame;
  readonly first: Table;
  readonly second: Table;
}

export function tableGame(first: Table, second: Table): TableGame {
  const [m, n] = [first.length, (first[0] as readonly Rational[]).length];
  return { first, second, game: new NormalFormGame({ strategies: [m, n], payoffs: [first.flat(), second.flat()] }) };
}

/** A game with payoffs from a wide range, which is hardly ever degenerate. */
export function genericGame(random: Random): TableGame {
  const [m, n] = [1 + random.below(4), 1 + random.below(4)];
  const draw = (): Rational => Rational.ratio(BigInt(random.below(20_001) - 10_000), BigInt(1 + random.below(9)));
  return tableGame(matrix(m, n, draw), matrix(m, n, draw));
}

/** A game that is degenerate by construction: payoffs that tie, equal rows, rows that are mixtures of others, constants. */
export function degenerateGame(random: Random): TableGame {
  const [m, n] = [2 + random.below(3), 2 + random.below(3)];
  const few = (): Rational => Rational.of(random.below(3));
  const kind = random.below(5);
  if (kind === 0) return tableGame(matrix(m, n, few), matrix(m, n, few));
  const [first, second] = [matrix(m, n, few), matrix(m, n, () => Rational.of(random.below(50)))];
  if (kind === 1) return tableGame([...first.slice(1), first[m - 1] as Rational[]], second);
  if (kind === 2) {
    const [one, two] = [first[0] as Rational[], first[1] as Rational[]];
    return tableGame(
      [...first.slice(0, -1), one.map((entry, j) => entry.plus(two[j] as Rational).over(Rational.of(2)))],
      second,
    );
  }
  if (kind === 3)
    return tableGame(
      first,
      matrix(m, n, () => Rational.one),
    );
  // Each row pays the column player the same in two columns.
  return tableGame(
    second,
    first.map((row) => row.map((entry, j) => (j === 1 ? (row[0] as Rational) : entry))),
  );
}

function matrix(m: number, n: number, draw: () => Rational): Rational[][] {
  return Array.from({ length: m }, () => Array.from({ length: n }, draw));
}
