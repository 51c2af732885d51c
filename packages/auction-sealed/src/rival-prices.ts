import type { Claim } from '@mechane/core';

/** What follows where a winner pays what its rivals made it pay: whoever speaks for them moves the price. */
export function pricedByRivals<Settings, Report>(
  settings: Settings,
  bid: (amount: number) => Report,
  seed?: number,
): readonly Claim<Settings, Report>[] {
  const drawn = seed === undefined ? {} : { seed };
  return [
    {
      law: 'shill-proof',
      holds: false,
      because: 'Komo, Kominers and Roughgarden 2024: a shill just below the highest bid raises what its bidder pays',
      witness: { settings, reports: { ann: bid(10) }, deviation: { shill: bid(9) }, ...drawn },
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: a lower bid moves the price of a higher one, and nothing of its own',
      witness: { settings, reports: { ann: bid(10), bob: bid(2) }, deviation: { bob: bid(8) }, agent: 'bob', ...drawn },
    },
  ];
}

/** What the operator does about it that knows all bids. */
export function notCredible<Settings, Report>(
  settings: Settings,
  bid: (amount: number) => Report,
): Claim<Settings, Report> {
  return {
    law: 'credible',
    holds: false,
    because: 'Akbarpour and Li 2020: a winner cannot tell an invented bid from a true one below its own',
    witness: { settings, reports: { ann: bid(10), bob: bid(2) } },
  };
}

/** What nobody gains by saying, at best or at worst. */
export const strategyProofSoNotObviously: Claim<never, never> = {
  law: 'not-obviously-manipulable',
  holds: true,
  because: 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not',
};

/** Given what one bidder gets, the rest goes to the highest of the other bids. */
export const restToTheHighest: Claim<never, never> = {
  law: 'non-bossy-in-allocation',
  holds: true,
  because: 'By definition: what one bidder leaves goes to the highest of the other bids, whatever it bid itself',
};
