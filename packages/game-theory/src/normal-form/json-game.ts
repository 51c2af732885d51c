import { nearestKey, quote } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import * as z from 'zod';
import { invalidGame, invalidNumber, roundedNumber } from '../errors.ts';
import { exactNumber, mayBeRounded } from '../exact-number.ts';
import { parseExactJson } from '../files/exact-json.ts';
import { checkedProfiles, NormalFormGame } from './game.ts';
import { PayoffColumn } from './payoff-column.ts';

/**
 * The nested payoffs of one player: `payoffs[s1][s2]…`, numbers or texts such as `"1/3"`.
 *
 * @category Files
 */
export type NestedPayoffs = number | string | readonly NestedPayoffs[];

/**
 * A game as JSON.
 *
 * @category Files
 */
export interface JsonGame {
  readonly players: readonly string[];
  readonly strategies?: readonly (readonly string[])[] | undefined;
  readonly payoffs: readonly NestedPayoffs[];
}

const name = z.string().max(10_000);

/**
 * The schema of a game as JSON, without a look into the tables: {@link readJsonGame} checks those as it reads them.
 *
 * @category Files
 */
export const jsonGame: z.ZodType<JsonGame> = z.strictObject({
  players: z.array(name).min(1),
  strategies: z.array(z.array(name).min(1)).optional(),
  payoffs: z.array(z.unknown()).min(1) as unknown as z.ZodType<readonly NestedPayoffs[]>,
});

/**
 * Reads a game from JSON: `{ players, strategies?, payoffs }` with `payoffs[i][s1][s2]…`, numbers or texts such as `"1/3"`. Everything is
 * read exactly: 0.1 is one tenth. Numbers with so many digits that JavaScript would round them are read exactly from the JSON as a text.
 *
 * @throws MechaneError `invalid-game`, `invalid-number` (also for whole numbers beyond 2^53 that may have been rounded) or `too-large`, with the
 * path of what is wrong
 * @category Files
 * @example
 * ```ts
 * import { readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[3, '1/2']], [[0, 0.1]]] });
 * game.shape; // => [1, 2]
 * game.payoff(1, [0, 1]).toString(); // => '1/10'
 * ```
 */
export function readJsonGame(input: unknown): NormalFormGame {
  const { players, strategies, payoffs } = checkedFrame(typeof input === 'string' ? parseExactJson(input) : input);
  if (payoffs.length !== players.length) {
    throw invalidGame({
      problem: `there are ${payoffs.length} tables for ${players.length} players`,
      path: ['payoffs'],
      expected: 'a table for every player',
    });
  }
  if (strategies !== undefined && strategies.length !== players.length) {
    throw invalidGame({
      problem: `there are ${strategies.length} lists of strategies for ${players.length} players`,
      path: ['strategies'],
      expected: 'a list for every player',
    });
  }
  const shape = strategies?.map((own) => own.length) ?? shapeOf(payoffs[0] as NestedPayoffs, players.length);
  const profiles = checkedProfiles(shape);
  return new NormalFormGame({
    players,
    strategies: strategies ?? shape,
    payoffs: payoffs.map((table, player) => {
      const column = new PayoffColumn(profiles);
      flatten(table, shape, 0, ['payoffs', player], column, 0);
      return column.payoffs;
    }),
  });
}

/**
 * A game as JSON, its payoffs as texts where they are no integers.
 *
 * @category Files
 */
export function writeJsonGame(game: NormalFormGame): JsonGame {
  const { players, strategies, shape, strides } = game;
  return {
    players: [...players],
    strategies: strategies.map((own) => [...own]),
    payoffs: players.map((_, player) => {
      const table = game.rationals(player);
      const nested = (depth: number, offset: number): NestedPayoffs =>
        depth === shape.length
          ? plain(table[offset] as Rational)
          : Array.from({ length: shape[depth] as number }, (_, strategy) =>
              nested(depth + 1, offset + strategy * (strides[depth] as number)),
            );
      return nested(0, 0);
    }),
  };
}

function plain(value: Rational): number | string {
  const number = value.toNumber();
  return value.isInteger && Number.isSafeInteger(number) ? number : value.toString();
}

const keys = ['players', 'strategies', 'payoffs'];

function checkedFrame(input: unknown): JsonGame {
  const read = jsonGame.safeParse(input);
  if (read.success) return read.data;
  const { issues } = read.error;
  // A key that is missing is probably there under another name.
  const issue = (issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]) as z.core.$ZodIssue;
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] as string;
    const nearest = nearestKey(key, keys);
    throw invalidGame({
      problem: `the key ${quote(key)} is not known`,
      path: [...path, key],
      expected: `one of ${keys.map(quote).join(', ')}`,
      fix: nearest === undefined ? 'remove the key' : `did you mean ${quote(nearest)}?`,
    });
  }
  throw invalidGame({ problem: problemOf(issue, valueAt(input, path)), path, expected: expectedAt(path) });
}

function problemOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (given === undefined) return 'nothing is given';
  if (issue.code === 'too_small') return 'the list is empty';
  if (issue.code === 'too_big') return 'the name is too long';
  const { expected } = issue as { readonly expected?: string };
  return expected === 'array' ? 'it is no list' : expected === 'object' ? 'it is no object' : 'it is no text';
}

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Readonly<Record<string | number, unknown>>)[step], input);
}

function expectedAt([key, ...within]: readonly (string | number)[]): string {
  if (key === undefined) return 'a game: { "players": […], "payoffs": […] }, or a tree: { "players": […], "root": … }';
  if (key === 'payoffs') return 'a table for every player: payoffs[i][s1][s2]…';
  if (within.length === (key === 'players' ? 1 : 2)) return 'a name: a text of at most 10,000 characters';
  const names = 'a list of names, one or more';
  return key === 'players' || within.length === 1 ? names : 'for every player a list of names';
}

/** How many strategies the players have, read off the first branch of a nested table. */
function shapeOf(table: NestedPayoffs, players: number): number[] {
  const shape: number[] = [];
  let branch: NestedPayoffs | undefined = table;
  while (Array.isArray(branch) && shape.length < players) {
    shape.push(branch.length);
    branch = branch[0] as NestedPayoffs | undefined;
  }
  if (shape.length === players) return shape;
  throw invalidGame({
    problem: `the table is nested ${shape.length} deep for ${players} players`,
    path: ['payoffs', 0],
    expected: 'a list in a list for every player: payoffs[i][s1][s2]…',
  });
}

/** Reads a table from a place of the column on, and gives the place after it. */
function flatten(
  table: unknown,
  shape: readonly number[],
  depth: number,
  path: readonly (string | number)[],
  column: PayoffColumn,
  from: number,
): number {
  const count = shape[depth];
  if (count === undefined) {
    column.set(from, payoffOf(table, path));
    return from + 1;
  }
  if (!Array.isArray(table) || table.length !== count) {
    throw invalidGame({
      problem: Array.isArray(table) ? `there are ${table.length} entries` : 'it is no list',
      path,
      expected: `${count} entries, one for each strategy of player ${depth + 1}`,
    });
  }
  let at = from;
  for (let strategy = 0; strategy < count; strategy++) {
    at = flatten(table[strategy], shape, depth + 1, [...path, strategy], column, at);
  }
  return at;
}

function payoffOf(given: unknown, path: readonly (string | number)[]): number | Rational {
  if (typeof given === 'number') {
    if (mayBeRounded(given)) throw roundedNumber(path, given);
    if (!Number.isFinite(given)) throw invalidNumber(path, String(given));
    return given;
  }
  if (typeof given === 'string' || given instanceof Rational) return exactNumber(given, path);
  throw invalidGame({ problem: 'it is no number', path, expected: 'a number or a text such as "1/3"' });
}
