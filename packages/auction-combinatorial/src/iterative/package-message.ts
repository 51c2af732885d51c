import type { AgentId, ErrorDetails } from '@mechane/core';
import * as z from 'zod';
import { beyondHighest, bidTooLow, namedTwice } from '../errors.ts';
import { copiesOf } from '../goods.ts';
import { type PackageBid, packageBid } from '../package-bids.ts';
import { highestBid, type RisingSettings } from './iterative-settings.ts';
import { bundleKey } from './package-choices.ts';
import { refuseBundle } from './refuse-packages.ts';

/** Bids on packages, of which at most one wins. No bids is passing. */
export const packageMessage: z.ZodObject<{ bids: z.ZodArray<typeof packageBid> }, z.core.$strict> = z.strictObject({
  bids: z.array(packageBid).describe('Bids of which at most one wins'),
});

/** @category Types of mechanisms */
export type PackageMessage = z.output<typeof packageMessage>;

/** Refuses bids for what is not for sale, below what their package costs, or beyond what rounds could reach. */
export function refuseBids(
  settings: RisingSettings,
  leastBid: (agent: AgentId, bid: PackageBid) => number,
  written: (amount: number) => number,
): (agent: AgentId, message: PackageMessage) => ErrorDetails | undefined {
  const copies = copiesOf(settings.goods);
  return (agent, { bids }) => {
    const seen = new Set<string>();
    for (const [index, bid] of bids.entries()) {
      const flaw = refuseBundle(bid.bundle, copies, ['bids', index, 'bundle']);
      if (flaw) return flaw;
      if (seen.size === seen.add(bundleKey(bid.bundle)).size) return namedTwice(['bids', index, 'bundle'], 'package');
      const least = leastBid(agent, bid);
      if (!(bid.value >= least)) return bidTooLow(['bids', index, 'value'], written(least));
      if (bid.value > highestBid(settings)) {
        return beyondHighest(['bids', index, 'value'], written(highestBid(settings)));
      }
    }
    return undefined;
  };
}
