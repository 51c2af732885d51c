import type { ErrorDetails } from '@mechane/core';
import { noAmount, notOnGrid, unknownWord, wrongTerms } from '../errors.ts';
import { anyPrice, type IncomingOrder } from './incoming-order.ts';
import type { Increment } from './increment.ts';
import type { MatchingRules } from './matching.ts';
import { none } from './order-pool.ts';
import type { AmendRequest, LimitOrderTerms, OrderRequest, OrderTerms, TimeInForce } from './order-request.ts';

const sides: readonly string[] = ['buy', 'sell'];
const resting: readonly string[] = ['GTC', 'IOC', 'FOK', 'post-only'];
const immediate: readonly string[] = ['IOC', 'FOK'];
const timesInForce: Readonly<Record<OrderTerms['type'], readonly string[]>> = {
  limit: resting,
  market: immediate,
  stop: immediate,
  'stop-limit': resting,
};

/** What is wrong with the words of an order that the compiler has not seen; `undefined` where nothing is. */
export function wordFlaw(request: OrderRequest): ErrorDetails | undefined {
  const { type, side, owner, id } = request;
  if (type !== 'limit' && !Object.hasOwn(timesInForce, type))
    return unknownWord('type', type, Object.keys(timesInForce));
  if (side !== 'buy' && side !== 'sell') return unknownWord('side', side, sides);
  if (typeof owner !== 'string') return unknownWord('owner', owner, ['an agent id']);
  if (id !== undefined && typeof id !== 'string') return unknownWord('id', id, ['text']);
  const { timeInForce } = request as LimitOrderTerms;
  if (timeInForce === undefined || timesInForce[type].includes(timeInForce)) return undefined;
  return unknownWord('timeInForce', timeInForce, timesInForce[type]);
}

/** Reads the numbers of an order into one that comes in, and says what is wrong with them; `undefined` where nothing is. */
export function readInto(
  order: IncomingOrder,
  terms: OrderTerms,
  { ticks, lots }: MatchingRules,
): ErrorDetails | undefined {
  const quantity = lots.stepsIn(terms.quantity);
  if (quantity === undefined || quantity <= 0) return wrongAmount('quantity', terms.quantity, lots, 'lot');
  order.quantity = quantity;
  order.limit = anyPrice(terms.side);
  order.stop = none;
  order.display = 0;
  if (terms.type === 'limit' || terms.type === 'stop-limit') {
    const price = ticks.stepsIn(terms.price);
    if (price === undefined || price < 0) return wrongAmount('price', terms.price, ticks, 'tick');
    order.limit = price;
  }
  if (terms.type === 'stop' || terms.type === 'stop-limit') {
    const price = ticks.stepsIn(terms.stopPrice);
    if (price === undefined || price < 0) return wrongAmount('stopPrice', terms.stopPrice, ticks, 'tick');
    order.stop = price;
  }
  if (terms.type === 'limit' && terms.displayQuantity !== undefined) {
    const shown = lots.stepsIn(terms.displayQuantity);
    if (shown === undefined || shown <= 0) return wrongAmount('displayQuantity', terms.displayQuantity, lots, 'lot');
    if (shown > quantity) return wrongTerms('displayQuantity', 'an iceberg shows no more than it has');
    if (terms.timeInForce === 'IOC' || terms.timeInForce === 'FOK') {
      return wrongTerms(
        'displayQuantity',
        `an order that is ${terms.timeInForce} never rests, so it has nothing to hide`,
      );
    }
    order.display = shown;
  }
  return undefined;
}

/** The numbers of an amendment in ticks and lots; NaN for what stays. */
export interface AmendedSteps {
  readonly limit: number;
  readonly quantity: number;
  readonly stop: number;
}

/** Reads the numbers of an amendment, or says which is wrong. */
export function readAmendment(request: AmendRequest, { ticks, lots }: MatchingRules): AmendedSteps | ErrorDetails {
  const quantity = request.quantity === undefined ? Number.NaN : lots.stepsIn(request.quantity);
  if (quantity === undefined || quantity <= 0) return wrongAmount('quantity', request.quantity, lots, 'lot');
  const limit = request.price === undefined ? Number.NaN : ticks.stepsIn(request.price);
  if (limit === undefined || limit < 0) return wrongAmount('price', request.price, ticks, 'tick');
  const stop = request.stopPrice === undefined ? Number.NaN : ticks.stepsIn(request.stopPrice);
  if (stop === undefined || stop < 0) return wrongAmount('stopPrice', request.stopPrice, ticks, 'tick');
  if (Number.isNaN(quantity) && Number.isNaN(limit) && Number.isNaN(stop)) {
    return wrongTerms('quantity', 'the amendment changes nothing');
  }
  return { limit, quantity, stop };
}

function wrongAmount(field: string, given: unknown, increment: Increment, unit: 'tick' | 'lot'): ErrorDetails {
  const isAmount = typeof given === 'number' && (unit === 'tick' ? given >= 0 : given > 0) && Number.isFinite(given);
  return isAmount ? notOnGrid(field, given, increment.size, unit) : noAmount(field, given, unit);
}

export function isFlaw(read: object): read is ErrorDetails {
  return 'problem' in read;
}

/** How long an order lives, where it does not say so itself. */
export function timeInForceOf(terms: OrderTerms): TimeInForce {
  const { timeInForce } = terms as LimitOrderTerms;
  return timeInForce ?? (terms.type === 'limit' || terms.type === 'stop-limit' ? 'GTC' : 'IOC');
}
