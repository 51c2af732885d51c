/** Random auctions for bidders who bid straightforwardly, and what theory says of their outcomes, by brute force. */

import { seededRandom } from '@mechane/core';
import type { PackageBids } from '../src/index.ts';
import { bestWelfare, coalitionsOf, type SmallAuction, worthTo } from './brute-force.ts';
import { faultOf } from './fault-of.ts';

const names = ['ann', 'bob', 'cat', 'dan'];

/** Up to three goods, some in copies, for one to four bidders with XOR and OR bids. */
export function drawAuction(seed: number, largest = 15): SmallAuction {
  const random = seededRandom(seed);
  const goods = ['A', 'B', 'C'].slice(0, 1 + random.below(3));
  const hasCopies = random.below(3) === 0;
  const copies = Object.fromEntries(goods.map((good) => [good, hasCopies ? 1 + random.below(2) : 1]));
  const bundle = (): string[] => {
    const some = goods.filter(() => random.below(2) === 0);
    return some.length === 0 ? [goods[random.below(goods.length)] as string] : some;
  };
  const report = (): PackageBids => {
    const bids = Array.from({ length: random.below(4) }, () => ({ bundle: bundle(), value: random.below(largest) }));
    if (hasCopies || random.below(3) > 0) return { xor: bids };
    return random.below(2) === 0
      ? { or: bids }
      : { or: bids.map((bid) => ({ ...bid, bundle: [...bid.bundle, 'dummy'] })), dummies: ['dummy'] };
  };
  const agents = names.slice(0, 1 + random.below(names.length));
  return { goods: copies, reports: Object.fromEntries(agents.map((agent) => [agent, report()])) };
}

/** Bidders for whom goods are substitutes: additive values, or values of the best good only. */
export function drawSubstitutes(seed: number, largest = 12): SmallAuction {
  const random = seededRandom(seed);
  const goods = ['A', 'B', 'C'].slice(0, 1 + random.below(3));
  const report = (): PackageBids => {
    const bids = goods.map((good) => ({ bundle: [good], value: random.below(largest) }));
    return random.below(2) === 0 ? { xor: bids } : { or: bids };
  };
  const agents = names.slice(0, 1 + random.below(names.length));
  return {
    goods: Object.fromEntries(goods.map((good) => [good, 1])),
    reports: Object.fromEntries(agents.map((agent) => [agent, report()])),
  };
}

interface Paid {
  readonly allocation: Readonly<Record<string, readonly string[]>>;
  readonly payments: Readonly<Record<string, number>>;
}

/** What an agent makes of an outcome. */
export function payoff({ reports }: SmallAuction, { allocation, payments }: Paid, agent: string): number {
  return worthTo(reports[agent] as PackageBids, allocation[agent] ?? []) - (payments[agent] as number);
}

/** What the coalition that objects most could share beyond what it has; 0 in the core. */
export function blockingGain(auction: SmallAuction, { allocation, payments }: Paid): number {
  const agents = Object.keys(auction.reports);
  const utility = (agent: string): number => payoff(auction, { allocation, payments }, agent);
  const revenue = agents.reduce((sum, agent) => sum + (payments[agent] as number), 0);
  return Math.max(
    ...coalitionsOf(agents).map((coalition) => {
      const has = coalition.reduce((sum, agent) => sum + utility(agent), revenue);
      return bestWelfare(auction, coalition) - has;
    }),
  );
}

/** What an agent adds to the others: its payoff by Vickrey, whichever of equally good allocations is chosen. */
export function vickreyPayoff(auction: SmallAuction, agent: string): number {
  const others = Object.keys(auction.reports).filter((other) => other !== agent);
  return bestWelfare(auction) - bestWelfare(auction, others);
}

/** What is wrong with what a live agent sends, or `accepted`. */
export async function faultOfSent(sent: Promise<unknown>): Promise<string> {
  const fault = await sent.then(
    () => undefined,
    (thrown: unknown) => ({ thrown }),
  );
  return faultOf(() => {
    if (fault) throw fault.thrown;
  });
}
