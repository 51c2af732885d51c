import type { BookSide } from './book-side.ts';
import { type IncomingOrder, takes } from './incoming-order.ts';
import { none, type OrderPool } from './order-pool.ts';
import type { SelfTradePrevention } from './self-trade.ts';

/** Whether an order could be filled in full at once, given that it does not trade with its owner's other orders. */
export function isFillable(
  order: IncomingOrder,
  opposite: BookSide,
  orders: OrderPool,
  prevention: SelfTradePrevention,
): boolean {
  let missing = order.quantity;
  opposite.visit((level) => {
    if (!takes(order, opposite.priceOf(level))) return false;
    if (prevention === 'none') {
      missing -= opposite.shownOf(level) + opposite.hiddenOf(level);
      return missing > 0;
    }
    let ahead = 0;
    let inAll = 0;
    for (let resting = opposite.headOf(level); resting !== none; resting = orders.nextOf(resting)) {
      if (orders.owners[resting] !== order.owner) {
        ahead += orders.shownOf(resting);
        inAll += orders.openOf(resting);
        // What is shown trades before anything comes out of hiding.
        if (ahead >= missing) break;
      } else if (prevention !== 'cancel-oldest') {
        missing -= ahead;
        return false;
      }
    }
    missing -= inAll;
    return missing > 0;
  });
  return missing <= 0;
}
