/*
 * How the Dutch clock ends when every bidder's threshold is known at once: two passes over the thresholds, however many prices
 * there are.
 */
import {
  type AgentId,
  type ColumnDecision,
  columnIds,
  firstInvalidAmount,
  lazily,
  perAgent,
  type Setup,
  type TieOrder,
} from '@mechane/core';
import type { ClockOutcome } from './clock-outcome.ts';
import { tooManySteps } from './errors.ts';
import type { FullFallingPriceSettings } from './falling-price.ts';
import { fallingSteps } from './price-steps.ts';
import type { ThresholdColumns, ThresholdRows } from './thresholds.ts';

/** What its conversation with proxies comes to. */
export function clockAtOnce(
  { ids, thresholds }: ThresholdRows,
  settings: FullFallingPriceSettings,
  tieOrder: TieOrder,
): ClockOutcome {
  if (ids.length === 0) return outcomeOf(ids, null, 0, 0);
  const { price, rounds } = stopAt(highest(thresholds), settings);
  const winner = price === undefined ? null : preferred(ids, thresholds, price, tieOrder);
  return outcomeOf(ids, winner, price ?? 0, rounds);
}

/** How the clock takes columns. */
export const clockColumns: {
  readonly money: readonly string[];
  agents(columns: ThresholdColumns): readonly AgentId[];
  decide(columns: ThresholdColumns, setup: Setup<FullFallingPriceSettings>): ColumnDecision<ClockOutcome>;
} = {
  money: ['thresholds'],
  agents: (columns: unknown) => columnIds(columns, 'thresholds'),
  decide({ thresholds }, { settings, participants: ids, tieOrder }) {
    const bestWelfare = highest(thresholds);
    const outcome = clockAtOnce({ ids, thresholds }, settings, tieOrder);
    const winner = outcome.winner === null ? -1 : ids.indexOf(outcome.winner);
    return { outcome, welfare: thresholds[winner] ?? 0, bestWelfare, revenue: outcome.payment };
  },
};

/** The price that a highest threshold gets, and the rounds until then. */
function stopAt(
  threshold: number,
  { startingPrice, decrement, floor }: FullFallingPriceSettings,
): { readonly price: number | undefined; readonly rounds: number } {
  if (decrement === undefined) {
    const price = Math.min(startingPrice, threshold);
    return { price: price < floor ? undefined : price, rounds: 1 };
  }
  const { last, priceOf, firstAtMost } = fallingSteps(startingPrice, decrement, floor);
  const rounds = Math.min(firstAtMost(threshold), last);
  if (rounds === Number.POSITIVE_INFINITY) throw tooManySteps(startingPrice, decrement);
  return { price: priceOf(rounds) <= threshold ? priceOf(rounds) : undefined, rounds };
}

/** @throws MechaneError `invalid-columns` at the first threshold that is negative or not finite. */
function highest(thresholds: Float64Array): number {
  let [lowest, found] = [0, 0];
  for (let row = 0; row < thresholds.length; row++) {
    const threshold = thresholds[row] as number;
    // What is no number makes both of them none.
    lowest = Math.min(lowest, threshold);
    found = Math.max(found, threshold);
  }
  if (lowest < 0 || !(found < Infinity)) throw firstInvalidAmount('thresholds', thresholds);
  return found;
}

/** The preferred one of those who stop the clock at a price; the order is asked for only where there are several. */
function preferred(
  ids: readonly AgentId[],
  thresholds: Float64Array,
  price: number,
  tieOrder: TieOrder,
): AgentId | null {
  let winner: AgentId | null = null;
  for (let row = 0; row < thresholds.length; row++) {
    if ((thresholds[row] as number) < price) continue;
    const agent = ids[row] as AgentId;
    if (winner === null || tieOrder(agent, winner) < 0) winner = agent;
  }
  return winner;
}

/** The outcome. What names every bidder is put together when it is first read: it takes longer than the auction. */
function outcomeOf(ids: readonly AgentId[], winner: AgentId | null, price: number, rounds: number): ClockOutcome {
  const payment = winner === null ? 0 : price;
  const payments = lazily(() => perAgent(ids, (agent) => (agent === winner ? payment : 0)));
  return {
    winner,
    payment,
    allocation: perAgent(winner === null ? [] : [winner], () => 1),
    get payments() {
      return payments();
    },
    rounds,
  };
}
