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
  multiplier: number;
}

/**
 * The nearest point within all half-spaces.
 *
 * @throws RangeError where they have no point in common.
 */
export function nearestPoint(from: Float64Array, spaces: readonly HalfSpace[], tolerance: number): Float64Array {
  const search = new ActiveSet(from);
  const open = new Set(spaces);
  for (;;) {
    const violated = search.mostViolated(open, tolerance);
    if (violated === undefined) return search.point;
    if (search.bringIn(violated)) continue;
    // What the boundaries already held imply can be violated by their rounding errors, and by no more.
    if (search.violation(violated) > 1e3 * tolerance) throw new RangeError('the half-spaces have no point in common');
    open.delete(violated);
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
    const entering: Active = { space, multiplier: 0 };
    for (;;) {
      const { shares, direction } = this.#split(space);
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

  /** A normal as shares of the active normals and what is left of it, along all active boundaries. */
  #split({ coordinates, sign }: HalfSpace): { shares: Float64Array; direction: Float64Array } {
    const active = this.#active;
    const direction = new Float64Array(this.point.length);
    for (const at of coordinates) direction[at] = sign;
    const boundAt = new Map<number, number>();
    const general: number[] = [];
    for (const [index, { space }] of active.entries()) {
      if (space.coordinates.length === 1) boundAt.set(space.coordinates[0] as number, index);
      else general.push(index);
    }
    const rows = general.map((index) => {
      const { coordinates: own, sign: ownSign } = (active[index] as Active).space;
      const normal = new Float64Array(direction.length);
      for (const at of own) if (!boundAt.has(at)) normal[at] = ownSign;
      return normal;
    });
    const weights = solved(
      rows.map((row) => Float64Array.from([...rows.map((other) => dot(row, other)), dot(row, direction)])),
    );
    const shares = new Float64Array(active.length);
    for (const [position, index] of general.entries()) {
      const share = weights[position] as number;
      shares[index] = share;
      const { coordinates: own, sign: ownSign } = (active[index] as Active).space;
      for (const at of own) direction[at] = (direction[at] as number) - share * ownSign;
    }
    for (const [at, index] of boundAt) {
      shares[index] = (direction[at] as number) * (active[index] as Active).space.sign;
      direction[at] = 0;
    }
    return { shares, direction };
  }
}

/** The solution of a system with independent rows, its right side in the last column, by elimination. */
function solved(rows: Float64Array[]): Float64Array {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as Float64Array, rows[column] as Float64Array];
    const lead = rows[column] as Float64Array;
    for (let row = 0; row < size; row++) {
      const factor = row === column ? 0 : (rows[row]?.[column] as number) / (lead[column] as number);
      if (factor === 0) continue;
      const own = rows[row] as Float64Array;
      for (let at = column; at <= size; at++) own[at] = (own[at] as number) - factor * (lead[at] as number);
    }
  }
  return Float64Array.from(rows, (row, index) => (row[size] as number) / (row[index] as number));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}
