import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { createMechane } from '@mechane/core';
import type { Operators } from './by-hand.ts';

/** The bids of the spectrum example, to be looked at without its auctions. */
export function drawnBids(): Operators {
  const { instance } = createMechane()
    .use(combinatorialAuctions)
    .generate('gsvm', { settings: { bundles: 6 }, seed: 3 });
  return (instance as { reports: Operators }).reports;
}
