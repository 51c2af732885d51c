import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { combinatorialAuctions, type PackageBids } from '../src/index.ts';
import { bestWelfare, coalitionsOf, type SmallAuction, worthTo } from './brute-force.ts';
import { draw } from './drawn-auction.ts';

const mechane = createMechane().use(combinatorialAuctions);
const auctions = Number(process.env.MECHANE_RUNS ?? 10_000);

test(`${auctions} random auctions: welfare, VCG payments and the core are what brute force finds`, {
  tags: ['long'],
  timeout: 600_000,
}, () => {
  for (let seed = 1; seed <= auctions; seed++) {
    const auction = draw(seed);
    const { goods, reports } = auction;
    const agents = Object.keys(reports);
    const best = bestWelfare(auction);
    const first = mechane.run('auction-combinatorial/first-price', { settings: { goods }, reports });
    expect(first.certificate, `seed ${seed}`).toMatchObject({ status: 'optimal', welfare: best, bound: best, gap: 0 });
    expect(first.metrics, `seed ${seed}`).toMatchObject({ welfare: best, efficiency: 1, revenue: best });

    const vcg = mechane.run('auction-combinatorial/vcg', { settings: { goods }, reports }).outcome;
    const won = (agent: string): number => worthTo(reports[agent] as PackageBids, vcg.allocation[agent] ?? []);
    for (const agent of agents) {
      const without = bestWelfare(
        auction,
        agents.filter((other) => other !== agent),
      );
      expect(vcg.payments[agent], `seed ${seed}, ${agent}`).toBe(without - (best - won(agent)));
    }
    if (seed % 4 === 0) expectCore(auction, best, seed);
  }
});

/** Core payments by their definition, and their revenue by a linear program that is solved by enumeration of nothing but coalitions. */
function expectCore(auction: SmallAuction, best: number, seed: number): void {
  const { goods, reports } = auction;
  const agents = Object.keys(reports);
  const settings = { goods, reference: (['vcg', 'zero', 'bid'] as const)[seed % 3] ?? 'vcg' };
  const { outcome, metrics } = mechane.run('auction-combinatorial/core-selecting', { settings, reports });
  const revenue = metrics.revenue as number;
  const utility = (agent: string): number =>
    worthTo(reports[agent] as PackageBids, outcome.allocation[agent] ?? []) - (outcome.payments[agent] as number);
  expect(metrics.welfare).toBe(best);
  const constraints: { outside: readonly string[]; least: number }[] = [];
  for (const coalition of coalitionsOf(agents)) {
    const can = bestWelfare(auction, coalition);
    const has = coalition.reduce((sum, agent) => sum + utility(agent), revenue);
    expect(has, `seed ${seed}: ${coalition.join()} objects`).toBeGreaterThan(can - 1e-6);
    const values = coalition.reduce((sum, agent) => sum + utility(agent) + (outcome.payments[agent] as number), 0);
    constraints.push({ outside: agents.filter((agent) => !coalition.includes(agent)), least: can - values });
  }
  for (const agent of agents) expect(utility(agent)).toBeGreaterThanOrEqual(-1e-9);
  expect(revenue, `seed ${seed}`).toBeLessThanOrEqual(leastRevenue(agents, constraints) + 1e-6);
}

/**
 * The least sum of payments that all constraints allow, by weak duality over half-whole weights: packings of constraints in which no
 * agent is counted more than once. With up to five agents the weights of extreme points are multiples of 1/2, 1/3 or 1/4.
 */
function leastRevenue(
  agents: readonly string[],
  constraints: readonly { outside: readonly string[]; least: number }[],
): number {
  const bit = new Map(agents.map((agent, index) => [agent, 1 << index]));
  const least = new Float64Array(1 << agents.length);
  for (const { outside, least: bound } of constraints) {
    const set = outside.reduce((bits, agent) => bits | (bit.get(agent) as number), 0);
    least[set] = Math.max(least[set] as number, bound);
  }
  let best = 0;
  for (const parts of [1, 2, 3, 4]) best = Math.max(best, cover(least, agents.length, parts) / parts);
  return best;
}

/** The most that sets are worth when each agent may be in so many of them. */
function cover(least: Float64Array, agents: number, times: number): number {
  const sets = [...least.keys()].filter((set) => set > 0 && (least[set] as number) > 0);
  const known = new Map<string, number>();
  const visit = (index: number, room: readonly number[]): number => {
    const set = sets[index];
    if (set === undefined) return 0;
    const key = `${index} ${room.join(' ')}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    let most = visit(index + 1, room);
    const left = room.map((copies, agent) => copies - ((set >>> agent) & 1));
    if (left.every((copies) => copies >= 0)) most = Math.max(most, (least[set] as number) + visit(index, left));
    known.set(key, most);
    return most;
  };
  return visit(
    0,
    Array.from({ length: agents }, () => times),
  );
}
