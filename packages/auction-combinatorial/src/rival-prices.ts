import type { Claim } from '@mechane/core';
import type { PackageBids } from './package-bids.ts';

const forA = (value: number): PackageBids => ({ xor: [{ bundle: ['A'], value }] });

/** What follows where a winner pays what its rivals made it pay: whoever speaks for them moves the price. */
export function pricedByRivals<Settings>(settings: Settings): readonly Claim<Settings, PackageBids>[] {
  return [
    {
      law: 'shill-proof',
      holds: false,
      because: 'Ausubel and Milgrom 2006: a seller raises payments by bids of its own',
      witness: { settings, reports: { ann: forA(10) }, deviation: { shill: forA(9) } },
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: a bid that loses moves the price of the one that wins',
      witness: {
        settings,
        reports: { ann: forA(10), bob: forA(2) },
        deviation: { bob: forA(8) },
        agent: 'bob',
      },
    },
  ];
}

/** Where all is sealed, the seller may say itself what the rivals bid. */
export const notCredible: Claim<{ goods: string[] }, PackageBids> = {
  law: 'credible',
  holds: false,
  because: 'Akbarpour and Li 2020: of sealed auctions, only those in which winners pay their bids are credible',
  witness: { settings: { goods: ['A'] }, reports: { ann: forA(10), bob: forA(2) } },
};

/** Where nobody bids against it, the truth gets all that it wants for the least that anybody pays; against the highest bids no lie gets anything. */
export const notObviouslyManipulable: Claim<never, never> = {
  law: 'not-obviously-manipulable',
  holds: true,
  because:
    'Troyan and Morrill 2020: at best there is no rival, and no lie pays less; at worst rivals take all, and no lie gets more',
};

/** Given what one bidder gets, the rest goes to whom it is worth most, whatever that bidder said. */
export const restToTheHighest: Claim<never, never> = {
  law: 'non-bossy-in-allocation',
  holds: true,
  because:
    'By definition: what one bidder leaves goes where the other bids are worth most, whatever it bid to get its own',
};
