import { Rational, type RationalLike } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import { exactNumber } from '../exact-number.ts';

/** The most players: there are two to that power coalitions. */
const mostPlayers = 20;

/**
 * A game in which coalitions, not players, earn something, and share it as they like (von Neumann and Morgenstern 1944): a game with
 * transferable utility in characteristic form. Coalitions are bit masks: bit 0 stands for the first player.
 *
 * @throws MechaneError `invalid-game` for a name that comes twice, `too-large` beyond 20 players, `invalid-number` for a worth that is no
 * number
 * @category Coalitions
 * @example
 * ```ts
 * import { CoalitionalGame, shapleyValue } from '@mechane/game-theory';
 *
 * // One left glove and two right gloves; a pair is worth 1.
 * const gloves = new CoalitionalGame(['left', 'right', 'also right'], (members) =>
 *   members.includes('left') && members.length > 1 ? 1 : 0,
 * );
 * shapleyValue(gloves).map(String); // => ['2/3', '1/6', '1/6']
 * ```
 */
export class CoalitionalGame {
  readonly players: readonly string[];
  /** What every coalition is worth, by mask; the empty one is worth nothing. */
  readonly worth: readonly Rational[];

  /** `worthOf` is asked once for every coalition but the empty one, with its members in the order of the players. */
  constructor(players: readonly string[], worthOf: (members: readonly string[]) => RationalLike) {
    if (new Set(players).size < players.length) {
      throw invalidGame({ problem: 'two players have the same name', path: ['players'] });
    }
    if (players.length > mostPlayers) throw tooLarge('the number of players', players.length, mostPlayers, ['players']);
    this.players = players;
    this.worth = Array.from({ length: 2 ** players.length }, (_, mask) =>
      mask === 0 ? Rational.zero : exactNumber(worthOf(membersOf(players, mask)), ['worth', mask]),
    );
  }

  /** What the coalition of these players is worth. */
  worthOf(mask: number): Rational {
    return this.worth[mask] as Rational;
  }

  /** The coalition of all. */
  get all(): number {
    return this.worth.length - 1;
  }

  /** The names in a coalition. */
  members(mask: number): readonly string[] {
    return membersOf(this.players, mask);
  }
}

function membersOf(players: readonly string[], mask: number): readonly string[] {
  return players.filter((_, player) => contains(mask, player));
}

/** Whether a coalition has this player. */
export function contains(mask: number, player: number): boolean {
  return (mask & (1 << player)) !== 0;
}

/** How many players a coalition has. */
export function sizeOf(mask: number): number {
  let size = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}

/** What an allocation gives to the members of a coalition together. */
export function givenTo(allocation: readonly Rational[], mask: number): Rational {
  return allocation.reduce((sum, share, player) => (contains(mask, player) ? sum.plus(share) : sum), Rational.zero);
}
