/*
 * The point of a polyhedron that is nearest to a given one, by the dual active-set method of Goldfarb and Idnani, "A numerically stable
 * dual method for solving strictly convex quadratic programs", Mathematical Programming 27 (1983).
 */

/** All x with normal·x ≥ least. */
export interface HalfSpace {
  readonly normal: Float64Array;
  readonly least: number;
}

interface Active {
  readonly space: HalfSpace;
  multiplier: number;
}

/** The nearest point within all half-spaces, which must have a point in common. */
export function nearestPoint(from: Float64Array, spaces: readonly HalfSpace[], tolerance: number): Float64Array {
  const point = from.slice();
  const active: Active[] = [];
  for (;;) {
    const violated = mostViolated(point, spaces, tolerance);
    if (violated === undefined) return point;
    const entering: Active = { space: violated, multiplier: 0 };
    bringIn(point, active, entering);
  }
}

/** Moves the point onto the boundary of a half-space, letting go of those that no longer hold it back. */
function bringIn(point: Float64Array, active: Active[], entering: Active): void {
  const { normal, least } = entering.space;
  for (;;) {
    const share = combination(active, normal);
    const direction = normal.slice();
    for (const [index, { space }] of active.entries()) addTimes(direction, -(share[index] as number), space.normal);
    const slope = dot(direction, normal);
    const full = slope > 1e-10 * dot(normal, normal) ? (least - dot(normal, point)) / slope : Infinity;
    let step = full;
    let dropped = -1;
    for (const [index, { multiplier }] of active.entries()) {
      const falls = share[index] as number;
      if (falls <= 1e-12 || multiplier / falls >= step) continue;
      step = multiplier / falls;
      dropped = index;
    }
    if (full < Infinity) addTimes(point, step, direction);
    for (const [index, held] of active.entries()) held.multiplier -= step * (share[index] as number);
    entering.multiplier += step;
    if (dropped < 0) {
      active.push(entering);
      return;
    }
    active.splice(dropped, 1);
  }
}

function mostViolated(point: Float64Array, spaces: readonly HalfSpace[], tolerance: number): HalfSpace | undefined {
  let most = tolerance;
  let found: HalfSpace | undefined;
  for (const space of spaces) {
    const violation = space.least - dot(space.normal, point);
    if (violation <= most) continue;
    most = violation;
    found = space;
  }
  return found;
}

/** How much of each active normal is in another one: least squares by elimination, for normals that are independent. */
function combination(active: readonly Active[], normal: Float64Array): Float64Array {
  const size = active.length;
  const rows: Float64Array[] = active.map(({ space }) =>
    Float64Array.from([...active.map((other) => dot(space.normal, other.space.normal)), dot(space.normal, normal)]),
  );
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as Float64Array, rows[column] as Float64Array];
    const lead = rows[column] as Float64Array;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = (rows[row]?.[column] as number) / (lead[column] as number);
      if (factor !== 0) addTimes(rows[row] as Float64Array, -factor, lead);
    }
  }
  return Float64Array.from(rows, (row, index) => (row[size] as number) / (row[index] as number));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function addTimes(to: Float64Array, factor: number, what: Float64Array): void {
  for (let index = 0; index < to.length; index++) to[index] = (to[index] as number) + factor * (what[index] as number);
}
