/** A price, and what it would have earned. */
interface Candidate {
  readonly price: number;
  readonly revenue: number;
}

/** Some of the different amounts that were bid, rising, how often each was, and how many bids that makes. */
interface Block {
  readonly amounts: number[];
  readonly counts: number[];
  bids: number;
}

/** The most different amounts in a block. */
const most = 512;

/**
 * Bids so far, as how often each amount was bid, for finding the price that would have earned most from them. Amounts stand in blocks: no price
 * in a block earns more than its highest amount would from all bids down to its lowest, so that few blocks have to be looked into.
 */
export class BidTally {
  readonly #blocks: Block[] = [];
  #total = 0;

  add(bid: number): void {
    this.#total += 1;
    const at = this.#blockOf(bid);
    const block = this.#blocks[at];
    if (block === undefined) {
      this.#blocks.push({ amounts: [bid], counts: [1], bids: 1 });
      return;
    }
    const { amounts, counts } = block;
    const place = placeOf(amounts, bid);
    block.bids += 1;
    if (amounts[place] === bid) {
      counts[place] = (counts[place] as number) + 1;
      return;
    }
    amounts.splice(place, 0, bid);
    counts.splice(place, 0, 1);
    if (amounts.length > most) this.#split(at, block);
  }

  /** The lowest of the prices that earn most; `otherwise` where there are no bids. */
  bestPrice(otherwise: number): number {
    let above = this.#total;
    const bounds = this.#blocks.map(({ amounts, bids }) => {
      const bound = (amounts.at(-1) as number) * above;
      above -= bids;
      return bound;
    });
    const promising = bounds.reduce((best, bound, at) => (bound > (bounds[best] as number) ? at : best), 0);
    const known = this.#bestIn(promising, { price: otherwise, revenue: 0 }).revenue;
    let best: Candidate = { price: otherwise, revenue: 0 };
    for (let at = bounds.length - 1; at >= 0; at--) {
      if ((bounds[at] as number) >= known) best = this.#bestIn(at, best);
    }
    return best.price;
  }

  /** The lowest of the prices that earn most from these bids but for some of them, given by amount; `otherwise` where none are left. */
  bestPriceWithout(own: ReadonlyMap<number, number>, otherwise: number): number {
    let best: Candidate = { price: otherwise, revenue: 0 };
    let bids = 0;
    for (const [price, times] of this.#falling()) {
      const left = times - (own.get(price) ?? 0);
      if (left === 0) continue;
      bids += left;
      if (price * bids >= best.revenue) best = { price, revenue: price * bids };
    }
    return best.price;
  }

  /**
   * What is the best price without somebody who has bid the same amount so often and nothing else, for as many as will ask before the next bid:
   * above its amount nothing changes without it, and up to its amount every price sells so many copies less.
   */
  bestPricesWithoutRepeated(otherwise: number): (amount: number, times: number) => number {
    const amounts = this.#blocks.flatMap((block) => block.amounts);
    const counts = this.#blocks.flatMap((block) => block.counts);
    const above = bestFrom(amounts, counts);
    const below = new Map<number, readonly Candidate[]>();
    return (amount, times) => {
      if (times === this.#total) return otherwise;
      if (times === 0) return (above[0] as Candidate).price;
      const place = placeOf(amounts, amount);
      const known = below.get(times) ?? bestUpTo(amounts, counts, this.#total - times);
      below.set(times, known);
      const [low, high] = [known[place] as Candidate, above[place + 1]];
      return high !== undefined && high.revenue > low.revenue ? high.price : low.price;
    };
  }

  /** The better of what was best so far and the amounts of a block; the lower of equals. */
  #bestIn(at: number, before: Candidate): Candidate {
    const block = this.#blocks[at];
    if (block === undefined) return before;
    const { amounts, counts } = block;
    let bids = this.#blocks.slice(at + 1).reduce((sum, higher) => sum + higher.bids, 0);
    let best = before;
    for (let place = amounts.length - 1; place >= 0; place--) {
      const price = amounts[place] as number;
      bids += counts[place] as number;
      if (price * bids >= best.revenue) best = { price, revenue: price * bids };
    }
    return best;
  }

  /** The first block that goes up to an amount, or the last one. */
  #blockOf(bid: number): number {
    let [low, high] = [0, this.#blocks.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.#blocks[middle] as Block).amounts.at(-1) as number) < bid) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #split(at: number, block: Block): void {
    const half = block.amounts.length >>> 1;
    const [amounts, counts] = [block.amounts.splice(half), block.counts.splice(half)];
    const bids = counts.reduce((sum, times) => sum + times, 0);
    block.bids -= bids;
    this.#blocks.splice(at + 1, 0, { amounts, counts, bids });
  }

  *#falling(): Generator<readonly [amount: number, times: number]> {
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const { amounts, counts } = this.#blocks[at] as Block;
      for (let place = amounts.length - 1; place >= 0; place--) {
        yield [amounts[place] as number, counts[place] as number];
      }
    }
  }
}

/** By place, the best of the amounts from there on. */
function bestFrom(amounts: readonly number[], counts: readonly number[]): readonly Candidate[] {
  const best = new Array<Candidate>(amounts.length);
  let bids = 0;
  let last: Candidate = { price: 0, revenue: 0 };
  for (let place = amounts.length - 1; place >= 0; place--) {
    const price = amounts[place] as number;
    bids += counts[place] as number;
    if (price * bids >= last.revenue) last = { price, revenue: price * bids };
    best[place] = last;
  }
  return best;
}

/** By place, the best of the amounts up to it, where so many bids count in all, from the lowest on. */
function bestUpTo(amounts: readonly number[], counts: readonly number[], total: number): readonly Candidate[] {
  const best = new Array<Candidate>(amounts.length);
  let bids = total;
  let last: Candidate = { price: 0, revenue: -1 };
  for (let place = 0; place < amounts.length; place++) {
    const price = amounts[place] as number;
    if (price * bids > last.revenue) last = { price, revenue: price * bids };
    best[place] = last;
    bids -= counts[place] as number;
  }
  return best;
}

/** Where an amount stands among others that rise, or would stand. */
function placeOf(amounts: readonly number[], amount: number): number {
  let [low, high] = [0, amounts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((amounts[middle] as number) < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}
