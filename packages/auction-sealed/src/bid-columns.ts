import { type AgentId, type ColumnDecision, columnIds, lazily, perAgent, type Setup } from '@mechane/core';
import { type HighestBid, highestBidInColumn } from './highest-bid.ts';
import type { BidColumns, SealedBidOutcome } from './single-item-bids.ts';

/** What every bidder pays, given the bids and the highest of them. */
export interface ColumnPayments {
  /** What the winner pays. */
  readonly payment: number;
  readonly revenue: number;
  /** What the bidder in this row pays. */
  readonly paymentOf: (row: number) => number;
}

/** How a single-item auction takes columns, given its payment rule. */
export interface ColumnAuction {
  agents(columns: BidColumns): readonly AgentId[];
  decide(columns: BidColumns, setup: Setup<{ readonly reserve: number }>): ColumnDecision<SealedBidOutcome>;
}

/** Makes the columnar way of an auction that gives the item to the highest bid. */
export function columnAuction(
  paymentsFor: (highest: HighestBid, ids: readonly AgentId[], bids: Float64Array, reserve: number) => ColumnPayments,
): ColumnAuction {
  return {
    // No column is named as money: bids are only compared and paid as they are, which is exact on decimals, and a pass over them is saved.
    agents: (columns: unknown) => columnIds(columns, 'bids'),
    decide({ bids }, setup) {
      const { participants: ids } = setup;
      const { reserve } = setup.settings;
      const highest = highestBidInColumn(ids, bids, reserve, setup);
      if (highest === undefined) {
        const outcome = outcomeOf(null, 0, ids, () => 0);
        return { outcome, welfare: 0, bestWelfare: maximum(bids), revenue: 0 };
      }
      const { payment, revenue, paymentOf } = paymentsFor(highest, ids, bids, reserve);
      const outcome = outcomeOf(highest.winner, payment, ids, paymentOf);
      return { outcome, welfare: highest.bid, bestWelfare: highest.bid, revenue };
    },
  };
}

/** Only the winner pays. */
export function winnerPays({ winner }: HighestBid, payment: number, ids: readonly AgentId[]): ColumnPayments {
  return { payment, revenue: payment, paymentOf: (row) => (ids[row] === winner ? payment : 0) };
}

/** The outcome. What names every bidder is put together when it is first read: it takes longer than the auction. */
function outcomeOf(
  winner: AgentId | null,
  payment: number,
  ids: readonly AgentId[],
  paymentOf: (row: number) => number,
): SealedBidOutcome {
  const payments = lazily(() => {
    let row = 0;
    return perAgent(ids, () => paymentOf(row++));
  });
  return {
    winner,
    payment,
    allocation: perAgent(winner === null ? [] : [winner], () => 1),
    get payments() {
      return payments();
    },
  };
}

function maximum(bids: Float64Array): number {
  return bids.reduce((highest, bid) => (bid > highest ? bid : highest), 0);
}
