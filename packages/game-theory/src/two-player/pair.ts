import { Rational } from '@mechane/numerics';
import { unsuitableGame } from '../errors.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

/**
 * The two players who count in a game: those who have something to choose, and where fewer have, others with them. All others stand by, and the
 * table of every player is one of the pair's strategies alone.
 */
export interface Pair {
  /** Their places among the players, in order; that of a player who is made up where there is only one is -1. */
  readonly players: readonly [first: number, second: number];
  /** The numbers of their strategies. */
  readonly m: number;
  readonly n: number;
}

/** How many players have something to choose. */
export function choosers({ shape }: NormalFormGame): number {
  return shape.filter((count) => count > 1).length;
}

/** @throws MechaneError `unsuitable-game` when more than two players have something to choose */
export function pairOf(game: NormalFormGame, method: string): Pair {
  const { shape } = game;
  const choosing = [...shape.keys()].filter((player) => (shape[player] as number) > 1);
  if (choosing.length > 2) {
    throw unsuitableGame(
      method,
      `${choosing.length} players have something to choose, and the method is for two`,
      'choose a method for any number of players, such as support-enumeration',
    );
  }
  const idle = [...shape.keys()].filter((player) => shape[player] === 1);
  const [first, second = -1] = [...choosing, ...idle].slice(0, 2).sort((a, b) => a - b) as [number, number?];
  return { players: [first, second], m: shape[first] as number, n: shape[second] ?? 1 };
}

/** A player's payoffs, by the strategies of the pair: nothing for a player who is made up. */
export function payoffsIn(game: NormalFormGame, player: number): readonly Rational[] {
  return player === -1 ? new Array<Rational>(game.profiles).fill(Rational.zero) : game.rationals(player);
}

/** What all players do when the pair plays so. */
export function profileOfPair(
  { shape }: NormalFormGame,
  { players: [first, second] }: Pair,
  x: readonly Rational[],
  y: readonly Rational[],
): readonly (readonly Rational[])[] {
  return shape.map((_, player) => (player === first ? x : player === second ? y : [Rational.one]));
}
