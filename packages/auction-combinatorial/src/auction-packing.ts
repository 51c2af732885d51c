import { type AgentId, type Path, perAgent, type TieOrder } from '@mechane/core';
import { fromUnits, type Packing, packingOf, toUnits, type Units, unitsFor } from '@mechane/packing';
import { dummyForSale, unknownGood } from './errors.ts';
import { dummiesOf, listOf, type PackageBids } from './package-bids.ts';

/** A bid of an agent among all bids. */
export interface PlacedBid {
  readonly agent: AgentId;
  /** Its position in the agent's report. */
  readonly position: number;
  /** Positions of goods in the settings; dummies left out. */
  readonly goods: readonly number[];
  readonly value: number;
}

/** An auction's bids as a packing; agents in tie order, so that the same bids under other names come to the same. */
export interface AuctionPacking {
  readonly agents: readonly AgentId[];
  readonly goods: readonly string[];
  /** By set of the packing. */
  readonly bids: readonly PlacedBid[];
  readonly packing: Packing;
  readonly units: Units;
  /** The row that holds all bids of an XOR bidder. */
  readonly oneOfThese: ReadonlyMap<AgentId, number>;
}

/** Lays out all bids of an auction. Bids of 0 are left out: they win nothing. */
export function auctionPacking(
  reports: ReadonlyMap<AgentId, PackageBids>,
  copies: ReadonlyMap<string, number>,
  tieOrder: TieOrder,
): AuctionPacking {
  const goods = [...copies.keys()];
  const position = new Map(goods.map((good, index) => [good, index]));
  const capacity = [...copies.values()];
  const agents = [...reports.keys()].sort(tieOrder);
  const bids: PlacedBid[] = [];
  const rows: number[][] = [];
  const exclusive = new Map<AgentId, number>();

  for (const agent of agents) {
    const report = reports.get(agent) as PackageBids;
    const list = listOf(report);
    const language = 'xor' in report ? 'xor' : 'or';
    const dummies = dummyRows(report, position, capacity, ['reports', agent, 'dummies']);
    const oneOfThese = language === 'xor' && list.length > 1 ? capacity.push(1) - 1 : undefined;
    if (oneOfThese !== undefined) exclusive.set(agent, oneOfThese);
    for (const [index, { bundle, value }] of list.entries()) {
      const placed: number[] = [];
      const own: number[] = oneOfThese === undefined ? [] : [oneOfThese];
      for (const [at, good] of bundle.entries()) {
        const row = position.get(good);
        const dummy = dummies.get(good);
        if (row !== undefined) placed.push(row);
        else if (dummy !== undefined) own.push(dummy);
        else throw unknownGood(['reports', agent, language, index, 'bundle', at], good, goods);
      }
      if (value === 0) continue;
      const all = [...placed, ...own];
      // Where there are copies enough for a bid to win twice, a row of its own says that it does not.
      if (all.every((row) => (capacity[row] as number) > 1)) all.push(capacity.push(1) - 1);
      bids.push({ agent, position: index, goods: placed.sort((a, b) => a - b), value });
      rows.push(all);
    }
  }
  const units = unitsFor(bids.map(({ value }) => value));
  const values = bids.map(({ value }) => toUnits(value, units));
  return { agents, goods, bids, packing: packingOf(values, rows, capacity), units, oneOfThese: exclusive };
}

function dummyRows(
  report: PackageBids,
  goods: ReadonlyMap<string, number>,
  capacity: number[],
  path: Path,
): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  for (const [index, dummy] of dummiesOf(report).entries()) {
    if (goods.has(dummy)) throw dummyForSale([...path, index], dummy);
    if (!rows.has(dummy)) rows.set(dummy, capacity.push(1) - 1);
  }
  return rows;
}

/** Money for units; where values had to be rounded, what the bids themselves say. */
export function worthOf({ bids, packing, units }: AuctionPacking, selected: Iterable<number>): number {
  let exact = 0;
  let sum = 0;
  for (const bid of selected) {
    exact += packing.values[bid] as number;
    sum += bids[bid]?.value as number;
  }
  return units.exact ? fromUnits(exact, units) : sum;
}

/** The goods that the winning bids bring to each winner, in the order of the settings. */
export function allocationOf({ bids, goods }: AuctionPacking, winning: readonly number[]): Record<AgentId, string[]> {
  const won = new Map<AgentId, number[]>();
  for (const bid of winning) {
    const { agent, goods: placed } = bids[bid] as PlacedBid;
    won.set(agent, [...(won.get(agent) ?? []), ...placed]);
  }
  return perAgent(won.keys(), (agent) =>
    (won.get(agent) as number[]).sort((a, b) => a - b).map((good) => goods[good] as string),
  );
}

/** Some of the bids, by agent in tie order. */
export function bidsByAgent({ bids }: AuctionPacking, some: Iterable<number>): ReadonlyMap<AgentId, readonly number[]> {
  const byAgent = new Map<AgentId, number[]>();
  for (const bid of some) {
    const { agent } = bids[bid] as PlacedBid;
    const own = byAgent.get(agent);
    if (own) own.push(bid);
    else byAgent.set(agent, [bid]);
  }
  return byAgent;
}
