import type { AgentId, TieOrder } from '@mechane/core';
import type { OrderRows } from './crossing.ts';
import { allInLots, lotsPerUnit } from './lots.ts';
import type { FullOrder } from './order.ts';

/** Where orders at one price are told apart. It is asked for only when some must be: a lot is not drawn for nothing. */
export interface TieRule {
  readonly tieOrder: TieOrder;
}

/** The orders of all agents in rows, and whose each is. Quantities are counted in lots. */
export interface OrderFlow extends OrderRows {
  readonly owners: readonly AgentId[];
  /** How many make a unit. */
  readonly lots: number;
}

/** Lays orders out in rows, agent by agent, their quantities in lots. */
export function orderFlow<Report>(
  reports: ReadonlyMap<AgentId, Report>,
  orders: (report: Report) => readonly FullOrder[],
): OrderFlow {
  const owners: AgentId[] = [];
  const prices: number[] = [];
  const quantities: number[] = [];
  for (const [agent, report] of reports) {
    for (const { side, price, quantity } of orders(report)) {
      owners.push(agent);
      prices.push(price);
      quantities.push(side === 'buy' ? quantity : -quantity);
    }
  }
  const lots = lotsPerUnit(quantities);
  return {
    owners,
    prices: Float64Array.from(prices),
    quantities: allInLots(Float64Array.from(quantities), lots),
    lots,
  };
}

/** Who comes first at the same price: by the tie order; of one agent's orders, the one it named first. */
export function priorityAmong(owners: readonly AgentId[], ties: TieRule): (row: number, other: number) => number {
  return (row, other) => {
    const [one, two] = [owners[row] as AgentId, owners[other] as AgentId];
    return one === two ? row - other : ties.tieOrder(one, two);
  };
}
