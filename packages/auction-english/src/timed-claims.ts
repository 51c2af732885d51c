import type { Claim } from '@mechane/core';
import { notObviously, pricedByRivals } from './rival-prices.ts';
import type { TimedReport } from './timed-report.ts';
import { largestStep, type ReadTimedSettings, type TimedSettings } from './timed-settings.ts';

/** What an auction of a while promises. */
export function timedClaims(settings: ReadTimedSettings): readonly Claim<TimedSettings, TimedReport>[] {
  const { duration, increment, extension, buyNow } = settings;
  const step = largestStep(increment);
  const softClose = extension && { extension };
  const basics = { duration, increment, ...softClose };
  // With a price to buy at once, whoever comes first may do better than by a maximum.
  const truth: readonly Claim<TimedSettings, TimedReport>[] =
    buyNow === undefined
      ? [
          {
            law: 'strategy-proof',
            holds: { approximately: step },
            because:
              'Against bids that do not depend on its own, and at the time at which it comes, it is the second-price auction (Vickrey 1961) but for a step that a ' +
              'winner could save by just beating its rival (Roth and Ockenfels 2002, section I). Coming earlier may keep a rival out that is less than a step above',
          },
        ]
      : [];
  return [
    ...truth,
    ...(buyNow === undefined ? [notObviously(step)] : []),
    {
      law: 'credible',
      holds: false,
      because: 'Akbarpour and Li 2020: who gave the auctioneer its maximum cannot tell an invented bid from a true one',
      witness: { settings: { duration }, reports: { ann: { value: 5 }, bob: { value: 0 } } },
    },
    ...pricedByRivals(basics, (value): TimedReport => ({ value: value * step })),
    {
      law: 'individually-rational',
      holds: true,
      because: 'The winner pays no more than its maximum; the others pay nothing',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
    {
      law: 'efficient',
      holds: false,
      because: extension
        ? 'A bid that comes after the end is none: a soft close gives the others time to answer, and nobody who comes later still'
        : 'Who bids in the last moment may come too late (Roth and Ockenfels 2002): the item goes to another',
      witness: {
        settings: basics,
        reports: { ann: { value: 9 + 3 * step, at: duration }, bob: { value: 5 } },
      },
    },
    {
      law: 'structural/order-independent',
      holds: false,
      because: 'Of two equal maxima the earlier wins, as on eBay',
      witness: {
        settings: basics,
        reports: { ann: { value: 5 + 5 * step }, bob: { value: 5 + 5 * step } },
      },
    },
  ];
}
