import type { DrawnBid } from './package-scenario.ts';

interface KeptBid extends DrawnBid {
  readonly bits: Uint32Array;
  readonly order: number;
}

/**
 * Bids of which none is dominated. A bid is dominated if another can always take its place: it asks for some of the same goods, pays as much or
 * more, and comes from the same bidder or from one who has no other bid. The test suite leaves such bids out, since no
 * winner determination looks at them twice.
 */
export class UndominatedBids {
  readonly #words: number;
  readonly #bidders: KeptBid[][] = [];
  /** By good: bidders whose only bid has it as its first good. */
  readonly #single: number[][];
  /** By good: bidders who ask for it. */
  readonly #asking: number[][];
  #drawn = 0;
  size = 0;

  constructor(goods: number) {
    this.#words = (goods + 31) >>> 5;
    this.#single = Array.from({ length: goods }, () => []);
    this.#asking = Array.from({ length: goods }, () => []);
  }

  /** Takes in a bidder's bids, except those that are dominated, and lets go of those that they dominate. */
  add(bids: readonly DrawnBid[]): void {
    const drawn = bids.map((bid) => this.#keep(bid));
    const own = drawn.filter((bid) => !drawn.some((other) => other !== bid && dominates(other, bid)));
    const left = own.filter((bid) => !this.#dominated(bid));
    const bidder = this.#bidders.push(left) - 1;
    this.size += left.length;
    for (const good of new Set(left.flatMap(({ goods }) => goods))) this.#asking[good]?.push(bidder);
    if (left.length === 1) this.#prevail(bidder);
  }

  /** The bids that are left, by bidder. */
  bidders(): readonly (readonly DrawnBid[])[] {
    return this.#bidders
      .filter((bids) => bids.length > 0)
      .map((bids) => bids.map(({ goods, value }) => ({ goods, value })));
  }

  #keep({ goods, value }: DrawnBid): KeptBid {
    const bits = new Uint32Array(this.#words);
    for (const good of goods) bits[good >>> 5] = (bits[good >>> 5] as number) | (1 << (good & 31));
    return { goods, value, bits, order: this.#drawn++ };
  }

  #dominated(bid: KeptBid): boolean {
    return bid.goods.some((good) =>
      this.#single[good]?.some((bidder) => {
        const [only] = this.#bidders[bidder] as readonly KeptBid[];
        return only !== undefined && dominates(only, bid);
      }),
    );
  }

  /** Lets go of what a bidder's only bid dominates; a bidder to whom that leaves one bid may dominate others in turn. */
  #prevail(bidder: number): void {
    const bid = this.#bidders[bidder]?.[0] as KeptBid;
    const first = bid.goods[0] as number;
    this.#single[first]?.push(bidder);
    for (const other of this.#asking[first] as readonly number[]) {
      const theirs = this.#bidders[other] as KeptBid[];
      const left = other === bidder ? theirs : theirs.filter((candidate) => !dominates(bid, candidate));
      if (left.length === theirs.length) continue;
      this.size -= theirs.length - left.length;
      this.#bidders[other] = left;
      if (left.length === 1) this.#prevail(other);
    }
  }
}

/** Of two bids that are the same, the earlier one stays. */
function dominates(one: KeptBid, other: KeptBid): boolean {
  if (one.value < other.value || one.goods.length > other.goods.length) return false;
  for (let word = 0; word < one.bits.length; word++) {
    if (((one.bits[word] as number) & ~(other.bits[word] as number)) !== 0) return false;
  }
  return one.value > other.value || one.goods.length < other.goods.length || one.order < other.order;
}
