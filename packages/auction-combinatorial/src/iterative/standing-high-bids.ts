import { type AgentId, perAgent, type TieOrder } from '@mechane/core';

/** A bid for one copy of a good. */
export interface GoodBid {
  readonly good: string;
  readonly price: number;
}

/** A {@link GoodBid} and whose it is. */
export interface PlacedGoodBid extends GoodBid {
  readonly agent: AgentId;
}

interface HighBid {
  readonly agent: AgentId;
  readonly price: number;
}

/** The highest bids for each good, as many as there are copies, no two of them by one agent. */
export class StandingHighBids {
  readonly #copies: ReadonlyMap<string, number>;
  readonly #tieOrder: TieOrder;
  readonly #byGood: Map<string, readonly HighBid[]>;

  constructor(copies: ReadonlyMap<string, number>, tieOrder: TieOrder) {
    this.#copies = copies;
    this.#tieOrder = tieOrder;
    this.#byGood = new Map([...copies.keys()].map((good) => [good, []]));
  }

  /** The lowest bid that stands on a good and would be the first to be topped; `undefined` while a copy is free. */
  lowest(good: string): number | undefined {
    const high = this.#byGood.get(good) as readonly HighBid[];
    return high.length < (this.#copies.get(good) as number) ? undefined : high.at(-1)?.price;
  }

  /** What an agent's standing bids are, by good in the order of the settings. */
  of(agent: AgentId): ReadonlyMap<string, number> {
    const own = new Map<string, number>();
    for (const [good, high] of this.#byGood) {
      for (const bid of high) if (bid.agent === agent) own.set(good, bid.price);
    }
    return own;
  }

  /** Lets new bids compete with those that stand. Among equals, what stands stays, and then the tie order decides. */
  place(bids: readonly PlacedGoodBid[]): void {
    for (const [good, high] of this.#byGood) {
      const rivals = bids.filter((bid) => bid.good === good).sort((a, b) => this.#tieOrder(a.agent, b.agent));
      if (rivals.length === 0) continue;
      const all = [...high, ...rivals.map(({ agent, price }) => ({ agent, price }))];
      this.#byGood.set(good, all.sort((a, b) => b.price - a.price).slice(0, this.#copies.get(good)));
    }
  }

  /** The goods that agents would get now, and what they would pay. */
  allocation(participants: readonly AgentId[]): {
    readonly allocation: Record<AgentId, readonly string[]>;
    readonly payments: Record<AgentId, number>;
  } {
    const winners = participants.filter((agent) => this.of(agent).size > 0).sort(this.#tieOrder);
    return {
      allocation: perAgent(winners, (agent) => [...this.of(agent).keys()]),
      payments: perAgent(participants, (agent) => [...this.of(agent).values()].reduce((sum, price) => sum + price, 0)),
    };
  }
}
