import type { KeptOutcomes } from './kept-outcomes.ts';
import type { Settled } from './settled.ts';
import type { Brought } from './valuation.ts';

/** Numbers that are kept of each bid: what it gets at a value of 0, what each unit of value adds, what is paid, and whether anything is got. */
const each = 4;

/** The most rows that are kept for agents who are alike. */
const mostRows = 2 ** 15;

/** What an agent's own bid brings it, told by its rivals' bids: the ranks of those that matter, the highest being 0. */
export type RivalRanks = readonly number[];

/**
 * What each bid of an agent gets it, as a line over its values, and what it pays, by the bids of those few rivals on which that depends: in most
 * auctions of one thing or several alike it is a single one, the highest or whoever is the first to get nothing. Among rivals who bid the
 * same, those come first who win ties. Agents who are alike in all but their names share what is kept.
 *
 * Where there are too many agents for the outcomes of all profiles to be kept, this is what makes hindsight cheap.
 */
export class RivalRows implements KeptOutcomes {
  readonly hasLines = true;
  readonly #ranks: RivalRanks;
  readonly #bids: number;
  /** By seat, where it stands among all when bids are equal. */
  readonly #order: Int32Array;
  /** By seat, its rows, which seats that are alike share. */
  readonly #rows: readonly Map<number, Float64Array>[];
  /** The seats with the highest bids, as many as can matter. */
  readonly #top: Int32Array;
  /** By seat, its row for what the others bid. */
  readonly #current: Float64Array[];

  /** `kinds` says by seat which are alike. */
  constructor(ranks: RivalRanks, bids: number, order: Int32Array, kinds: Int32Array) {
    this.#ranks = ranks;
    this.#bids = bids;
    this.#order = order;
    const rows = Array.from(kinds, () => new Map<number, Float64Array>());
    this.#rows = Array.from(kinds, (kind) => rows[kind] as Map<number, Float64Array>);
    this.#top = new Int32Array(Math.min(order.length, Math.max(...ranks) + 2));
    this.#current = [];
  }

  turnTo(chosen: Int32Array): void {
    this.#rank(chosen);
    const order = this.#order;
    for (let seat = 0; seat < order.length; seat++) {
      let key = 0;
      for (let at = 0; at < this.#ranks.length; at++) {
        const rival = this.#rivalAt(seat, this.#ranks[at] as number);
        const first = (order[rival] as number) < (order[seat] as number) ? 1 : 0;
        key = (key * this.#bids + (chosen[rival] as number)) * 2 + first;
      }
      const rows = this.#rows[seat] as Map<number, Float64Array>;
      let row = rows.get(key);
      if (row === undefined) {
        if (rows.size >= mostRows) rows.clear();
        row = new Float64Array(each * this.#bids).fill(Number.NaN);
        rows.set(key, row);
      }
      this.#current[seat] = row;
    }
  }

  read(seat: number, value: number, into: Float64Array): boolean {
    const row = this.#current[seat] as Float64Array;
    const { length } = into;
    let sum = 0;
    for (let bid = 0, at = 0; bid < length; bid++, at += each) {
      const worth = (row[at] as number) + (row[at + 1] as number) * value - (row[at + 2] as number);
      into[bid] = worth;
      sum += worth;
    }
    return !Number.isNaN(sum);
  }

  /** Whether it is known of everybody what its bid brings. */
  knowsAll(chosen: Int32Array): boolean {
    for (let seat = 0; seat < chosen.length; seat++) {
      if (Number.isNaN((this.#current[seat] as Float64Array)[each * (chosen[seat] as number)] as number)) return false;
    }
    return true;
  }

  /** What a bid gets a seat at a value, before what it pays for it. */
  valueOf(seat: number, bid: number, value: number): number {
    const row = this.#current[seat] as Float64Array;
    return (row[each * bid] as number) + (row[each * bid + 1] as number) * value;
  }

  paidFor(seat: number, bid: number): number {
    return (this.#current[seat] as Float64Array)[each * bid + 2] as number;
  }

  /** Whether a bid gets anything. */
  trades(seat: number, bid: number): boolean {
    return (this.#current[seat] as Float64Array)[each * bid + 3] === 1;
  }

  keepLine(seat: number, bid: number, { intercept, slope, paid, traded }: Brought): void {
    (this.#current[seat] as Float64Array).set([intercept, slope, paid, traded ? 1 : 0], each * bid);
  }

  /** Outcomes themselves depend on more than what an agent makes of them: none is kept. */
  outcomeOf(): Settled | undefined {
    return undefined;
  }

  keepOutcome(): void {}

  dropLines(): boolean {
    return false;
  }

  /** The rival of a seat at a rank among its rivals. */
  #rivalAt(seat: number, rank: number): number {
    const top = this.#top;
    for (let place = 0; place <= rank; place++) if (top[place] === seat) return top[rank + 1] as number;
    return top[rank] as number;
  }

  /** Finds those who bid most, by insertion. */
  #rank(chosen: Int32Array): void {
    const top = this.#top;
    const order = this.#order;
    let known = 0;
    for (let seat = 0; seat < chosen.length; seat++) {
      const bid = chosen[seat] as number;
      let place = known;
      while (place > 0) {
        const other = top[place - 1] as number;
        const theirs = chosen[other] as number;
        if (theirs > bid || (theirs === bid && (order[other] as number) < (order[seat] as number))) break;
        if (place < top.length) top[place] = other;
        place -= 1;
      }
      if (place < top.length) top[place] = seat;
      if (known < top.length) known += 1;
    }
  }
}
