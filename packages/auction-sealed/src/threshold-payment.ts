import type { AgentId, TieOrder } from '@mechane/core';
import type { VirtualValue } from './virtual-value.ts';

/** A bidder in the running: its bid, and what that is virtually worth. */
export interface Contender {
  readonly agent: AgentId;
  readonly bid: number;
  readonly virtual: VirtualValue;
  /** The virtual value at the bid. */
  readonly level: number;
}

/** Whether one contender beats another: by virtual value, and in a tie by the tie order. */
export function beats(a: Contender, b: Contender, tieOrder: TieOrder): boolean {
  return a.level > b.level || (a.level === b.level && tieOrder(a.agent, b.agent) < 0);
}

/**
 * The smallest bid with which the winner would still win: its virtual value must reach 0 and that of the best rival, or exceed
 * the rival's where the rival would win a tie. Never above the winner's bid, whatever rounding says.
 */
export function thresholdPayment(
  winner: Contender,
  rival: Contender | undefined,
  reserve: number,
  tieOrder: TieOrder,
): number {
  const { virtual, bid } = winner;
  const threshold =
    rival === undefined
      ? virtual.reaching(0)
      : tieOrder(rival.agent, winner.agent) < 0
        ? virtual.exceeding(rival.level)
        : virtual.reaching(rival.level);
  return Math.min(bid, Math.max(reserve, threshold));
}
