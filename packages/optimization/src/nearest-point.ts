/*
 * The point of a polyhedron that is nearest to a given one, by the dual active-set method (see dual-active-set.ts). Normals are ones, or minus
 * ones, for some coordinates and nothing for others, so bits say how they meet. Bounds on single coordinates are told from other half-spaces:
 * a coordinate at its bound drops out of the systems that are solved, and most are.
 */
import { type Approach, type Boundaries, DualActiveSet } from './dual-active-set.ts';
import { invalidHalfSpace, noCommonPoint } from './errors.ts';

/**
 * All x with Σ x over some coordinates at least so much, or at most where the sign is -1.
 *
 * @category Nearest points
 */
export interface HalfSpace {
  /** Positions in the point, each once. */
  readonly coordinates: readonly number[];
  readonly sign: 1 | -1;
  /** Sign times the sum is no less. */
  readonly least: number;
}

/**
 * The point within all half-spaces that is nearest to a given one, by the method of Goldfarb and Idnani (1983).
 *
 * @param tolerance by how much half-spaces may be missed
 * @throws MechaneError `no-common-point` where they have no point in common, `invalid-half-space` where one is none.
 * @category Nearest points
 *
 * @example
 * ```ts
 * import { nearestPoint } from '@mechane/optimization';
 *
 * // At least 4 together, and the second at most 1: 4 - 1 is left to the first.
 * const spaces = [
 *   { coordinates: [0, 1], sign: 1, least: 4 },
 *   { coordinates: [1], sign: -1, least: -1 },
 * ] as const;
 * [...nearestPoint(Float64Array.of(1, 1), spaces, 1e-9)]; // => [3, 1]
 * ```
 */
export function nearestPoint(from: Float64Array, spaces: readonly HalfSpace[], tolerance: number): Float64Array {
  const search = new NearestPoint(from, tolerance);
  search.within(spaces);
  return search.point;
}

/**
 * The nearest point within half-spaces that come one after another: the method goes on from where it is.
 *
 * @category Nearest points
 * @example
 * ```ts
 * import { NearestPoint } from '@mechane/optimization';
 *
 * const search = new NearestPoint(Float64Array.of(0, 0), 1e-9);
 * search.within([{ coordinates: [0, 1], sign: 1, least: 4 }]);
 * [...search.point]; // => [2, 2]
 * search.within([{ coordinates: [0], sign: 1, least: 3 }]);
 * [...search.point]; // => [3, 1]
 * ```
 */
export class NearestPoint {
  readonly #point: Float64Array;
  readonly #boundaries: Planes;
  readonly #active: DualActiveSet<Plane>;
  readonly #tolerance: number;
  readonly #open = new Set<HalfSpace>();

  constructor(from: Float64Array, tolerance: number) {
    this.#point = from.slice();
    this.#boundaries = new Planes(this.#point);
    this.#active = new DualActiveSet(this.#boundaries, negligible);
    this.#tolerance = tolerance;
  }

  /** A copy of where the search is. */
  get point(): Float64Array {
    return this.#point.slice();
  }

  /**
   * Moves to the nearest point within these half-spaces too.
   *
   * @throws MechaneError `no-common-point` where they have no point in common with those before, `invalid-half-space` where one is none.
   */
  within(spaces: readonly HalfSpace[]): void {
    refuseSpaces(spaces, this.#point.length);
    for (const space of spaces) this.#open.add(space);
    for (;;) {
      const violated = this.#mostViolated();
      if (violated === undefined) return;
      if (this.#active.bringIn({ space: violated, bits: bitsOf(violated.coordinates, this.#point.length) })) continue;
      // What the boundaries already held imply can be violated by their rounding errors, and by no more.
      const missed = missedBy(this.#point, violated);
      if (missed > 1e3 * this.#tolerance) throw noCommonPoint(missed);
      this.#open.delete(violated);
    }
  }

  #mostViolated(): HalfSpace | undefined {
    let most = this.#tolerance;
    let found: HalfSpace | undefined;
    for (const space of this.#open) {
      const missed = missedBy(this.#point, space);
      if (missed <= most) continue;
      most = missed;
      found = space;
    }
    return found;
  }
}

/** A share of a price up to this is a rounding error. */
const negligible = 1e-12;

function refuseSpaces(spaces: readonly HalfSpace[], size: number): void {
  /** By coordinate, the last half-space that named it, counted from 1. */
  const lastIn = new Int32Array(size);
  for (let index = 0; index < spaces.length; index++) {
    const { coordinates, least } = spaces[index] as HalfSpace;
    if (!Number.isFinite(least)) throw invalidHalfSpace([index, 'least'], `this is ${least}`, 'a finite number');
    for (let place = 0; place < coordinates.length; place++) {
      const at = coordinates[place] as number;
      const last = lastIn[at];
      if (last === undefined || last === index + 1) {
        const problem = last === undefined ? `there is no coordinate ${at}` : `coordinate ${at} is named twice`;
        throw invalidHalfSpace([index, 'coordinates', place], problem, `coordinates from 0 to ${size - 1}, each once`);
      }
      lastIn[at] = index + 1;
    }
  }
}

/** How far a point is outside a half-space, in units of the sum. */
function missedBy(point: Float64Array, { coordinates, sign, least }: HalfSpace): number {
  let sum = 0;
  for (const at of coordinates) sum += point[at] as number;
  return least - sign * sum;
}

/** The boundary of a half-space. */
interface Plane {
  readonly space: HalfSpace;
  /** Its coordinates as bits. */
  readonly bits: Int32Array;
}

function bitsOf(coordinates: Iterable<number>, size: number): Int32Array {
  const bits = new Int32Array((size + 31) >>> 5);
  for (const at of coordinates) bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31));
  return bits;
}

/** Half-spaces around a point, whose distance from where it started is the objective. */
class Planes implements Boundaries<Plane> {
  readonly #point: Float64Array;
  /** What is left of the last normal, along all boundaries that are held. */
  readonly #direction: Float64Array;

  constructor(point: Float64Array) {
    this.#point = point;
    this.#direction = new Float64Array(point.length);
  }

  violation({ space }: Plane): number {
    return missedBy(this.#point, space);
  }

  move(step: number): void {
    const point = this.#point;
    for (let at = 0; at < point.length; at++) {
      point[at] = (point[at] as number) + step * (this.#direction[at] as number);
    }
  }

  approach({ space: { coordinates, sign }, bits }: Plane, held: readonly Plane[]): Approach {
    const direction = this.#direction.fill(0);
    for (const at of coordinates) direction[at] = sign;
    const shares = new Float64Array(held.length);
    const bounds: number[] = [];
    const general: number[] = [];
    for (const [index, { space }] of held.entries()) (space.coordinates.length === 1 ? bounds : general).push(index);
    if (general.length > 0) {
      const bounded = bitsOf(
        bounds.map((index) => (held[index] as Plane).space.coordinates[0] as number),
        direction.length,
      );
      const normals = general.map((index): Normal => {
        const own = held[index] as Plane;
        return { sign: own.space.sign, bits: own.bits.map((word, at) => word & ~(bounded[at] as number)) };
      });
      for (const [position, share] of solved(systemOf(normals, { sign, bits })).entries()) {
        const index = general[position] as number;
        shares[index] = share;
        if (share === 0) continue;
        const { coordinates: own, sign: ownSign } = (held[index] as Plane).space;
        for (const at of own) direction[at] = (direction[at] as number) - share * ownSign;
      }
    }
    for (const index of bounds) {
      const { coordinates: own, sign: ownSign } = (held[index] as Plane).space;
      const at = own[0] as number;
      shares[index] = (direction[at] as number) * ownSign;
      direction[at] = 0;
    }
    let slope = 0;
    for (const at of coordinates) slope += sign * (direction[at] as number);
    return { shares, slope: slope > 1e-9 * coordinates.length ? slope : 0 };
  }
}

/** A normal of ones where there are bits, or of minus ones. */
interface Normal {
  readonly sign: 1 | -1;
  readonly bits: Int32Array;
}

/** The normal equations of an entering normal among others: the products of these below the diagonal, and its own in the last column. */
function systemOf(normals: readonly Normal[], entering: Normal): Float64Array[] {
  return normals.map((normal, index) => {
    const row = new Float64Array(normals.length + 1);
    for (let other = 0; other <= index; other++) row[other] = product(normal, normals[other] as Normal);
    row[normals.length] = product(normal, entering);
    return row;
  });
}

function product(a: Normal, b: Normal): number {
  let common = 0;
  for (let word = 0; word < a.bits.length; word++) {
    const bits = (a.bits[word] as number) & (b.bits[word] as number);
    if (bits !== 0) common += popcount(bits);
  }
  return a.sign * b.sign * common;
}

/** How many bits of a word are set. */
function popcount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
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
