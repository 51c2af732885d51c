import { believedOnGrid, multiUnit, type Subject, singleItem, subject } from '@mechane/conformance';
import { clinching } from './clinching.ts';
import { clock } from './clock.ts';
import { openOutcry } from './open-outcry.ts';
import { proxy } from './proxy.ts';
import { timed } from './timed.ts';

/** Values within reach of prices that are called one by one, and of bids that are. */
const items = believedOnGrid(singleItem({ report: (value: number) => ({ value }), largest: 300 }));
const outcryItems = believedOnGrid(singleItem({ report: (value: number) => ({ value }), largest: 60 }));
/** What the item is worth is an agent's own; when it comes is not for a lie to choose. */
const timedItems = believedOnGrid(singleItem({ report: (value: number) => ({ value }), largest: 300 }));
const units = believedOnGrid(
  multiUnit({ report: (values: readonly number[]) => ({ marginals: [...values] }), largest: 300 }),
);
const byPriority = { breakTie: { priority: ['cat', 'ann'] } };

/** Every mechanism of this package with the types and settings it is examined on. */
export const subjects: readonly Subject[] = [
  subject({
    mechanism: clock,
    domain: items,
    settings: [
      { startingPrice: 0 },
      { startingPrice: 2, ...byPriority },
      { startingPrice: 0, maxRounds: 2 },
      { startingPrice: 0, increment: 1 },
      { startingPrice: 1, increment: 2, maxRounds: 3 },
      { startingPrice: 0.5, increment: 0.7, ...byPriority },
    ],
    runs: 20,
  }),
  subject({
    mechanism: openOutcry,
    domain: outcryItems,
    settings: [
      { startingPrice: 0, increment: 1 },
      { startingPrice: 2, increment: 2, ...byPriority },
      { startingPrice: 0, increment: 1, maxRounds: 3 },
    ],
    runs: 20,
  }),
  subject({
    mechanism: proxy,
    domain: items,
    settings: [
      { startingPrice: 0, increment: 1 },
      { startingPrice: 2, increment: 3 },
    ],
    runs: 20,
  }),
  subject({
    mechanism: timed,
    domain: timedItems,
    settings: [
      { duration: 1_000 },
      { duration: 1_000, startingPrice: 2, increment: 3, reserve: 4, buyNow: 9 },
      {
        duration: 1_000,
        increment: [
          [0, 1],
          [10, 2],
          [100, 5],
        ],
        extension: { within: 100, by: 200, max: 3 },
      },
    ],
    runs: 20,
  }),
  subject({
    mechanism: clinching,
    domain: units,
    settings: [
      { units: 2 },
      { units: 3, startingPrice: 2, ...byPriority },
      { units: 2, increment: 1 },
      { units: 3, increment: 2, startingPrice: 1 },
    ],
    runs: 20,
  }),
];
