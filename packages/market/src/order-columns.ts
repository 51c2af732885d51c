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
import { clear, fillsOf } from './clearing.ts';
import { mostUnits } from './countable-units.ts';
import { invalidQuantity, quantitiesMissing, uncountableColumn } from './errors.ts';
import { allInLots, lotsPerUnit } from './lots.ts';
import { priorityAmong } from './order-flow.ts';
import { type ClearedOutcome, clearedAt } from './trade-outcome.ts';

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
    const lots = lotsPerUnit(quantities);
    const rows = { prices, quantities: allInLots(quantities, lots) };
    const clearing = clear(rows);
    const fills = fillsOf(rows, clearing, priorityAmong(ids, setup));
    const cleared = { traded: clearing.traded / lots, ...clearedAt(clearing, setup.settings.k, lots) };
    const gains = (clearing.worth - clearing.cost) / lots;
    return { outcome: outcomeOf(ids, fills, cleared, lots), welfare: gains, bestWelfare: gains, revenue: 0 };
  },
};

/** The outcome. What names every trader is put together when it is first read: it takes longer than clearing the market. */
function outcomeOf(
  ids: readonly AgentId[],
  fills: Float64Array,
  cleared: Omit<ClearedOutcome, 'trades' | 'payments'>,
  lots: number,
): ClearedOutcome {
  const { clearingPrice } = cleared;
  const trades = lazily(() => {
    let [trader, row] = [0, 0];
    return perAgent(
      ids.filter(() => fills[trader++] !== 0),
      () => {
        while (fills[row] === 0) row += 1;
        return (fills[row++] as number) / lots;
      },
    );
  });
  const payments = lazily(() => {
    let row = 0;
    return perAgent(ids, () => 0 + ((fills[row++] as number) * (clearingPrice ?? 0)) / lots);
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
