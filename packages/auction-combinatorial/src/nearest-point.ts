/*
 * The point of a polyhedron that is nearest to a given one, by the dual active-set method of Goldfarb and Idnani, "A numerically stable
 * dual method for solving strictly convex quadratic programs", Mathematical Programming 27 (1983). Bounds on single coordinates are told from
 * other half-spaces: a coordinate at its bound drops out of the systems that are solved, and most are.
 */

/** All x with Σ x over some coordinates at least so much, or at most where the sign is -1. */
export interface HalfSpace {
  readonly coordinates: readonly number[];
  readonly sign: 1 | -1;
  /** Sign times the sum is no less. */
  readonly least: number;
}

interface Active {
  readonly space: HalfSpace;
  /** Its coordinates as bits. */
  readonly bits: Int32Array;
  multiplier: number;
}

/**
 * The nearest point within all half-spaces.
 *
 * @throws RangeError where they have no point in common.
 */
export function nearestPoint(from: Float64Array, spaces: readonly HalfSpace[], tolerance: number): Float64Array {
  const search = new NearestPoint(from, tolerance);
  search.within(spaces);
  return search.point;
}

/** The nearest point within half-spaces that come one after another: the method goes on from where it is. */
export class NearestPoint {
  readonly #search: ActiveSet;
  readonly #tolerance: number;
  readonly #open = new Set<HalfSpace>();

  constructor(from: Float64Array, tolerance: number) {
    this.#search = new ActiveSet(from);
    this.#tolerance = tolerance;
  }

  get point(): Float64Array {
    return this.#search.point.slice();
  }

  /**
   * Moves to the nearest point within these half-spaces too.
   *
   * @throws RangeError where they have no point in common with those before.
   */
  within(spaces: readonly HalfSpace[]): void {
    for (const space of spaces) this.#open.add(space);
    const search = this.#search;
    for (;;) {
      const violated = search.mostViolated(this.#open, this.#tolerance);
      if (violated === undefined) return;
      if (search.bringIn(violated)) continue;
      // What the boundaries already held imply can be violated by their rounding errors, and by no more.
      if (search.violation(violated) > 1e3 * this.#tolerance) {
        throw new RangeError('the half-spaces have no point in common');
      }
      this.#open.delete(violated);
    }
  }
}

class ActiveSet {
  readonly point: Float64Array;
  readonly #active: Active[] = [];

  constructor(from: Float64Array) {
    this.point = from.slice();
  }

  violation({ coordinates, sign, least }: HalfSpace): number {
    let sum = 0;
    for (const at of coordinates) sum += this.point[at] as number;
    return least - sign * sum;
  }

  mostViolated(spaces: Iterable<HalfSpace>, tolerance: number): HalfSpace | undefined {
    let most = tolerance;
    let found: HalfSpace | undefined;
    for (const space of spaces) {
      const violation = this.violation(space);
      if (violation <= most) continue;
      most = violation;
      found = space;
    }
    return found;
  }

  /** Moves the point onto the boundary of a half-space, letting go of those that no longer hold it back; false where none lets go. */
  bringIn(space: HalfSpace): boolean {
    const entering: Active = { space, bits: this.#bitsOf(space.coordinates), multiplier: 0 };
    for (;;) {
      const { shares, direction } = this.#split(entering);
      let slope = 0;
      for (const at of space.coordinates) slope += space.sign * (direction[at] as number);
      const full = slope > 1e-9 * space.coordinates.length ? this.violation(space) / slope : Infinity;
      let step = full;
      let dropped = -1;
      for (const [index, { multiplier }] of this.#active.entries()) {
        const falls = shares[index] as number;
        if (falls <= 1e-12 || multiplier / falls >= step) continue;
        step = multiplier / falls;
        dropped = index;
      }
      if (step === Infinity) return false;
      if (full < Infinity) {
        for (let at = 0; at < direction.length; at++) {
          this.point[at] = (this.point[at] as number) + step * (direction[at] as number);
        }
      }
      for (const [index, held] of this.#active.entries()) {
        held.multiplier = Math.max(0, held.multiplier - step * (shares[index] as number));
      }
      entering.multiplier += step;
      if (dropped < 0) {
        this.#active.push(entering);
        return true;
      }
      this.#active.splice(dropped, 1);
    }
  }

  #bitsOf(coordinates: Iterable<number>): Int32Array {
    const bits = new Int32Array((this.point.length + 31) >>> 5);
    for (const at of coordinates) bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31));
    return bits;
  }

  /** A normal as shares of the active normals and what is left of it, along all active boundaries. */
  #split({ space: { coordinates, sign }, bits }: Active): { shares: Float64Array; direction: Float64Array } {
    const active = this.#active;
    const direction = new Float64Array(this.point.length);
    for (const at of coordinates) direction[at] = sign;
    const shares = new Float64Array(active.length);
    const bounds: number[] = [];
    const general: number[] = [];
    for (const [index, { space }] of active.entries()) (space.coordinates.length === 1 ? bounds : general).push(index);
    if (general.length > 0) {
      const bounded = this.#bitsOf(bounds.map((index) => (active[index] as Active).space.coordinates[0] as number));
      const normals = general.map((index) => {
        const own = active[index] as Active;
        return { sign: own.space.sign, bits: own.bits.map((word, at) => word & ~(bounded[at] as number)) };
      });
      const entering = { sign, bits };
      const rows = normals.map((normal, index) => {
        const row = new Float64Array(normals.length + 1);
        for (let other = 0; other <= index; other++) row[other] = product(normal, normals[other] as Normal);
        row[normals.length] = product(normal, entering);
        return row;
      });
      for (const [position, share] of solved(rows).entries()) {
        const index = general[position] as number;
        shares[index] = share;
        if (share === 0) continue;
        const { coordinates: own, sign: ownSign } = (active[index] as Active).space;
        for (const at of own) direction[at] = (direction[at] as number) - share * ownSign;
      }
    }
    for (const index of bounds) {
      const { coordinates: own, sign: ownSign } = (active[index] as Active).space;
      const at = own[0] as number;
      shares[index] = (direction[at] as number) * ownSign;
      direction[at] = 0;
    }
    return { shares, direction };
  }
}

/** A normal of ones where there are bits, or of minus ones. */
interface Normal {
  readonly sign: 1 | -1;
  readonly bits: Int32Array;
}

/** How many bits of a word are set. */
function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function product(a: Normal, b: Normal): number {
  let common = 0;
  for (let word = 0; word < a.bits.length; word++) {
    const bits = (a.bits[word] as number) & (b.bits[word] as number);
    if (bits !== 0) common += popcount(bits);
  }
  return a.sign * b.sign * common;
}

/**
 * The solution of a positive definite system, given by its lower triangle with its right side in the last column: Cholesky's factors
 * without square roots.
 */
function solved(rows: Float64Array[]): Float64Array {
  const size = rows.length;
  const diagonal = new Float64Array(size);
  const scaled = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const own = rows[row] as Float64Array;
    for (let column = 0; column <= row; column++) {
      const other = rows[column] as Float64Array;
      let sum = own[column] as number;
      if (column < row) {
        for (let at = 0; at < column; at++) sum -= (scaled[at] as number) * (other[at] as number);
        scaled[column] = sum;
        own[column] = sum / (diagonal[column] as number);
      } else {
        for (let at = 0; at < row; at++) sum -= (scaled[at] as number) * (own[at] as number);
        diagonal[row] = sum;
      }
    }
  }
  const solution = Float64Array.from(rows, (row) => row[size] as number);
  for (let row = 0; row < size; row++) {
    const own = rows[row] as Float64Array;
    let sum = solution[row] as number;
    for (let at = 0; at < row; at++) sum -= (own[at] as number) * (solution[at] as number);
    solution[row] = sum;
  }
  for (let row = 0; row < size; row++) solution[row] = (solution[row] as number) / (diagonal[row] as number);
  for (let row = size - 1; row >= 0; row--) {
    const own = rows[row] as Float64Array;
    const value = solution[row] as number;
    for (let at = 0; at < row; at++) solution[at] = (solution[at] as number) - (own[at] as number) * value;
  }
  return solution;
}
