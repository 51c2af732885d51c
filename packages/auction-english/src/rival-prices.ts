import type { Claim } from '@mechane/core';

/** What follows where who leaves last, or bids less, sets what the winner pays. */
export function pricedByRivals<Settings, Report>(
  settings: Settings,
  worth: (value: number) => Report,
): readonly Claim<Settings, Report>[] {
  return [
    {
      law: 'shill-proof',
      holds: false,
      because: 'Komo, Kominers and Roughgarden 2024: a shill that stays while the last bidder does sets the price',
      witness: { settings, reports: { ann: worth(10) }, deviation: { shill: worth(9) } },
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: who leaves before the winner moves its price, and nothing of its own',
      witness: { settings, reports: { ann: worth(10), bob: worth(2) }, deviation: { bob: worth(8) }, agent: 'bob' },
    },
  ];
}

/** What can be gained by a lie against any rivals is a bound on what can be gained at best, and at worst. */
export function notObviously(gain: number): Claim<never, never> {
  return {
    law: 'not-obviously-manipulable',
    holds: gain === 0 ? true : { approximately: gain },
    because:
      gain === 0
        ? 'Troyan and Morrill 2020: what is strategy-proof has no manipulation, obvious or not'
        : 'Troyan and Morrill 2020: a lie that gains so little against any rivals gains no more at best, or at worst',
  };
}
