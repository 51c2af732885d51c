import type { Claim } from '@mechane/core';
import { copiesOf, type GoodsForSale } from '../goods.ts';
import type { PackageBids } from '../package-bids.ts';
import { notObviouslyManipulable, pricedByRivals } from '../rival-prices.ts';
import { mostRounds } from './iterative-settings.ts';

interface Settings {
  goods: GoodsForSale;
  increment: number;
}

const rounded: readonly Claim<Settings, PackageBids>[] = [
  {
    law: 'efficient',
    holds: false,
    because: 'It is efficient up to the increment only: what is worth less than one is never bid on',
    witness: { settings: { goods: ['A'], increment: 2 }, reports: { ann: { xor: [{ bundle: ['A'], value: 1 }] } } },
  },
];

const exact: readonly Claim<Settings, PackageBids>[] = [
  { law: 'efficient', holds: true, because: 'Ausubel and Milgrom 2002: core allocations maximise the sum of values' },
  {
    law: 'pareto-efficient',
    holds: true,
    because: 'Ausubel and Milgrom 2002: core allocations maximise the sum of values',
  },
];

/** What bidders are promised who bid on packages they can afford, and pay what they bid; without an increment, what that comes to. */
export function ascendingClaims(
  goods: GoodsForSale,
  increment: number | undefined,
  maxRounds: number,
  core: { readonly because: string; readonly increments: number; readonly domain?: string },
): readonly Claim<Settings, PackageBids>[] {
  const copies = [...copiesOf(goods).values()].reduce((sum, count) => sum + count, 0);
  const { because, increments, domain } = core;
  const coreClaim: Claim<Settings, PackageBids> = {
    law: 'core',
    holds: { approximately: increment === undefined ? 1e-6 : increments * increment * copies },
    because,
    ...(domain === undefined ? {} : { domain }),
  };
  return [
    notObviouslyManipulable,
    ...pricedByRivals({ goods: ['A'], increment: 1 }),
    {
      law: 'individually-rational',
      holds: true,
      because: 'By definition: winners pay their bids, and none is above its value',
    },
    { law: 'no-deficit', holds: true, because: 'By definition: payments are bids, which are never negative' },
    ...(increment === undefined ? [] : rounded),
    // Where rounds run out, what stands then is what there is.
    ...(maxRounds < mostRounds ? [] : [...(increment === undefined ? exact : []), coreClaim]),
    { law: 'anonymous', holds: true, because: 'By definition: only bids count, and ids only break ties' },
  ];
}
