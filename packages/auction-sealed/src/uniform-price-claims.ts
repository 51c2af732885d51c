import type { Claim } from '@mechane/core';
import type * as z from 'zod';
import { notCredible, pricedByRivals } from './rival-prices.ts';
import type { unitBid } from './unit-bids.ts';

interface PricedUnits {
  units: number;
  pricing?: 'last-accepted';
}

type UnitClaim = Claim<PricedUnits, z.input<typeof unitBid>>;

const forOne = (bid: number): z.input<typeof unitBid> => ({ bids: [bid] });
const lastAccepted: PricedUnits = { units: 2, pricing: 'last-accepted' };

/** What bids may do to the price where nobody pays for it, and where it is the bid of one of those who pay. */
export function movedPrice(pricing: 'first-rejected' | 'last-accepted', reserve: number): readonly UnitClaim[] {
  if (pricing === 'first-rejected') {
    return [
      ...(reserve === 0 ? [obviousToNobody] : []),
      ...pricedByRivals<PricedUnits, z.input<typeof unitBid>>({ units: 1 }, forOne),
      notCredible<PricedUnits, z.input<typeof unitBid>>({ units: 1 }, forOne),
    ];
  }
  return [
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because:
        'Troyan and Morrill 2020, of prices that are paid as bid: at best the truth pays its own last bid, and a lower one less',
      witness: {
        settings: lastAccepted,
        reports: { ann: { bids: [8, 8] } },
        deviation: { ann: { bids: [1, 1] } },
        agent: 'ann',
      },
    },
    {
      law: 'shill-proof',
      holds: false,
      because: 'By definition: a shill that buys a unit takes it from the bid that set the price',
      witness: {
        settings: lastAccepted,
        reports: { ann: forOne(10), bob: forOne(2) },
        deviation: { shill: forOne(9) },
      },
    },
    notCredible(lastAccepted, forOne),
    {
      law: 'non-bossy',
      holds: true,
      because: 'By definition: the price is paid by whose bid it is, and a bid that is not accepted moves nothing',
    },
  ];
}

const obviousToNobody: UnitClaim = {
  law: 'not-obviously-manipulable',
  holds: true,
  because:
    'Troyan and Morrill 2020: at best nobody else bids and all is free, at worst others take all, whatever one says',
};
