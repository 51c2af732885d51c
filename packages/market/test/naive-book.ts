/** The rules of an order book in their plainest form: lists that are sorted each time. It shares nothing with the engine but types. */
import type { AmendRequest, OrderId, OrderRequest, Receipt, RejectionCode, SelfTradePrevention } from '../src/index.ts';

export interface Standing {
  id: OrderId;
  owner: string;
  side: 'buy' | 'sell';
  price: number;
  open: number;
  shown: number;
  display: number;
  timeInForce: string;
  stop: number | null;
  arrival: number;
  /** When it joined its queue. */
  since: number;
}

export class NaiveBook {
  resting: Standing[] = [];
  waiting: Standing[] = [];
  arrivals = 0;
  last: number | null = null;
  #time = 0;
  readonly #prevention: SelfTradePrevention;
  #trades: Receipt['trades'][number][] = [];
  #triggered: OrderId[] = [];
  #cancelled: OrderId[] = [];
  #due: Standing[] = [];

  constructor(prevention: SelfTradePrevention) {
    this.#prevention = prevention;
  }

  submit(request: OrderRequest): Receipt {
    const { id = this.arrivals + 1, owner, side, quantity, type } = request;
    if (this.#find(id)) return reject(id, 'duplicate-id');
    this.arrivals += 1;
    return this.#enter({
      id,
      owner,
      side,
      price: 'price' in request ? request.price : side === 'buy' ? Infinity : -Infinity,
      open: quantity,
      shown: quantity,
      display: type === 'limit' ? (request.displayQuantity ?? 0) : 0,
      timeInForce: ('timeInForce' in request && request.timeInForce) || (type.endsWith('limit') ? 'GTC' : 'IOC'),
      stop: 'stopPrice' in request ? request.stopPrice : null,
      arrival: this.arrivals,
      since: 0,
    });
  }

  cancel(id: OrderId, owner: string): Receipt {
    const order = this.#find(id);
    if (!order) return reject(id, 'unknown-order');
    if (order.owner !== owner) return reject(id, 'foreign-order');
    this.#drop(order);
    return { id, status: 'cancelled', filled: 0, open: 0, trades: [], triggered: [], cancelled: [] };
  }

  amend({ id, owner, price, quantity, stopPrice }: AmendRequest): Receipt {
    const order = this.#find(id);
    if (!order) return reject(id, 'unknown-order');
    if (order.owner !== owner) return reject(id, 'foreign-order');
    const unfit =
      (price !== undefined && Math.abs(order.price) === Infinity) || (stopPrice !== undefined && order.stop === null);
    if (unfit) return { ...reject(id, 'does-not-fit'), open: order.open };
    const next = { ...order, price: price ?? order.price, open: quantity ?? order.open, stop: stopPrice ?? order.stop };
    if (next.price === order.price && next.stop === order.stop && next.open <= order.open) {
      // What is hidden goes first.
      order.shown = Math.min(order.shown, next.open);
      order.open = next.open;
      const status = order.stop === null ? 'open' : 'waiting';
      return { id, status, filled: 0, open: next.open, trades: [], triggered: [], cancelled: [] };
    }
    if (next.timeInForce === 'post-only' && next.stop === null && this.#crossing(next).length > 0) {
      return { ...reject(id, 'would-trade'), open: order.open };
    }
    this.#drop(order);
    this.arrivals += 1;
    const receipt = this.#enter({ ...next, arrival: this.arrivals });
    if (receipt.status !== 'rejected') return receipt;
    return { id, status: 'cancelled', filled: 0, open: 0, trades: [], triggered: [], cancelled: [] };
  }

  /** Orders of a side, best first. */
  sorted(side: 'buy' | 'sell'): Standing[] {
    return this.resting
      .filter((order) => order.side === side)
      .sort((a, b) => (side === 'buy' ? b.price - a.price : a.price - b.price) || a.since - b.since);
  }

  sortedStops(side: 'buy' | 'sell'): Standing[] {
    return this.waiting
      .filter((order) => order.side === side)
      .sort((a, b) => (side === 'buy' ? 1 : -1) * ((a.stop ?? 0) - (b.stop ?? 0)) || a.since - b.since);
  }

  #find(id: OrderId): Standing | undefined {
    return this.resting.find((order) => order.id === id) ?? this.waiting.find((order) => order.id === id);
  }

  #drop(order: Standing): void {
    this.resting = this.resting.filter((other) => other !== order);
    this.waiting = this.waiting.filter((other) => other !== order);
  }

  #crossing({ side, price }: Standing): Standing[] {
    return this.sorted(side === 'buy' ? 'sell' : 'buy').filter((other) =>
      side === 'buy' ? other.price <= price : other.price >= price,
    );
  }

  #enter(order: Standing): Receipt {
    this.#trades = [];
    this.#triggered = [];
    this.#cancelled = [];
    this.#due = [];
    const before = order.open;
    const fate = this.#place(order);
    for (let stop = this.#due.shift(); stop; stop = this.#due.shift()) {
      this.#triggered.push(stop.id);
      const ended = this.#place({ ...stop, stop: null });
      if (ended !== 'open' && ended !== 'filled') this.#cancelled.push(stop.id);
    }
    const { id } = order;
    const events = { trades: this.#trades, triggered: this.#triggered, cancelled: this.#cancelled };
    if (fate === 'would-trade' || fate === 'not-fillable') return reject(id, fate);
    if (fate !== 'open')
      return {
        id,
        status: fate,
        filled: fate === 'waiting' ? 0 : before - order.open,
        open: fate === 'waiting' ? before : 0,
        ...events,
      };
    const now = this.#find(id);
    const filled = this.#trades.reduce(
      (sum, { maker, taker, quantity }) => sum + (maker === id || taker === id ? quantity : 0),
      0,
    );
    const status = now ? 'open' : this.#cancelled.includes(id) ? 'cancelled' : 'filled';
    return { id, status, filled, open: now?.open ?? 0, ...events };
  }

  #place(order: Standing): Exclude<Receipt['status'], 'rejected'> | 'would-trade' | 'not-fillable' {
    if (order.stop !== null) {
      const reached = this.last !== null && (order.side === 'buy' ? this.last >= order.stop : this.last <= order.stop);
      if (!reached) {
        this.waiting.push(order);
        order.since = ++this.#time;
        return 'waiting';
      }
      order.stop = null;
    }
    if (order.timeInForce === 'post-only' && this.#crossing(order).length > 0) return 'would-trade';
    if (order.timeInForce === 'FOK' && !this.#rehearse(order)) return 'not-fillable';
    const isMet = this.#match(order, true);
    if (order.open === 0) return 'filled';
    if (isMet || order.timeInForce === 'IOC' || Math.abs(order.price) === Infinity) return 'cancelled';
    order.shown = order.display > 0 ? Math.min(order.display, order.open) : order.open;
    order.since = ++this.#time;
    this.resting.push(order);
    return 'open';
  }

  /** Plays a fill-or-kill order on a copy of the book. */
  #rehearse(order: Standing): boolean {
    const resting = this.resting;
    this.resting = resting.map((other) => ({ ...other }));
    const copy = { ...order };
    this.#match(copy, false);
    this.resting = resting;
    return copy.open === 0;
  }

  #match(order: Standing, forReal: boolean): boolean {
    for (let [best] = this.#crossing(order); best && order.open > 0; [best] = this.#crossing(order)) {
      const other = best;
      if (this.#prevention !== 'none' && other.owner === order.owner) {
        if (this.#prevention !== 'cancel-newest') {
          if (forReal) this.#cancelled.push(other.id);
          this.#drop(other);
        }
        if (this.#prevention !== 'cancel-oldest') return true;
        continue;
      }
      const quantity = Math.min(order.open, other.shown);
      order.open -= quantity;
      other.open -= quantity;
      other.shown -= quantity;
      if (other.open === 0) this.#drop(other);
      else if (other.shown === 0) {
        other.shown = Math.min(other.display, other.open);
        other.since = ++this.#time;
      }
      if (!forReal) continue;
      const [buyer, seller] = order.side === 'buy' ? [order.owner, other.owner] : [other.owner, order.owner];
      this.#trades.push({ buyer, seller, price: other.price, quantity, maker: other.id, taker: order.id });
      this.last = other.price;
      const due = this.waiting.filter((stop) =>
        stop.side === 'buy' ? other.price >= (stop.stop ?? 0) : other.price <= (stop.stop ?? 0),
      );
      this.waiting = this.waiting.filter((stop) => !due.includes(stop));
      this.#due.push(...due.sort((a, b) => a.arrival - b.arrival));
    }
    return false;
  }
}

function reject(id: OrderId, rejection: RejectionCode): Receipt {
  return { id, status: 'rejected', filled: 0, open: 0, trades: [], triggered: [], cancelled: [], rejection };
}
