import { writeEfg } from '../extensive-form/efg.ts';
import type { ExtensiveGame } from '../extensive-form/extensive-game.ts';

/**
 * A game that somebody published.
 *
 * @category Published games
 */
export interface PublishedGame {
  /** By which it is asked for: `prisoners-dilemma`. */
  readonly id: string;
  readonly name: string;
  /** Who published it, when and where. */
  readonly source: string;
  /** The game as a file has it: an object for JSON, or the text of an extensive game in Gambit's format. */
  written(): object | string;
}

export type Pair = readonly [number, number];

/** A game of two players by its cells. */
export function cells(
  name: string,
  source: string,
  strategies: readonly [readonly string[], readonly string[]],
  rows: readonly (readonly Pair[])[],
  players: readonly [string, string] = ['row', 'column'],
): PublishedGame {
  const payoffs = [0, 1].map((player) => rows.map((row) => row.map((cell) => cell[player])));
  return published(name, source, () => ({ players, strategies, payoffs }));
}

/** A game of two players by a rule for its payoffs. */
export function ruled(
  name: string,
  source: string,
  moves: readonly (string | number)[],
  payoff: (mine: number, theirs: number) => number,
): PublishedGame {
  const places = moves.map((_, place) => place);
  const names = moves.map(String);
  return cells(
    name,
    source,
    [names, names],
    places.map((mine) => places.map((theirs): Pair => [payoff(mine, theirs), payoff(theirs, mine)])),
  );
}

/** A game of three players with two strategies each by a rule. */
export function ofThree(
  name: string,
  source: string,
  strategies: readonly [string, string],
  payoff: (player: number, profile: readonly [number, number, number]) => number,
): PublishedGame {
  const payoffs = [0, 1, 2].map((player) =>
    [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => payoff(player, [a, b, c])))),
  );
  const own = [strategies, strategies, strategies];
  return published(name, source, () => ({ players: ['1', '2', '3'], strategies: own, payoffs }));
}

/** A game in a tree. */
export function tree(name: string, source: string, make: () => ExtensiveGame): PublishedGame {
  return published(name, source, () => writeEfg(make()));
}

function published(name: string, source: string, written: () => object | string): PublishedGame {
  return { id: idOf(name), name, source, written };
}

/** A name in small letters, its words joined: `prisoners-dilemma`. */
function idOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-');
}
