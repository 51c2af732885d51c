import type { PlanSupport } from './plan-support.ts';

/** Ranges of the probabilities of one player's sequences, by place, and the best that plans within them do by linear payoffs. */
export class PlanBox {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly #support: PlanSupport;
  /** Whether all sequences begin at one set, so that probabilities sum to 1. */
  readonly #isSimple: boolean;

  constructor(support: PlanSupport) {
    this.#support = support;
    this.#isSimple = support.sets.length === 1;
    this.low = new Float64Array(support.sequences.length);
    this.high = new Float64Array(support.sequences.length).fill(1);
  }

  /** Sets the ranges of the last moves to what the others leave; `false` where that is nothing. The ranges of the free ones have been set. */
  complete(): boolean {
    const { low, high } = this;
    for (const { parent, places } of this.#support.sets) {
      let least = parent === -1 ? 1 : (low[parent] as number);
      let most = parent === -1 ? 1 : (high[parent] as number);
      const above = most;
      const last = places.length - 1;
      for (let at = 0; at < last; at++) {
        const place = places[at] as number;
        if ((high[place] as number) > above) high[place] = above;
        least -= high[place] as number;
        most -= low[place] as number;
      }
      if (most < -tolerance) return false;
      low[places[last] as number] = Math.max(0, least);
      high[places[last] as number] = Math.max(0, most);
    }
    return true;
  }

  /**
   * The most that some coefficients from `from` on, times `sign`, come to under a plan within the ranges; less than everything where
   * there is no such plan.
   */
  most(coefficients: Float64Array, from: number, sign: number): number {
    return this.#isSimple ? this.#mostAtOneSet(coefficients, from, sign) : this.#mostInTree(coefficients, from, sign);
  }

  /** Gives what is left of 1 to the best first. */
  #mostAtOneSet(coefficients: Float64Array, from: number, sign: number): number {
    const { low, high } = this;
    const count = low.length;
    let [left, sum] = [1, 0];
    for (let place = 0; place < count; place++) {
      left -= low[place] as number;
      sum += sign * (coefficients[from + place] as number) * (low[place] as number);
    }
    let [last, worst] = [-1, Infinity];
    while (left > 0) {
      let [best, most] = [-1, -Infinity];
      for (let place = 0; place < count; place++) {
        const value = sign * (coefficients[from + place] as number);
        // After those that have theirs, in the order of values and then of places.
        if (value > most && (value < worst || (value === worst && place > last))) [best, most] = [place, value];
      }
      if (best === -1) break;
      [last, worst] = [best, most];
      const share = Math.min(left, (high[best] as number) - (low[best] as number));
      sum += most * share;
      left -= share;
    }
    return sum;
  }

  /** From the last set to the first: what a set adds is a concave function of what comes to it. */
  #mostInTree(coefficients: Float64Array, from: number, sign: number): number {
    const { low, high } = this;
    const { sets, sequences } = this.#support;
    const after: (Concave | undefined)[] = new Array(sequences.length + 1).fill(undefined);
    for (let set = sets.length - 1; set >= 0; set--) {
      const { parent, places } = sets[set] as PlanSupport['sets'][number];
      const moves = places.map((place) => {
        const rest = after[place] ?? flat;
        const own = sign * (coefficients[from + place] as number);
        return within(tilted(rest, own), low[place] as number, high[place] as number);
      });
      const here = moves.reduce(together);
      const before = parent === -1 ? sequences.length : parent;
      const known = after[before];
      after[before] = known === undefined ? here : summed(known, here);
    }
    return valueAt(after[sequences.length] as Concave, 1);
  }
}

const tolerance = 1e-12;

/** A concave function, straight piece by piece: from `begin` on, where it is `value`, it rises by falling slopes. */
interface Concave {
  readonly begin: number;
  readonly value: number;
  readonly pieces: readonly { readonly length: number; readonly slope: number }[];
}

const flat: Concave = { begin: 0, value: 0, pieces: [{ length: 1, slope: 0 }] };

function tilted({ begin, value, pieces }: Concave, slope: number): Concave {
  const steeper = pieces.map((piece) => ({ length: piece.length, slope: piece.slope + slope }));
  return { begin, value: value + slope * begin, pieces: steeper };
}

function within({ begin, value, pieces }: Concave, low: number, high: number): Concave {
  const kept: { length: number; slope: number }[] = [];
  let [at, height] = [begin, value];
  let start: { begin: number; value: number } | undefined = begin >= low ? { begin, value } : undefined;
  for (const { length, slope } of pieces) {
    const [from, to] = [Math.max(at, low), Math.min(at + length, high)];
    if (to >= from && to >= low) {
      start ??= { begin: from, value: height + slope * (from - at) };
      if (to > from) kept.push({ length: to - from, slope });
    }
    height += slope * length;
    at += length;
  }
  return start === undefined || start.begin > high + tolerance
    ? { begin: Infinity, value: -Infinity, pieces: [] }
    : { ...start, pieces: kept };
}

/** The most that two give who share what there is. */
function together(one: Concave, other: Concave): Concave {
  return {
    begin: one.begin + other.begin,
    value: one.value + other.value,
    pieces: [...one.pieces, ...other.pieces].sort((a, b) => b.slope - a.slope),
  };
}

/** The sum of two functions where both are defined. */
function summed(one: Concave, other: Concave): Concave {
  const begin = Math.max(one.begin, other.begin);
  const end = Math.min(endOf(one), endOf(other));
  if (!(begin <= end + tolerance)) return { begin: Infinity, value: -Infinity, pieces: [] };
  const [left, right] = [within(one, begin, end), within(other, begin, end)];
  const pieces: { length: number; slope: number }[] = [];
  let [i, j, used, spent] = [0, 0, 0, 0];
  while (i < left.pieces.length && j < right.pieces.length) {
    const [a, b] = [left.pieces[i] as Concave['pieces'][number], right.pieces[j] as Concave['pieces'][number]];
    const length = Math.min(a.length - used, b.length - spent);
    if (length > 0) pieces.push({ length, slope: a.slope + b.slope });
    used += length;
    spent += length;
    if (used >= a.length) [i, used] = [i + 1, 0];
    if (spent >= b.length) [j, spent] = [j + 1, 0];
  }
  return { begin, value: left.value + right.value, pieces };
}

function endOf({ begin, pieces }: Concave): number {
  return pieces.reduce((end, { length }) => end + length, begin);
}

/** What a function comes to somewhere; outside of where it is defined, less than everything, but for rounding. */
function valueAt({ begin, value, pieces }: Concave, where: number): number {
  if (begin > where + tolerance) return -Infinity;
  let [height, left] = [value, where - begin];
  for (const { length, slope } of pieces) {
    const share = Math.min(left, length);
    if (share <= 0) break;
    height += slope * share;
    left -= share;
  }
  return left > tolerance ? -Infinity : height;
}
