import { type AnyRecord, isRecord } from '../live/records.ts';
import { firstPriceBid, meanRevenue } from './equilibria.ts';
import { type Answering, type Dealt, type Ending, type Game, type Got, most } from './game.ts';

/** What came of an auction of one thing. */
export function itemGot({ agent, hand, outcome, truth }: Ending): Got {
  const won = outcome.winner === agent;
  const paid = paidBy(agent, outcome);
  return { won: won ? 'it' : '', paid, gain: (won ? (truth ?? hand.value ?? 0) : 0) - paid };
}

/** What somebody paid: less than 0 is what it was paid. */
export function paidBy(agent: string, { payments }: AnyRecord): number {
  const payment = isRecord(payments) ? payments[agent] : undefined;
  return typeof payment === 'number' ? payment : 0;
}

/** Values of one's own, uniform over whole numbers. */
const dealValues: Game['deal'] = (agents, random): Dealt => ({
  settings: { breakTie: 'lot' },
  hands: agents.map(() => ({ value: random.below(most + 1) })),
});

const bidding: Answering = { kind: 'amount', label: 'Your bid', message: (bid) => ({ bid }) };

/** The number in a message that has it under this name. */
export function numberIn(name: string): Game['said'] {
  return (message) => (typeof message[name] === 'number' ? message[name] : undefined);
}

const sealed: Pick<Game, 'grouping' | 'answering' | 'deal' | 'said' | 'got' | 'measure' | 'axis'> = {
  grouping: 'groups',
  answering: bidding,
  deal: dealValues,
  said: numberIn('bid'),
  got: itemGot,
  measure: 'revenue',
  axis: 'bid',
};

export const firstPrice: Game = {
  ...sealed,
  title: 'First price',
  mechanism: 'auction-sealed/first-price',
  rule: 'One thing is sold in your group. Everybody bids once, unseen. The highest bid gets it, and pays what it bid.',
  theory: {
    words: 'bid (n − 1)/n of your value (Vickrey 1961)',
    report: ({ value = 0, n }) => ({ bid: firstPriceBid(value, n) }),
    mean: (n) => meanRevenue(n, most),
  },
};

export const secondPrice: Game = {
  ...sealed,
  title: 'Second price',
  mechanism: 'auction-sealed/second-price',
  rule: 'One thing is sold in your group. Everybody bids once, unseen. The highest bid gets it, and pays the second highest bid.',
  theory: {
    words: 'bid your value (Vickrey 1961)',
    report: ({ value = 0 }) => ({ bid: value }),
    mean: (n) => meanRevenue(n, most),
  },
};

/** By how much a clock's price moves at once. */
export const step = 5;

export const risingClock: Game = {
  ...sealed,
  title: 'English clock',
  mechanism: 'auction-english/clock',
  rule: 'One thing is sold in your group. The price rises step by step, and you are in until you leave. The last one in gets it, at the price at which the last other left.',
  answering: { kind: 'rising' },
  deal: (agents, random) => ({
    ...dealValues(agents, random),
    settings: { startingPrice: 0, increment: step, breakTie: 'lot' },
  }),
  said: numberIn('value'),
  axis: 'price at which one leaves',
  theory: {
    words: 'stay as long as the price is not above your value (Vickrey 1961; Milgrom and Weber 1982)',
    report: ({ value = 0 }) => ({ value }),
    mean: (n) => meanRevenue(n, most),
  },
};

export const fallingClock: Game = {
  ...sealed,
  title: 'Dutch clock',
  mechanism: 'auction-dutch/clock',
  rule: 'One thing is sold in your group. The price falls step by step. The first to take it gets it, at that price.',
  answering: { kind: 'falling' },
  deal: (agents, random) => ({
    ...dealValues(agents, random),
    settings: { startingPrice: most, decrement: step, breakTie: 'lot' },
  }),
  said: numberIn('threshold'),
  axis: 'price at which one takes it',
  theory: {
    words: 'take it at (n − 1)/n of your value, as in a first-price auction (Vickrey 1961)',
    report: ({ value = 0, n }) => ({ threshold: firstPriceBid(value, n) }),
    mean: (n) => meanRevenue(n, most),
  },
};
