/*
 * Temporal matching: an airline needs a slot for take-off at one airport together with a slot for landing at another, the flight time apart. After
 * Rassenti, Smith and Bulfin (1982) and Grether, Isaac and Plott (1989), as Leyton-Brown, Pearson and Shoham (2000) draw it.
 * The defaults are those of the suite's release 2.1. How `earlyLanding` bounds landings is from memory of the paper; at the defaults it changes nothing.
 */
import { defineGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import { type CatsGenerator, catsSettings } from './cats-settings.ts';
import { collectBids, type DrawBidder } from './collect-bids.ts';
import type { DrawnBid } from './package-scenario.ts';
import { uniform, whole } from './variates.ts';
import { writeCats } from './write-cats.ts';

/** The airports whose slots were rationed: O'Hare, Reagan, Kennedy and La Guardia, by longitude and latitude. */
export const airports: readonly (readonly [longitude: number, latitude: number])[] = [
  [-87.75, 41.98],
  [-77.03, 38.85],
  [-73.78, 40.65],
  [-73.87, 40.77],
];

/** Between all of them but the two in New York. */
const routes: readonly (readonly [from: number, to: number])[] = airports
  .flatMap((_, from) => airports.map((__, to) => [from, to] as const))
  .filter(([from, to]) => from !== to && from + to !== 5);

const longestDistance = Math.max(...routes.map(distance));

/** The longest flight takes so many slots, or fewer where the day is short. */
const longestFlight = 10;

interface Parameters {
  readonly goods: number;
  readonly maxAirportPrice: number;
  readonly earlyTakeoff: number;
  readonly lateTakeoff: number;
  readonly earlyLanding: number;
  readonly lateLanding: number;
  readonly deviation: number;
  readonly delayCoefficient: number;
  readonly amountLateCoefficient: number;
}

type Names = Exclude<keyof Parameters, 'goods'>;

const slots = z.int().min(0).max(100);
const share = z.number().min(0).max(1);

export const catsMatching: CatsGenerator<Names> = defineGenerator({
  id: 'cats-matching',
  summary: 'Take-off slots together with landing slots for airlines (Leyton-Brown, Pearson and Shoham 2000)',
  settings: catsSettings(
    {
      maxAirportPrice: z
        .number()
        .positive()
        .max(1e6)
        .default(5)
        .describe('The most that a slot at an airport is worth'),
      earlyTakeoff: slots.default(1).describe('Slots that a flight may leave early'),
      lateTakeoff: slots.default(2).describe('Slots that a flight may leave late'),
      earlyLanding: slots.default(1).describe('Slots that a flight may land early'),
      lateLanding: slots.default(2).describe('Slots that a flight may land late'),
      deviation: share.default(0.5).describe('How far airlines differ in what a flight is worth to them'),
      delayCoefficient: share.default(0.9).describe('What a flight is worth still for each slot that it takes longer'),
      amountLateCoefficient: share
        .default(0.75)
        .describe('What a flight is worth still for each slot that it lands late'),
    },
    {
      goods: z
        .int()
        .min(2 * airports.length)
        .max(5_000)
        .multipleOf(airports.length)
        .default(64)
        .describe('How many slots there are at the four airports together'),
    },
  ),
  generate: (settings, random) => collectBids(settings, random, (source) => flights(settings, source)),
  formats: { cats: writeCats },
});

/** Slots of a time stand together: good 4t + a is airport a at time t. */
export function flights(parameters: Parameters, random: Random): DrawBidder {
  const { deviation, earlyTakeoff, lateTakeoff, earlyLanding, lateLanding } = parameters;
  const times = Math.floor(parameters.goods / airports.length);
  const price = airports.map(() => uniform(random, 0, parameters.maxAirportPrice));
  return () => {
    const bids: DrawnBid[] = [];
    const route = routes[random.below(routes.length)] as readonly [number, number];
    const shortest = flightTime(route, times);
    const start = whole(random, 0, times - 1 - shortest);
    const worth =
      uniform(random, 1 - deviation, 1 + deviation) *
      route.reduce((sum, airport) => sum + (price[airport] as number), 0);
    const due = start + shortest;
    for (
      let takeoff = Math.max(0, start - earlyTakeoff);
      takeoff <= Math.min(times - 1, start + lateTakeoff);
      takeoff++
    ) {
      const earliest = Math.max(takeoff + shortest, due - earlyLanding);
      for (let landing = earliest; landing <= Math.min(times - 1, due + lateLanding); landing++) {
        const delay = landing - takeoff - shortest;
        const late = Math.max(0, landing - due);
        const value = worth * parameters.delayCoefficient ** delay * parameters.amountLateCoefficient ** late;
        bids.push({ goods: [takeoff * airports.length + route[0], landing * airports.length + route[1]], value });
      }
    }
    return bids;
  };
}

/** Slots that a flight takes at least. */
export function flightTime(route: readonly [from: number, to: number], times: number): number {
  return Math.max(1, Math.round((Math.min(longestFlight, times - 1) * distance(route)) / longestDistance));
}

function distance([from, to]: readonly [from: number, to: number]): number {
  const [here, there] = [airports[from], airports[to]] as [readonly [number, number], readonly [number, number]];
  return Math.hypot(here[0] - there[0], here[1] - there[1]);
}
