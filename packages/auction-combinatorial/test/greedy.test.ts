import { createMechane, seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';

const mechane = createMechane().use(combinatorialAuctions);

interface Bid {
  readonly agent: string;
  readonly bundle: readonly string[];
  readonly value: number;
}

/** The order of Lehmann, O'Callaghan and Shoham, told by squares so that it is exact; equals stay as they are. */
const ranked = (bids: readonly Bid[]): Bid[] =>
  [...bids].sort((a, b) => b.value ** 2 * a.bundle.length - a.value ** 2 * b.bundle.length);

/** Bids that win in this order, until one of them leaves no room for a bid that is looked at from outside. */
function winners(order: readonly Bid[], copies: Readonly<Record<string, number>>, until?: Bid): Bid[] {
  const left = { ...copies };
  const fits = ({ bundle }: Bid): boolean => bundle.every((good) => (left[good] as number) > 0);
  const won: Bid[] = [];
  for (const bid of order) {
    if (!fits(bid)) continue;
    for (const good of bid.bundle) left[good] = (left[good] as number) - 1;
    won.push(bid);
    if (until && !fits(until)) break;
  }
  return won;
}

test('every winning bid pays the least with which it would still have won, found by leaving its bidder out', () => {
  const random = seededRandom(2002);
  for (let run = 0; run < 500; run++) {
    const copies = Object.fromEntries(['A', 'B', 'C', 'D', 'E'].map((good) => [good, 1 + random.below(2)]));
    const goods = Object.keys(copies);
    const reports: Record<string, PackageBids> = {};
    const bids: Bid[] = [];
    for (let agent = 0; agent < 2 + random.below(5); agent++) {
      const own = Array.from({ length: 1 + random.below(3) }, () => ({
        bundle: random.shuffled(goods).slice(0, 1 + random.below(3)),
        value: 1 + random.below(40),
      }));
      reports[`agent${agent}`] = { or: own };
      for (const bid of own) bids.push({ agent: `agent${agent}`, ...bid });
    }
    const order = ranked(bids);
    const won = winners(order, copies);
    const critical = (bid: Bid): number => {
      const others = order.filter(({ agent }) => agent !== bid.agent);
      const blocking = winners(others, copies, bid);
      const last = blocking.at(-1);
      const left = { ...copies };
      for (const { bundle } of blocking) for (const good of bundle) left[good] = (left[good] as number) - 1;
      if (last === undefined || bid.bundle.every((good) => (left[good] as number) > 0)) return 0;
      return Math.min(bid.value, last.value * Math.sqrt(bid.bundle.length / last.bundle.length));
    };
    const { outcome } = mechane.run('auction-combinatorial/greedy', { settings: { goods: copies }, reports });
    for (const agent of Object.keys(reports)) {
      const own = won.filter((bid) => bid.agent === agent);
      expect(outcome.payments[agent], `run ${run}`).toBeCloseTo(
        own.reduce((sum, bid) => sum + critical(bid), 0),
        9,
      );
      const names = own.flatMap(({ bundle }) => bundle).sort();
      expect([...(outcome.allocation[agent] ?? [])].sort(), `run ${run}`).toEqual(names);
    }
  }
});
