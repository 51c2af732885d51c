import { type AgentId, isMechaneError, type Mechanism, type Random } from '@mechane/core';
import { efficiencyOf } from '@mechane/core/host';
import { onGrid, type Shout, type Side } from '../bidders/bidder.ts';
import { bestGains } from '../statistics/gains-from-trade.ts';
import { OrderPrices } from './order-prices.ts';
import { type PlayedRound, RoundInPlay, type RoundPlay, type Seat } from './round-play.ts';
import type { Stage } from './stage.ts';

/** A trader in a market where offers are made one after another; what it reports is a limit order. */
export interface Trader extends Seat {
  readonly side: Side;
}

/** A trade as an order book names it. */
interface Trade {
  readonly buyer: AgentId;
  readonly seller: AgentId;
  readonly price: number;
}

/** Whether agents of a mechanism send limit orders, and nothing that could be called a report. */
export function takesLimitOrders({ report, message }: Mechanism): boolean {
  return (
    report === undefined && message.safeParse({ type: 'limit', side: 'buy', price: 1, quantity: 1, id: 'a' }).success
  );
}

/** A day ends after so many offers for each trader, one after another, that nobody took. */
const patience = 20;

/**
 * Plays a continuous double auction: a round is a day on which each trader has one lot to buy or to sell. One trader after another, drawn by lot among
 * those who have not traded, makes an offer, which takes the place of its last one; all hear it, and whether it was taken. A day ends when
 * no two are left who could trade, or so many offers in a row were in vain.
 *
 * What other offers would have brought is not known: they would have made for another day.
 */
export class ContinuousPlay implements RoundPlay {
  readonly seats: readonly Trader[];
  readonly keepsOutcomes = true;
  readonly drew = true;
  readonly round: PlayedRound;
  readonly #stage: Stage;
  readonly #sides: readonly Side[];
  readonly #prices: OrderPrices;
  readonly #lot: number;
  readonly #random: Random;
  readonly #seatOf: ReadonlyMap<AgentId, number>;
  readonly #chosen: Int32Array;
  #outcome: object = {};

  constructor(stage: Stage, traders: readonly Trader[], random: Random) {
    const { tickSize = 1, lotSize = 1 } = stage.settings as { readonly tickSize?: number; readonly lotSize?: number };
    this.#stage = stage;
    this.seats = traders;
    this.#sides = traders.map(({ side }) => side);
    this.#prices = new OrderPrices(tickSize);
    this.#lot = lotSize;
    this.#random = random;
    this.#seatOf = new Map(traders.map(({ agent }, seat) => [agent, seat]));
    this.#chosen = new Int32Array(traders.length);
    this.round = new RoundInPlay(traders.length, () => this.#outcome);
  }

  playRound(): PlayedRound {
    const { seats, round } = this;
    round.failures = 0;
    for (const [seat, { bidder, values }] of seats.entries()) {
      const value = values.draw(this.#random);
      round.values[seat] = value;
      if (onGrid(bidder)) this.#chosen[seat] = bidder.choose(value);
      // Who listens knows its value from the first offer on.
      else if (bidder.hear) this.#bidOf(seat);
    }
    const trades = this.#day();
    this.#measure(trades);
    this.#learn(trades);
    return round;
  }

  utilitiesOf(_seat: number, _bids: Float64Array, into: Float64Array): void {
    into.fill(Number.NaN);
  }

  /** Holds a day, and gives its trades. */
  #day(): readonly Trade[] {
    const day = new Day(this.seats.map((_, seat) => seat));
    const outcome = this.#stage.converse(() => {
      while (day.messages.length === 0) {
        const seat = this.#next(day);
        if (seat === undefined) return new Map();
        this.#offer(seat, day);
      }
      return new Map([day.messages.shift() as Sent]);
    });
    this.#outcome = outcome;
    return (outcome as { readonly trades: readonly Trade[] }).trades;
  }

  /** Who makes the next offer; `undefined` at the end of the day. */
  #next({ active, vain }: Day): number | undefined {
    const isLeft = (side: Side): boolean => active.some((seat) => this.#sides[seat] === side);
    if (vain >= patience * this.seats.length || !isLeft('buy') || !isLeft('sell')) return undefined;
    return active[this.#random.below(active.length)];
  }

  /**
   * Lets a trader offer: it trades with the best offer that stands on the other side; or somebody who listens takes the best offer on its side; or
   * its offer stands. Then all hear of it. Whoever fails to say a price is out for the day.
   */
  #offer(seat: number, day: Day): void {
    const side = this.#sides[seat] as Side;
    const price = this.#priceOf(seat);
    if (price === undefined) {
      this.round.failures += 1;
      day.leave(seat);
      return;
    }
    const active = new Set(day.active);
    this.#send(seat, price, day);
    const trade = this.#crossed(seat, price, day) ?? this.#taken(side, day);
    if (trade === undefined) day.vain += 1;
    else day.trade(...trade.seats);
    const shout: Shout = { side, price: trade?.price ?? price, taken: trade !== undefined };
    for (const [other, { bidder }] of this.seats.entries()) {
      if (onGrid(bidder) || !bidder.hear) continue;
      const offer = this.#priceOf(other);
      if (offer !== undefined) bidder.hear(shout, { active: active.has(other), offer });
    }
  }

  /** The trade with the best offer that stands, where an offer meets it. */
  #crossed(seat: number, price: number, day: Day): Deal | undefined {
    const side = this.#sides[seat] as Side;
    const best = this.#bestOf(side === 'buy' ? 'sell' : 'buy', day);
    return best && meets(side, price, best.price) ? { price: best.price, seats: [seat, best.seat] } : undefined;
  }

  /** The trade of the best offer of a side with somebody who listens and would take it, by lot; what others would do is only known when it is their turn. */
  #taken(side: Side, day: Day): Deal | undefined {
    const best = this.#bestOf(side, day) as Standing;
    const takers = day.active.filter((seat) => {
      const { bidder } = this.seats[seat] as Trader;
      if (this.#sides[seat] === side || onGrid(bidder) || !bidder.hear) return false;
      const own = this.#priceOf(seat);
      return own !== undefined && meets(side, best.price, own);
    });
    const taker = takers[takers.length > 1 ? this.#random.below(takers.length) : 0];
    if (taker === undefined) return undefined;
    this.#send(taker, this.#priceOf(taker) as number, day);
    return { price: best.price, seats: [best.seat, taker] };
  }

  /** The best offer that stands on a side, the first of equals. */
  #bestOf(side: Side, day: Day): Standing | undefined {
    let best: Standing | undefined;
    for (const [seat, { price }] of day.standing) {
      if (this.#sides[seat] !== side) continue;
      if (best === undefined || (side === 'buy' ? price > best.price : price < best.price)) best = { seat, price };
    }
    return best;
  }

  /** Sends an order in place of the one that stands. */
  #send(seat: number, price: number, day: Day): void {
    const { agent, reportOf } = this.seats[seat] as Trader;
    const before = day.withdraw(seat);
    if (before !== undefined) day.messages.push([agent, { type: 'cancel', id: before }]);
    day.messages.push([agent, { ...reportOf(price), id: day.rest(seat, price) }]);
  }

  /** The price that a trader offers, as the market takes it; `undefined` where it fails to say one. */
  #priceOf(seat: number): number | undefined {
    const bid = this.#bidOf(seat);
    this.round.bids[seat] = bid;
    return Number.isNaN(bid) ? undefined : this.#prices.nearest(bid, (this.seats[seat] as Trader).side);
  }

  /** What a trader would offer; no number where that is no price, or it fails to say. */
  #bidOf(seat: number): number {
    const { bidder } = this.seats[seat] as Trader;
    if (onGrid(bidder)) return bidder.grid[this.#chosen[seat] as number] as number;
    try {
      const bid = bidder.bid(this.round.values[seat] as number);
      return bid >= 0 && bid < Number.POSITIVE_INFINITY ? bid : Number.NaN;
    } catch (thrown) {
      if (isMechaneError(thrown)) throw thrown;
      return Number.NaN;
    }
  }

  #measure(trades: readonly Trade[]): void {
    const { round } = this;
    round.paid.fill(0);
    round.prices.fill(Number.NaN);
    round.utilities.fill(0);
    round.price = 0;
    round.welfare = 0;
    for (const { buyer, seller, price } of trades) {
      const [buys, sells] = [this.#seatOf.get(buyer) as number, this.#seatOf.get(seller) as number];
      const [value, cost] = [round.values[buys] as number, round.values[sells] as number];
      round.paid[buys] = price * this.#lot;
      round.paid[sells] = -price * this.#lot;
      round.prices[buys] = price;
      round.prices[sells] = price;
      round.utilities[buys] = (value - price) * this.#lot;
      round.utilities[sells] = (price - cost) * this.#lot;
      round.welfare += (value - cost) * this.#lot;
      round.price = price;
    }
    round.bestWelfare = bestGains(round.values, this.#sides) * this.#lot;
    // Gains that are the best but for the order in which they were added are the best.
    const isBest = Math.abs(round.welfare - round.bestWelfare) <= 1e-12 * round.bestWelfare;
    round.efficiency = efficiencyOf(isBest ? round.bestWelfare : round.welfare, round.bestWelfare);
  }

  /** Lets those learn from the day who did not hear of it offer by offer. */
  #learn(trades: readonly Trade[]): void {
    const { round } = this;
    const traded = new Set(trades.flatMap(({ buyer, seller }) => [buyer, seller]));
    for (const [seat, { agent, bidder }] of this.seats.entries()) {
      const [value, bid, utility] = [round.values[seat], round.bids[seat], round.utilities[seat]] as [
        number,
        number,
        number,
      ];
      if (Number.isNaN(bid)) continue;
      if (onGrid(bidder)) {
        const utilities = new Float64Array(bidder.grid.length).fill(Number.NaN);
        utilities[this.#chosen[seat] as number] = utility;
        bidder.learn(value, this.#chosen[seat] as number, utilities);
      } else if (!bidder.hear) {
        const { price } = round;
        const paid = round.paid[seat] as number;
        const unknown = (): number => Number.NaN;
        bidder.learn?.({ value, bid, utility, traded: traded.has(agent), price, paid, utilityOf: unknown });
      }
    }
  }
}

/** Whose offer stands, and at which price. */
interface Standing {
  readonly seat: number;
  readonly price: number;
}

/** Two who trade, and at which price. */
interface Deal {
  readonly price: number;
  readonly seats: readonly [number, number];
}

/** Whether an offer of a side meets one of the other. */
function meets(side: Side, price: number, other: number): boolean {
  return side === 'buy' ? price >= other : price <= other;
}

/** A message, and who sends it. */
type Sent = readonly [agent: AgentId, message: object];

/** An offer that stands, and what it is called. */
interface Offer {
  readonly price: number;
  readonly id: string;
}

/** Who has still to trade on a day, whose offers stand, the first first, and what is to be sent. */
class Day {
  readonly active: number[];
  readonly messages: Sent[] = [];
  /** How many offers in a row nobody took. */
  vain = 0;
  readonly standing = new Map<number, Offer>();
  #offers = 0;

  constructor(active: readonly number[]) {
    this.active = [...active];
  }

  /** Lets an offer stand, under a name that no other of the day has. */
  rest(seat: number, price: number): string {
    this.#offers += 1;
    const id = `offer ${this.#offers}`;
    this.standing.set(seat, { price, id });
    return id;
  }

  /** What the offer was called that a trader had standing, and that counts no longer. */
  withdraw(seat: number): string | undefined {
    const id = this.standing.get(seat)?.id;
    this.standing.delete(seat);
    return id;
  }

  trade(...seats: readonly number[]): void {
    for (const seat of seats) this.leave(seat);
    this.vain = 0;
  }

  leave(seat: number): void {
    const place = this.active.indexOf(seat);
    if (place !== -1) this.active.splice(place, 1);
    this.standing.delete(seat);
  }
}
