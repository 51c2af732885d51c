/*
 * Games whose payoffs are drawn at random, after GAMUT: Nudelman, Wortman, Shoham and Leyton-Brown, "Run the GAMUT" (2004).
 */
import { defineGenerator, type InstanceGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import type { JsonGame } from '../normal-form/json-game.ts';
import { drawPayoff, evenShape, gameFormats, gameOf, players, range, strategies } from './game-settings.ts';

export const randomGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'random-game',
  summary: 'Every payoff drawn evenly and by itself (GAMUT: RandomGame)',
  settings: z.strictObject({ players, strategies, range }),
  generate: ({ players: count, strategies: own, range: most }, random) =>
    gameOf(evenShape(count, own), (profile) => profile.map(() => drawPayoff(random, most))),
  formats: gameFormats,
});

export const randomZeroSum: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'zero-sum-game',
  summary: 'Two players, one of whom gets what the other loses (GAMUT: RandomZeroSum)',
  settings: z.strictObject({ strategies, range }),
  generate: ({ strategies: own, range: most }, random) =>
    gameOf(evenShape(2, own), () => {
      const payoff = drawPayoff(random, most);
      return [payoff, 0 - payoff];
    }),
  formats: gameFormats,
});

export const covariantGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'covariant-game',
  summary:
    'Normally distributed payoffs, correlated between the players (GAMUT: CovariantGame; Rinott and Scarsini 2000)',
  settings: z
    .strictObject({
      players: z.int().min(2).max(10).default(2).describe('How many players there are'),
      strategies,
      correlation: z.number().min(-1).max(1).default(0).describe('Of any two players, from -1/(players-1) to 1'),
    })
    .check(({ value, issues }) => {
      if (value.correlation * (value.players - 1) >= -1) return;
      const message = `expected a correlation of -1/${value.players - 1} or more`;
      issues.push({ code: 'custom', message, path: ['correlation'], input: value.correlation });
    }),
  generate: ({ players: count, strategies: own, correlation }, random) => {
    // x = αz + βΣz has variance 1 and the correlation wanted.
    const alpha = Math.sqrt(1 - correlation);
    const beta = (-alpha + Math.sqrt(Math.max(0, 1 + (count - 1) * correlation))) / count;
    return gameOf(evenShape(count, own), (profile) => {
      const drawn = profile.map(() => normal(random));
      const total = drawn.reduce((sum, value) => sum + value, 0);
      return drawn.map((value) => Number((alpha * value + beta * total).toFixed(6)) + 0);
    });
  },
  formats: gameFormats,
});

export const unitVectorGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'unit-vector-game',
  summary:
    "One strategy of the first player pays 1 against each of the second's, whose payoffs are random (Savani and von Stengel 2016)",
  settings: z.strictObject({ strategies, range }),
  generate: ({ strategies: own, range: most }, random) => {
    const best = Array.from({ length: own }, () => random.below(own));
    return gameOf(evenShape(2, own), ([row, column]) => [
      best[column as number] === row ? 1 : 0,
      drawPayoff(random, most),
    ]);
  },
  formats: gameFormats,
});

/** A normally distributed number, after Box and Muller (1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
