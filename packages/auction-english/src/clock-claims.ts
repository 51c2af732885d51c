import type { Claim } from '@mechane/core';
import type { ClockSettings } from './clock-settings.ts';
import type { ItemValue } from './item-value.ts';
import { notObviously, pricedByRivals } from './rival-prices.ts';

/** What the clock promises, with an increment and without. */
export function clockClaims(settings: ClockSettings): readonly Claim<ClockSettings, ItemValue>[] {
  const { startingPrice, increment, maxRounds } = settings;
  const always: readonly Claim<ClockSettings, ItemValue>[] = [
    {
      law: 'individually-rational',
      holds: true,
      because:
        'The winner was in at the price it pays, which it therefore values the item at least at; the others pay nothing',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
    ...pricedByRivals({ startingPrice: 0 }, (value): ItemValue => ({ value })),
    notObviously(increment ?? 0),
    increment === undefined ? toldByLeaving : askedTogether,
  ];
  if (increment !== undefined) return [...always, ...steppedClaims(increment)];
  const optimal = startingPrice === 0 && maxRounds === undefined;
  return [
    ...always,
    {
      law: 'obviously-strategy-proof',
      holds: true,
      because:
        'It is a personal-clock auction: Li, Obviously strategy-proof mechanisms, American Economic Review 107 (2017), section III',
    },
    {
      law: 'strategy-proof',
      holds: true,
      because:
        'Obvious dominance implies dominance (Li 2017, section II); between proxies it is the second-price auction (Vickrey 1961)',
    },
    ...(maxRounds === undefined ? [lastToLeave] : []),
    ...(optimal
      ? ([
          {
            law: 'efficient',
            holds: true,
            because: 'From 0, the bidder that values the item most is the last to leave (Vickrey 1961)',
          },
        ] as const)
      : []),
  ];
}

/** From the reserve that is best where values from 0 to 5 are equally likely. */
const bestReserve = 3;
const toldByLeaving: Claim<ClockSettings, ItemValue> = {
  law: 'credible',
  holds: false,
  because:
    'Akbarpour and Li 2020 let bidders only say that they stay: who says where it would leave can be told that the rival left just before',
  witness: { settings: { startingPrice: bestReserve }, reports: { ann: { value: 4 }, bob: { value: 3 } } },
};
const askedTogether: Claim<ClockSettings, ItemValue> = {
  law: 'credible',
  holds: false,
  because:
    'Akbarpour and Li 2020 ask one bidder after another: who is asked with its rival can be told that the rival stayed, and left in the next round',
  witness: {
    settings: { startingPrice: bestReserve, increment: 1 },
    reports: { ann: { value: 5 }, bob: { value: 0 } },
  },
};

const lastToLeave: Claim<never, never> = {
  law: 'non-bossy-in-allocation',
  holds: true,
  because: 'Mishra and Quadir 2014: who leaves early at another price as well leaves the last bidder where it is',
};

function steppedClaims(increment: number): readonly Claim<ClockSettings, ItemValue>[] {
  return [
    {
      law: 'strategy-proof',
      holds: { approximately: increment },
      because:
        'Against given rivals, an agent that is in when the last of them leaves pays the price of that round; it can do no better than leave ' +
        'with them, and pay the price one increment below if the tie order picks it',
    },
    {
      law: 'obviously-strategy-proof',
      holds: false,
      because:
        'Leaving early may win: when all the rest leave in one round, one of them gets the item at the previous price, while staying may win nothing',
      witness: {
        settings: { startingPrice: 0, increment: 1 },
        reports: { ann: { value: 3 }, bob: { value: 9 } },
        deviation: { ann: { value: 1 }, bob: { value: 1 } },
        agent: 'ann',
      },
    },
  ];
}
