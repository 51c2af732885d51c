import type { Rational } from '@mechane/numerics';
import { invalidGame, tooLarge } from '../errors.ts';
import { exactNumber } from '../exact-number.ts';
import { type Levelled, levelled, type Payoffs } from './payoff-shares.ts';

/**
 * The most payoffs that a table may hold, over all players: as doubles, 256 MiB.
 *
 * @category Games in tables
 */
export const mostPayoffs: number = 2 ** 25;
/**
 * The most players: their strategies alone would make every table too large.
 *
 * @category Games in tables
 */
export const mostPlayers = 64;

export type { Payoffs };

/**
 * The parts of a game; names may be left out.
 *
 * @category Games in tables
 */
export interface NormalFormParts {
  readonly title?: string;
  readonly players?: readonly string[];
  /** How many strategies each player has, or their names. */
  readonly strategies: readonly (number | readonly string[])[];
  /** For every player, a table of all profiles, the last player's strategy running fastest. */
  readonly payoffs: readonly Payoffs[];
}

/**
 * A finite game in normal form: some players, each with strategies, and every player's payoff at every profile of strategies.
 *
 * Payoffs are exact rationals or doubles, as they were given, and are turned into the other kind when that is asked for: a double stands
 * for the shortest decimal that reads as it. Tables are flat; the payoff at a profile `s` stands at the sum of
 * `s[player] * strides[player]`, the last player's strategy running fastest.
 *
 * @throws MechaneError `invalid-game` when counts do not fit or a double is not finite, `too-large` beyond {@link mostPayoffs}
 * @category Games in tables
 * @example
 * ```ts
 * import { NormalFormGame } from '@mechane/game-theory';
 *
 * const prisoners = new NormalFormGame({
 *   strategies: [['silent', 'tell'], ['silent', 'tell']],
 *   payoffs: [new Float64Array([2, 0, 3, 1]), new Float64Array([2, 3, 0, 1])],
 * });
 * prisoners.payoff(0, [1, 0]).toString(); // => '3'
 * ```
 */
export class NormalFormGame {
  readonly title: string;
  readonly players: readonly string[];
  /** The names of every player's strategies; where none were given, their numbers from 1. */
  readonly strategies: readonly (readonly string[])[];
  /** How many strategies each player has. */
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** How many profiles there are. */
  readonly profiles: number;
  /** Whether the payoffs were given as rationals. */
  readonly exact: boolean;
  readonly #given: readonly Payoffs[];
  readonly #rationals: (readonly Rational[] | undefined)[];
  readonly #doubles: (Float64Array | undefined)[];
  readonly #levelled: (Levelled | undefined)[] = [];

  constructor({ title = '', players, strategies, payoffs }: NormalFormParts) {
    const shape = strategies.map((own) => (typeof own === 'number' ? own : own.length));
    this.profiles = checkedProfiles(shape);
    if (players !== undefined && players.length !== shape.length) {
      throw invalidGame({
        problem: `${players.length} players are named and ${shape.length} have strategies`,
        path: ['players'],
      });
    }
    if (payoffs.length !== shape.length) {
      throw invalidGame({
        problem: `there are ${payoffs.length} tables for ${shape.length} players`,
        path: ['payoffs'],
        expected: 'a table for every player',
      });
    }
    payoffs.forEach((table, player) => {
      checkTable(table, this.profiles, player);
    });
    this.title = title;
    this.players = players ?? shape.map((_, player) => String(player + 1));
    this.strategies = strategies.map((own) =>
      typeof own === 'number' ? Array.from({ length: own }, (_, index) => String(index + 1)) : own,
    );
    this.shape = shape;
    this.strides = stridesOf(shape);
    this.exact = payoffs.every((table) => !(table instanceof Float64Array));
    this.#given = payoffs;
    this.#rationals = payoffs.map((table) => (table instanceof Float64Array ? undefined : table));
    this.#doubles = payoffs.map((table) => (table instanceof Float64Array ? table : undefined));
  }

  /** A player's payoffs as rationals, exact. */
  rationals(player: number): readonly Rational[] {
    const known = this.#rationals[player];
    if (known !== undefined) return known;
    const made = Array.from(this.#doubles[player] as Float64Array, (value) => exactNumber(value));
    this.#rationals[player] = made;
    return made;
  }

  /** A player's payoffs as the nearest doubles. */
  doubles(player: number): Float64Array {
    const known = this.#doubles[player];
    if (known !== undefined) return known;
    const made = Float64Array.from(this.#rationals[player] as readonly Rational[], (value) => value.toNumber());
    this.#doubles[player] = made;
    return made;
  }

  /** Where a profile of pure strategies stands in the tables. */
  indexOf(profile: readonly number[]): number {
    return this.strides.reduce((index, stride, player) => index + stride * (profile[player] as number), 0);
  }

  /** The profile that stands at a place of the tables. */
  profileAt(index: number): number[] {
    return this.strides.map((stride, player) => Math.floor(index / stride) % (this.shape[player] as number));
  }

  payoff(player: number, profile: readonly number[]): Rational {
    return this.rationalAt(player, this.indexOf(profile));
  }

  /** The payoff that stands at a place of a player's table, exactly; the others are left as they are. */
  rationalAt(player: number, index: number): Rational {
    const known = this.#rationals[player];
    return known === undefined ? exactNumber(this.#doubles[player]?.[index] as number) : (known[index] as Rational);
  }

  /**
   * A player's payoffs less what they have in common, where doubles would not bear their differences otherwise.
   *
   * @internal
   */
  levelled(player: number): Levelled {
    const known = this.#levelled[player] ?? levelled(this.given(player));
    this.#levelled[player] = known;
    return known;
  }

  /**
   * A player's payoffs in the numbers in which they were given.
   *
   * @internal
   */
  given(player: number): Payoffs {
    return this.#given[player] as Payoffs;
  }

  /** Whether a player's payoffs are exactly what their doubles stand for, so that these compare as they do. */
  hasDoubles(player: number): boolean {
    return this.given(player) instanceof Float64Array;
  }
}

/** The distances in a flat table between neighbouring strategies of each player. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const count of shape.toReversed()) {
    strides.push(stride);
    stride *= count;
  }
  return strides.reverse();
}

/** Where in the tables the profiles of the others' strategies that are left begin. */
export function offsetsOf(game: NormalFormGame, player: number, left: readonly (readonly number[])[]): number[] {
  let offsets = [0];
  left.forEach((own, other) => {
    if (other === player) return;
    const stride = game.strides[other] as number;
    offsets = offsets.flatMap((offset) => own.map((strategy) => offset + strategy * stride));
  });
  return offsets;
}

/**
 * How many profiles there are.
 *
 * @throws MechaneError `invalid-game` where there is no player or no strategy, `too-large` where the tables would not fit
 */
export function checkedProfiles(shape: readonly number[]): number {
  if (shape.length === 0) throw invalidGame({ problem: 'there are no players', expected: 'one player or more' });
  if (shape.length > mostPlayers) throw tooLarge('the number of players', shape.length, mostPlayers, ['players']);
  let profiles = 1;
  shape.forEach((count, player) => {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw invalidGame({
        problem: `player ${player + 1} has ${count} strategies`,
        path: ['strategies', player],
        expected: 'one strategy or more for every player',
      });
    }
    profiles *= count;
  });
  const numbers = profiles * shape.length;
  if (numbers > mostPayoffs) throw tooLarge('the number of payoffs', numbers, mostPayoffs, ['payoffs']);
  return profiles;
}

function checkTable(table: Payoffs, profiles: number, player: number): void {
  if (table.length !== profiles) {
    throw invalidGame({
      problem: `there are ${table.length} payoffs for ${profiles} profiles`,
      path: ['payoffs', player],
      expected: 'a payoff for every profile',
    });
  }
  if (!(table instanceof Float64Array)) return;
  const at = table.findIndex((value) => !Number.isFinite(value));
  if (at === -1) return;
  throw invalidGame({
    problem: `a payoff is ${table[at]}`,
    path: ['payoffs', player, at],
    expected: 'a finite number',
  });
}
