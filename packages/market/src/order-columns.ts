import {
  type AgentColumn,
  type AgentId,
  type ColumnDecision,
  columnIds,
  firstInvalidAmount,
  lazily,
  perAgent,
  type Setup,
} from '@mechane/core';
import { clear, clearingIntervalOf, fillsOf } from './clearing.ts';
import { mostUnits } from './countable-units.ts';
import { invalidQuantity, quantitiesMissing, uncountableColumn } from './errors.ts';
import { priorityAmong } from './order-flow.ts';
import { type ClearedOutcome, priceWithin } from './trade-outcome.ts';

/**
 * The orders of a large call market, one for each agent: `ids[i]` buys `quantities[i]` units at `prices[i]` or below, or, where the
 * quantity is negative, sells as many at that price or above. Ids in a plain array are checked for duplicates in every run, those
 * in core's `agentColumn` only once.
 *
 * @category Columns
 */
export interface OrderColumns {
  readonly ids: AgentColumn | readonly AgentId[];
  readonly prices: Float64Array;
  readonly quantities: Float64Array;
}

/** How the call market takes columns. */
export const callColumns: {
  readonly money: readonly string[];
  agents(columns: OrderColumns): readonly AgentId[];
  decide(columns: OrderColumns, setup: Setup<{ readonly k: number }>): ColumnDecision<ClearedOutcome>;
} = {
  money: ['prices'],
  agents(columns: unknown) {
    const { quantities, ...priced } = (columns ?? {}) as { quantities?: unknown; prices?: unknown };
    const ids = columnIds(priced, 'prices');
    if (!(quantities instanceof Float64Array) || quantities.length !== ids.length) throw quantitiesMissing(ids.length);
    return ids;
  },
  decide({ prices, quantities }, setup) {
    refuseInvalid(prices, quantities);
    const { participants: ids } = setup;
    const clearing = clear({ prices, quantities });
    const { traded, worth, cost } = clearing;
    const fills = fillsOf({ prices, quantities }, clearing, priorityAmong(ids, setup));
    const clearingInterval = clearingIntervalOf(clearing);
    const clearingPrice = clearingInterval && priceWithin(clearingInterval, setup.settings.k);
    const price = clearingPrice ?? 0;
    const cleared = {
      traded,
      clearingPrice,
      clearingInterval,
      consumerSurplus: worth - price * traded,
      producerSurplus: price * traded - cost,
    };
    return { outcome: outcomeOf(ids, fills, cleared), welfare: worth - cost, bestWelfare: worth - cost, revenue: 0 };
  },
};

/** The outcome. What names every trader is put together when it is first read: it takes longer than clearing the market. */
function outcomeOf(
  ids: readonly AgentId[],
  fills: Float64Array,
  cleared: Omit<ClearedOutcome, 'trades' | 'payments'>,
): ClearedOutcome {
  const { clearingPrice } = cleared;
  const trades = lazily(() => {
    let [trader, row] = [0, 0];
    return perAgent(
      ids.filter(() => fills[trader++] !== 0),
      () => {
        while (fills[row] === 0) row += 1;
        return fills[row++] as number;
      },
    );
  });
  const payments = lazily(() => {
    let row = 0;
    return perAgent(ids, () => 0 + (fills[row++] as number) * (clearingPrice ?? 0));
  });
  return {
    get trades() {
      return trades();
    },
    get payments() {
      return payments();
    },
    ...cleared,
  };
}

function refuseInvalid(prices: Float64Array, quantities: Float64Array): void {
  let units = 0;
  for (let row = 0; row < prices.length; row++) {
    const price = prices[row] as number;
    const quantity = quantities[row] as number;
    // Comparisons with NaN are false.
    if (!(price >= 0 && price < Number.POSITIVE_INFINITY)) throw firstInvalidAmount('prices', prices);
    if (!(Math.abs(quantity) > 0 && Math.abs(quantity) < Number.POSITIVE_INFINITY)) throw invalidQuantity(quantities);
    units += Math.abs(quantity);
  }
  if (units > mostUnits) throw uncountableColumn(units);
}
