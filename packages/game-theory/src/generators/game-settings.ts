import type { Random } from '@mechane/core';
import * as z from 'zod';
import { writeNfg } from '../files/nfg.ts';
import { checkedProfiles, stridesOf } from '../normal-form/game.ts';
import { type JsonGame, type NestedPayoffs, readJsonGame } from '../normal-form/json-game.ts';

/** How many players there are and how many strategies each has. */
export const players: z.ZodDefault<z.ZodInt> = z.int().min(1).max(10).default(2).describe('How many players there are');
export const strategies: z.ZodDefault<z.ZodInt> = z
  .int()
  .min(1)
  .max(10_000)
  .default(4)
  .describe('How many strategies each player has');
export const range: z.ZodDefault<z.ZodInt> = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .default(1_000)
  .describe('Payoffs are whole numbers from minus this to this');

/** The formats of every generator of games. */
export const gameFormats: Readonly<Record<string, (game: JsonGame) => string>> = {
  nfg: (game) => writeNfg(readJsonGame(game)),
};

/** A whole number from minus `most` to `most`. */
export function drawPayoff(random: Random, most: number): number {
  return random.below(2 * most + 1) - most;
}

/** A game from what each profile pays the players. `pay` is asked for every profile in turn, the last player's strategy running fastest. */
export function gameOf(
  shape: readonly number[],
  pay: (profile: readonly number[]) => readonly (number | string)[],
  names?: readonly (readonly string[])[],
): JsonGame {
  const profiles = checkedProfiles(shape);
  const strides = stridesOf(shape);
  const paid = Array.from({ length: profiles }, (_, index) =>
    pay(shape.map((count, player) => Math.floor(index / (strides[player] as number)) % count)),
  );
  return {
    players: shape.map((_, player) => `player ${player + 1}`),
    ...(names === undefined ? {} : { strategies: names }),
    payoffs: shape.map((_, player) => {
      const nested = (depth: number, offset: number): NestedPayoffs =>
        depth === shape.length
          ? (paid[offset]?.[player] as number | string)
          : Array.from({ length: shape[depth] as number }, (_, own) =>
              nested(depth + 1, offset + own * (strides[depth] as number)),
            );
      return nested(0, 0);
    }),
  };
}

/** So many players with as many strategies each. */
export function evenShape(count: number, own: number): number[] {
  return new Array<number>(count).fill(own);
}
