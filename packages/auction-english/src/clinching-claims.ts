import type { Claim } from '@mechane/core';
import type { ClinchingSettings, FullClinchingSettings } from './clinching-settings.ts';
import { notObviously, pricedByRivals } from './rival-prices.ts';
import type { UnitValues } from './unit-values.ts';

type ClinchingClaim = Claim<ClinchingSettings, UnitValues>;

const ausubel = 'Ausubel, An efficient ascending-bid auction for multiple objects, American Economic Review 94 (2004)';

/** What clinching promises, with an increment and without. */
export function clinchingClaims({ units, startingPrice, increment }: FullClinchingSettings): readonly ClinchingClaim[] {
  const always: readonly ClinchingClaim[] = [
    {
      law: 'individually-rational',
      holds: true,
      because:
        'A unit is paid for at a price at which it was demanded, below its marginal value, or at that value itself',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
    notObviously(units * (increment ?? 0)),
    {
      law: 'credible',
      holds: false,
      because:
        'Akbarpour and Li 2020: what a bidder clinches, and when, is known to it only by what it is told of the others',
      witness: {
        settings: { units: 2, increment: 1 },
        reports: { ann: { marginals: [0, 0] }, bob: { marginals: [3, 3] } },
      },
    },
    ...pricedByRivals({ units: 1 }, (value): UnitValues => ({ marginals: [value] })),
  ];
  if (increment !== undefined) {
    return [
      ...always,
      {
        law: 'strategy-proof',
        holds: { approximately: units * increment },
        because:
          'Truthful proxies get every unit that is worth more than the price at which the others leave it over, at no more than that price; no report ' +
          'gets a unit for more than one increment less',
      },
    ];
  }
  return [
    ...always,
    {
      law: 'strategy-proof',
      holds: true,
      because: `Between proxies it is the Vickrey auction: ${ausubel}`,
    },
    {
      law: 'ex-post-incentive-compatible',
      holds: true,
      because: `Sincere bidding is an ex post perfect equilibrium: ${ausubel}`,
    },
    {
      law: 'non-bossy-in-allocation',
      holds: true,
      because: 'By definition: what one bidder leaves goes to the highest of the other marginal values',
    },
    ...(startingPrice === 0
      ? ([
          {
            law: 'efficient',
            holds: true,
            because: `From 0, units go where they are worth most: ${ausubel}`,
          },
        ] as const)
      : []),
  ];
}
