/*
 * The Dutch auction of several identical units: the price falls, and bidders take units at it until none is left.
 *
 * The way flowers are sold (Cassady, "Auctions and Auctioneering", 1967; van den Berg, van Ours and Pradhan, "The declining price
 * anomaly in Dutch Dutch rose auctions", American Economic Review 91, 2001). With pay-as-bid pricing it is the open form of the
 * discriminatory auction; with uniform pricing everybody pays the price at which the last unit went. Neither makes truth a good strategy.
 */
import {
  type AgentId,
  amount,
  count,
  defineMechanism,
  type Mechanism,
  marginals,
  paymentsByAgent,
  quantity,
  type Replies,
  type Round,
  type Setup,
  sumOfFirst,
} from '@mechane/core';
import * as z from 'zod';
import { fallingPriceShape, floorBelowStart } from './falling-price.ts';
import { multiUnitAtOnce } from './multi-unit-at-once.ts';
import type { MultiUnitOutcome, Sale } from './multi-unit-outcome.ts';
import type { FullMultiUnitSettings, MultiUnitSettings } from './multi-unit-settings.ts';
import { fallingSteps } from './price-steps.ts';
import { sumsByAgent } from './sums-by-agent.ts';
import { bestUnitWelfare, type UnitThresholds } from './unit-thresholds.ts';

/**
 * What bidders are asked: how many units they take at a price, or at which price they take their next as it falls from here. Everybody
 * sees how many are left, and who has taken how many.
 *
 * @category Types of mechanisms
 */
export interface MultiUnitAsk {
  readonly price: number;
  readonly left: number;
  readonly taken: Readonly<Record<AgentId, number>>;
  readonly answer: 'take' | 'stopping-price';
}

/**
 * How many units to take now, or the price at which to take one.
 *
 * @category Types of mechanisms
 */
export type MultiUnitMessage = { take: number } | { stopAt: number };

const units = quantity.int();

/** @category Types of mechanisms */
export type DutchMultiUnit = Mechanism<{
  id: 'auction-dutch/multi-unit';
  settings: MultiUnitSettings;
  report: UnitThresholds;
  outcome: MultiUnitOutcome;
  message: MultiUnitMessage;
  ask: MultiUnitAsk;
}>;

/**
 * The Dutch auction of several units. With `decrement`, each round calls a price and bidders say how many units they take at it; where they
 * want more than are left, those whom the tie order prefers get as many as they ask for. Without it, the price falls continuously, and
 * each round runs to the price at which somebody takes the next unit. It ends when no unit is left or the price has reached the floor.
 *
 * Silence means taking nothing.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { dutchAuctions } from '@mechane/auction-dutch';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(dutchAuctions);
 * const reports = { ann: { thresholds: [9, 6] }, bob: { thresholds: [8, 7, 2] } };
 * const settings = { units: 3, startingPrice: 10, decrement: 1 } as const;
 * mechane.run('auction-dutch/multi-unit', { settings, reports }).metrics.revenue; // => 24
 * const uniform = { ...settings, pricing: 'uniform' } as const;
 * mechane.run('auction-dutch/multi-unit', { settings: uniform, reports }).metrics.revenue; // => 21
 * ```
 */
export const multiUnit: DutchMultiUnit = defineMechanism({
  id: 'auction-dutch/multi-unit',
  summary: 'The price falls, and bidders take units until none is left (Cassady 1967)',
  settings: z
    .strictObject({
      units: count.describe('How many identical units are for sale'),
      ...fallingPriceShape,
      pricing: z
        .enum(['pay-as-bid', 'uniform'])
        .default('pay-as-bid')
        .describe('Whether a unit costs the price at which it was taken, or the price at which the last was'),
    })
    .refine(...floorBelowStart),
  report: z.strictObject({
    thresholds: marginals.describe('The prices at which the agent takes a first unit, a second, and so on'),
  }),
  message: z.union([z.strictObject({ take: units }), z.strictObject({ stopAt: amount })]),
  ask: z.strictObject({
    price: amount,
    left: count,
    taken: z.record(z.string(), units),
    answer: z.enum(['take', 'stopping-price']),
  }),
  outcome: z.strictObject({
    allocation: z.record(z.string(), count),
    payments: paymentsByAgent,
    sales: z.array(z.strictObject({ price: amount, agent: z.string() })),
    rounds: z.int().nonnegative(),
  }),

  *conduct(setup) {
    const { settings, participants } = setup;
    const sales: Sale[] = [];
    const sell = settings.decrement === undefined ? fallingPrice : calledPrices;
    const rounds = participants.length === 0 ? 0 : yield* sell(setup, sales);
    return soldUnits(participants, sales, settings.pricing, rounds);
  },

  proxy:
    ({ thresholds }, agent) =>
    ({ price, taken, answer }) => {
      const further = thresholds.slice(taken[agent]);
      if (answer === 'take') return { take: further.filter((threshold) => price <= threshold).length };
      const [next] = further;
      return next === undefined ? undefined : { stopAt: next };
    },

  decide(reports, { settings, participants, tieOrder }) {
    const { sales, rounds } = multiUnitAtOnce(reports, settings, tieOrder);
    return soldUnits(participants, sales, settings.pricing, rounds);
  },
  roundsOf: ({ rounds }) => rounds,

  value: (agent, { thresholds }, { allocation }) => sumOfFirst(thresholds, allocation[agent] ?? 0),
  bestWelfare: (types, { units }) => bestUnitWelfare(types, units),
  claims: ({ pricing }) => [
    {
      law: 'strategy-proof',
      holds: false,
      because:
        pricing === 'uniform'
          ? 'The price is that of a bidder’s own last unit when it takes the last: waiting costs less (Ausubel and Cramton 2002 on demand reduction)'
          : 'A bidder pays its own prices, as in the first-price auction (Vickrey 1961): waiting costs less',
      witness: {
        settings: { units: 2, startingPrice: 10, decrement: 1, pricing },
        reports: { ann: { thresholds: [8, 7] }, bob: { thresholds: [3] } },
        deviation: { ann: { thresholds: [4, 4] } },
      },
    },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because:
        'Troyan and Morrill 2020, of prices that are paid as bid: alone, the truth pays all it is worth, and waiting less',
      witness: {
        settings: { units: 2, startingPrice: 10, decrement: 1, pricing },
        reports: { ann: { thresholds: [8, 8] } },
        deviation: { ann: { thresholds: [4, 4] } },
        agent: 'ann',
      },
    },
    pricing === 'uniform'
      ? {
          law: 'shill-proof',
          holds: false,
          because: 'By definition: a shill that takes the last unit sooner raises the price of all',
          witness: {
            settings: { units: 2, startingPrice: 10, decrement: 1, pricing },
            reports: { ann: { thresholds: [8, 2] } },
            deviation: { shill: { thresholds: [6] } },
          },
        }
      : {
          law: 'shill-proof',
          holds: true,
          because:
            'Komo, Kominers and Roughgarden 2024, of one unit: a shill can only stop the clock, and buy what others would have paid for',
        },
    pricing === 'uniform'
      ? {
          law: 'credible',
          holds: false,
          because: 'Akbarpour and Li 2020: who took a unit cannot tell at which price another took the last',
          witness: {
            settings: { units: 2, startingPrice: 4, decrement: 1, pricing },
            reports: { ann: { thresholds: [0, 0] }, bob: { thresholds: [3, 0] } },
          },
        }
      : {
          law: 'credible',
          holds: true,
          because:
            'Akbarpour and Li 2020, of one unit: who takes a unit knows what it pays for it, and nobody else pays',
        },
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: who takes the same units at the same prices leaves the same to the others',
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because: 'By definition: what one bidder leaves goes to those of the others who would take it first',
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'Nobody pays more for a unit than the price at which it took it',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
  ],
});

type MultiUnitSetup = Setup<FullMultiUnitSettings, MultiUnitMessage>;
/** Sells unit after unit, and gives the number of rounds it took. */
type Selling = Generator<Round<MultiUnitAsk>, number, Replies<unknown>>;

/** The discrete clock: calls one price after another. */
function* calledPrices({ settings, participants, tieOrder, ask }: MultiUnitSetup, sales: Sale[]): Selling {
  const { units, startingPrice, decrement = 1, floor } = settings;
  const { priceOf, last } = fallingSteps(startingPrice, decrement, floor);
  const inOrder = [...participants].sort(tieOrder);
  let taken = takenBy(participants, sales);
  for (let round = 1; round <= last; round++) {
    const price = priceOf(round);
    const left = units - sales.length;
    const content: MultiUnitAsk = { price, left, taken, answer: 'take' };
    const replies = yield* ask(participants, content);
    for (const agent of inOrder) {
      const wanted = unitsTaken(replies.get(agent), price);
      for (let unit = 0; unit < wanted && sales.length < units; unit++) sales.push({ price, agent });
    }
    if (sales.length === units) return round;
    if (units - sales.length < left) taken = takenBy(participants, sales);
  }
  return last;
}

/** The continuous clock: runs from one unit to the next. */
function* fallingPrice({ settings, participants, breakTie, runClock }: MultiUnitSetup, sales: Sale[]): Selling {
  const { units, startingPrice, floor } = settings;
  let [round, from] = [0, startingPrice];
  while (sales.length < units) {
    round += 1;
    const left = units - sales.length;
    const content: MultiUnitAsk = { price: from, left, taken: takenBy(participants, sales), answer: 'stopping-price' };
    const replies = yield* runClock(participants, content, { direction: 'descending', stopAt: stopsAt });
    const stops = new Map(participants.map((agent) => [agent, Math.min(from, stopsAt(replies.get(agent)))]));
    const price = [...stops.values()].reduce((highest, stop) => Math.max(highest, stop));
    if (price < floor) break;
    sales.push({ price, agent: breakTie(participants.filter((agent) => stops.get(agent) === price)) });
    from = price;
  }
  return round;
}

function takenBy(participants: readonly AgentId[], sales: readonly Sale[]): Readonly<Record<AgentId, number>> {
  return sumsByAgent(participants, sales, () => 1);
}

/** How many units a message takes at a price that is called. */
function unitsTaken(message: MultiUnitMessage | undefined, price: number): number {
  if (message === undefined) return 0;
  return 'take' in message ? message.take : Number(price <= message.stopAt);
}

/** Where a message stops a price that falls: at once, at its price, or, if it takes nothing, never. */
function stopsAt(message: MultiUnitMessage | undefined): number {
  if (message === undefined) return Number.NEGATIVE_INFINITY;
  if ('stopAt' in message) return message.stopAt;
  return message.take > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function soldUnits(
  participants: readonly AgentId[],
  sales: readonly Sale[],
  pricing: FullMultiUnitSettings['pricing'],
  rounds: number,
): MultiUnitOutcome {
  const lastPrice = sales.at(-1)?.price ?? 0;
  const priceOf = ({ price }: Sale): number => (pricing === 'uniform' ? lastPrice : price);
  return { allocation: takenBy([], sales), payments: sumsByAgent(participants, sales, priceOf), sales, rounds };
}
