import type { AgentId } from '@mechane/core';
import { invalidOperations, noAmount, notOnGrid } from '../errors.ts';
import type { BookState } from './book-state.ts';
import { anyPrice, type IncomingOrder } from './incoming-order.ts';
import type { Increment } from './increment.ts';
import type { Matching, MatchingRules } from './matching.ts';
import { none } from './order-pool.ts';
import type { BookTrade } from './receipt.ts';

/**
 * What the rows of {@link OperationColumns} are: limit orders, market orders, cancellations.
 *
 * @category Order book
 */
export const operationKinds: { readonly [Kind in 'buy' | 'sell' | 'market-buy' | 'market-sell' | 'cancel']: number } =
  Object.freeze({ buy: 0, sell: 1, 'market-buy': 2, 'market-sell': 3, cancel: 4 });
const { cancel, sell, 'market-buy': marketBuy, 'market-sell': marketSell } = operationKinds;

/**
 * What became of a row when it was executed.
 *
 * @category Order book
 */
export const operationStatuses: readonly ['open', 'filled', 'cancelled', 'unknown-order', 'too-much'] = Object.freeze([
  'open',
  'filled',
  'cancelled',
  'unknown-order',
  'too-much',
]);

/**
 * Many operations in columns of one length, a row for each. What a kind does not need is not read.
 *
 * @category Order book
 */
export interface OperationColumns {
  /** Each of {@link operationKinds}. */
  readonly kinds: Uint8Array;
  /** Of limit orders: multiples of the tick. */
  readonly prices: Float64Array;
  /** Of orders: multiples of the lot. */
  readonly quantities: Float64Array;
  /** Of cancellations: the numbers of the orders. Each row that is an order takes the number after that of the last order that came. */
  readonly orders: Float64Array;
  /** Whose orders they are: one agent for all, or one for each row. Cancellations are not asked whose they are. */
  readonly owners: AgentId | readonly AgentId[];
}

/**
 * What became of each row.
 *
 * @category Order book
 */
export interface OperationOutcomes {
  /** The number of the first order among the rows. */
  readonly firstOrder: number;
  /** Each a place in {@link operationStatuses}: how the row was left, before any stop that it triggered. */
  readonly statuses: Uint8Array;
  /** How much of the order traded as it came. */
  readonly filled: Float64Array;
}

/** Executes rows in turn. Without a listener no trade is written down. */
export function executeAll(
  columns: OperationColumns,
  state: BookState,
  matching: Matching,
  rules: MatchingRules,
  onTrade?: (trade: BookTrade, row: number) => void,
): OperationOutcomes {
  refuseWrong(columns, rules);
  const { kinds, prices, quantities, orders, owners } = columns;
  const { ticks, lots } = rules;
  const { length } = kinds;
  const firstOrder = state.arrivals + 1;
  const statuses = new Uint8Array(length);
  const filled = new Float64Array(length);
  const { report } = matching;
  const order: IncomingOrder = blankOrder();
  try {
    report.keepsTrades = onTrade !== undefined;
    for (let row = 0; row < length; row++) {
      const kind = kinds[row] as number;
      if (kind === cancel) {
        const place = state.byId.find(orders[row] as number);
        if (place !== none) state.leave(place);
        statuses[row] = place === none ? unknownOrder : cancelled;
        continue;
      }
      const quantity = lots.stepsIn(quantities[row] as number) as number;
      const isMarket = kind === marketBuy || kind === marketSell;
      state.arrivals += 1;
      order.id = state.arrivals;
      order.owner = typeof owners === 'string' ? owners : (owners[row] as AgentId);
      order.side = kind === sell || kind === marketSell ? 'sell' : 'buy';
      order.limit = isMarket ? anyPrice(order.side) : (ticks.stepsIn(prices[row] as number) as number);
      order.quantity = quantity;
      order.timeInForce = isMarket ? 'IOC' : 'GTC';
      if (!state.hasRoom(order.side, quantity)) {
        statuses[row] = tooMuch;
        continue;
      }
      const result = matching.execute(order, state.arrivals);
      statuses[row] = result === 'open' ? open : result === 'filled' ? filledUp : cancelled;
      filled[row] = lots.amountOf(quantity - order.quantity);
      if (onTrade) for (const trade of report.trades) onTrade(trade, row);
    }
  } finally {
    report.keepsTrades = true;
  }
  return { firstOrder, statuses, filled };
}

const [open, filledUp, cancelled, unknownOrder, tooMuch] = operationStatuses.map((_, place) => place) as [
  number,
  number,
  number,
  number,
  number,
];

function blankOrder(): IncomingOrder {
  return { id: 0, owner: '', side: 'buy', limit: 0, quantity: 0, display: 0, timeInForce: 'GTC', stop: none };
}

/** @throws MechaneError `invalid-order` at the first row that no book could take, before any has been executed. */
function refuseWrong({ kinds, prices, quantities, orders, owners }: OperationColumns, rules: MatchingRules): void {
  const { length } = kinds;
  for (const [name, column] of Object.entries({ prices, quantities, orders, owners })) {
    if (typeof column === 'string' || column?.length === length) continue;
    throw invalidOperations(`there are ${length} kinds and ${column?.length} ${name}`, [name], 'a value for each row');
  }
  for (let row = 0; row < length; row++) {
    const kind = kinds[row] as number;
    if (kind === cancel) continue;
    if (kind > cancel) throw invalidOperations(`${kind} is no kind`, ['kinds', row], 'one of operationKinds');
    if (kind < marketBuy) refuseAmount('prices', prices[row] as number, row, rules.ticks, 0);
    refuseAmount('quantities', quantities[row] as number, row, rules.lots, 1);
    if (typeof owners !== 'string' && typeof owners[row] !== 'string') {
      throw invalidOperations(`${typeof owners[row]} was given`, ['owners', row], 'an agent id');
    }
  }
}

function refuseAmount(column: string, given: number, row: number, increment: Increment, least: number): void {
  const steps = increment.stepsIn(given);
  if (steps !== undefined && steps >= least) return;
  const unit = least === 0 ? 'tick' : 'lot';
  const flaw =
    Number.isFinite(given) && given >= least * Number.MIN_VALUE
      ? notOnGrid(column, given, increment.size, unit)
      : noAmount(column, given, unit);
  throw invalidOperations(flaw.problem, [column, row], flaw.expected ?? '');
}
