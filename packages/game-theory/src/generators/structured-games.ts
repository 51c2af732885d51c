/*
 * Games with a structure, after GAMUT: Nudelman, Wortman, Shoham and Leyton-Brown, "Run the GAMUT" (2004).
 */
import { defineGenerator, type InstanceGenerator } from '@mechane/core';
import * as z from 'zod';
import { tooLarge } from '../errors.ts';
import { checkedProfiles } from '../normal-form/game.ts';
import type { JsonGame } from '../normal-form/json-game.ts';
import { drawPayoff, evenShape, gameFormats, gameOf, players, range, strategies } from './game-settings.ts';

export const coordinationGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'coordination-game',
  summary: 'It pays every player to do as all others do (GAMUT: CoordinationGame)',
  settings: z.strictObject({ players, strategies, range }),
  generate: ({ players: count, strategies: own, range: most }, random) =>
    gameOf(evenShape(count, own), (profile) => {
      const agreed = profile.every((strategy) => strategy === profile[0]);
      return profile.map(() => (agreed ? 1 + random.below(most) : 0 - random.below(most + 1)));
    }),
  formats: gameFormats,
});

export const dispersionGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'dispersion-game',
  summary:
    'Every player loses 1 for each other that does the same (GAMUT: DispersionGame; Grenager, Powers and Shoham 2002)',
  settings: z.strictObject({ players, strategies }),
  generate: ({ players: count, strategies: own }) =>
    gameOf(evenShape(count, own), (profile) =>
      profile.map((strategy) => 1 - profile.filter((other) => other === strategy).length),
    ),
  formats: gameFormats,
});

export const congestionGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'congestion-game',
  summary: 'Players choose facilities, which are worth less the more use them (GAMUT: CongestionGame; Rosenthal 1973)',
  settings: z.strictObject({
    players,
    facilities: z.int().min(1).max(10).default(2).describe('How many facilities there are'),
    range,
  }),
  generate: ({ players: count, facilities, range: most }, random) => {
    const own = 2 ** facilities - 1;
    checkedProfiles(evenShape(count, own));
    const worth = Array.from({ length: facilities }, () =>
      Array.from({ length: count }, () => drawPayoff(random, most)).sort((one, other) => other - one),
    );
    // A strategy is the set of facilities whose bits its number, from 1, has.
    return gameOf(evenShape(count, own), (profile) => {
      const users = worth.map((_, facility) => profile.filter((chosen) => ((chosen + 1) >> facility) & 1).length);
      return profile.map((chosen) =>
        worth.reduce(
          (total, values, facility) =>
            ((chosen + 1) >> facility) & 1 ? total + (values[(users[facility] as number) - 1] as number) : total,
          0,
        ),
      );
    });
  },
  formats: gameFormats,
});

export const potentialGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'potential-game',
  summary: 'Whatever a player gains by a deviation, a common potential gains (Monderer and Shapley 1996)',
  settings: z.strictObject({ players, strategies, range }),
  generate: ({ players: count, strategies: own, range: most }, random) => {
    // To the potential comes what a player cannot change: a number for each choice of the others.
    const fixed = evenShape(count, own).map(() => new Map<string, number>());
    return gameOf(evenShape(count, own), (profile) => {
      const potential = drawPayoff(random, most);
      return fixed.map((dummies, player) => {
        const key = String(profile.toSpliced(player, 1));
        if (!dummies.has(key)) dummies.set(key, drawPayoff(random, most));
        return potential + (dummies.get(key) as number);
      });
    });
  },
  formats: gameFormats,
});

const mostDeployments = 3_000;

export const blottoGame: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'blotto-game',
  summary: 'Two colonels deploy troops to fields; a field goes to whoever sends more (Borel 1921)',
  settings: z.strictObject({
    troops: z.int().min(1).max(100).default(5).describe('How many troops each has'),
    fields: z.int().min(1).max(20).default(3).describe('How many fields there are'),
  }),
  generate: ({ troops, fields }) => {
    const count = deploymentCount(troops, fields);
    if (count > mostDeployments) throw tooLarge('the number of deployments', count, mostDeployments, ['settings']);
    const all = deployments(troops, fields);
    const names = all.map((deployment) => deployment.join('-'));
    return gameOf(
      evenShape(2, all.length),
      ([own, other]) => {
        const won = (all[own as number] as number[]).reduce(
          (total, troop, field) => total + Math.sign(troop - (all[other as number]?.[field] as number)),
          0,
        );
        return [won, 0 - won];
      },
      [names, names],
    );
  },
  formats: gameFormats,
});

export const travellersDilemma: InstanceGenerator<unknown, JsonGame> = defineGenerator({
  id: 'travellers-dilemma',
  summary: 'Both get the lower of two claims; who claimed less gets a reward from the other (Basu 1994)',
  settings: z
    .strictObject({
      least: z.int().min(0).max(1_000_000).default(2).describe('The lowest claim'),
      most: z.int().min(0).max(1_000_000).default(100).describe('The highest claim'),
      reward: z.int().min(1).max(1_000_000).default(2).describe('What the lower claim earns'),
    })
    .check(({ value, issues }) => {
      if (value.most >= value.least) return;
      issues.push({
        code: 'custom',
        message: 'expected no less than the lowest claim',
        path: ['most'],
        input: value.most,
      });
    }),
  generate: ({ least, most, reward }) => {
    const shape = evenShape(2, most - least + 1);
    checkedProfiles(shape);
    const names = Array.from({ length: most - least + 1 }, (_, claim) => String(least + claim));
    return gameOf(
      shape,
      ([own, other]) => {
        const [one, two] = [least + (own as number), least + (other as number)];
        if (one === two) return [one, two];
        const low = Math.min(one, two);
        return one < two ? [low + reward, low - reward] : [low - reward, low + reward];
      },
      [names, names],
    );
  },
  formats: gameFormats,
});

/** The ways to split troops among fields: (troops + fields - 1) choose (fields - 1), rounded to infinity. */
function deploymentCount(troops: number, fields: number): number {
  let count = 1;
  for (let field = 1; field < fields; field++) count = (count * (troops + field)) / field;
  return Math.round(count);
}

function deployments(troops: number, fields: number): number[][] {
  if (fields === 1) return [[troops]];
  return Array.from({ length: troops + 1 }, (_, first) =>
    deployments(troops - first, fields - 1).map((rest) => [first, ...rest]),
  ).flat();
}
