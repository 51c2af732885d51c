/*
 * The point of a polytope nearest to the origin: Wolfe, "Finding the nearest point in a polytope", Mathematical Programming 11 (1976).
 */

const precision = 1e-11;

/** The shortest convex combination of some points, all of one dimension. */
export function leastNorm(points: readonly Float64Array[]): Float64Array {
  const ofAll = affineWeights(points);
  // Most often all points take part; what numbers that are not, or small, say of affine dependence is checked.
  if (ofAll.every((weight) => weight > precision)) {
    const found = combined(points, ofAll);
    const squared = dot(found, found);
    if (points.every((point) => Math.abs(dot(found, point) - squared) <= precision * (1 + squared))) return found;
  }
  let corral = [0];
  let weights = [1];
  let nearest = points[0] as Float64Array;
  for (;;) {
    const squared = dot(nearest, nearest);
    const products = points.map((point) => dot(nearest, point));
    const lowest = products.reduce((best, product, at) => (product < (products[best] as number) ? at : best), 0);
    if ((products[lowest] as number) >= squared - precision * (1 + squared) || corral.includes(lowest)) return nearest;
    corral = [...corral, lowest];
    weights = [...weights, 0];
    for (;;) {
      const affine = affineWeights(corral.map((at) => points[at] as Float64Array));
      const negative = affine.flatMap((weight, at) => (weight <= precision ? [at] : []));
      if (negative.length === 0) {
        weights = affine;
        break;
      }
      // As far towards the affine minimum as all weights allow; whoever comes to nothing leaves.
      const steps = negative.map((at) =>
        ratio(weights[at] as number, (weights[at] as number) - (affine[at] as number)),
      );
      const step = Math.min(...steps);
      const moved = weights.map((weight, at) => weight + step * ((affine[at] as number) - weight));
      const gone = negative[steps.indexOf(step)] as number;
      corral = corral.filter((_, at) => at !== gone);
      weights = moved.filter((_, at) => at !== gone);
    }
    nearest = combined(
      corral.map((at) => points[at] as Float64Array),
      weights,
    );
  }
}

function ratio(part: number, whole: number): number {
  return whole <= 0 ? 0 : part / whole;
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, part, at) => sum + part * (other[at] as number), 0);
}

function combined(points: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const [first] = points as readonly [Float64Array];
  return first.map((_, at) =>
    points.reduce((sum, point, index) => sum + (point[at] as number) * (weights[index] as number), 0),
  );
}

/** Weights, summing to 1, of the point nearest to the origin on the plane through affinely independent points. */
function affineWeights(points: readonly Float64Array[]): number[] {
  const rows = points.map((one) => [...points.map((other) => 1 + dot(one, other)), 1]);
  const size = points.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const largest = rows
      .slice(pivot)
      .reduce(
        (best, row, at) =>
          Math.abs(row[pivot] as number) > Math.abs(rows[best]?.[pivot] as number) ? pivot + at : best,
        pivot,
      );
    [rows[pivot], rows[largest]] = [rows[largest] as number[], rows[pivot] as number[]];
    const own = rows[pivot] as number[];
    for (const [at, row] of rows.entries()) {
      if (at === pivot) continue;
      const factor = (row[pivot] as number) / (own[pivot] as number);
      for (let column = pivot; column <= size; column++)
        row[column] = (row[column] as number) - factor * (own[column] as number);
    }
  }
  const solution = rows.map((row, at) => (row[size] as number) / (row[at] as number));
  const sum = solution.reduce((total, part) => total + part, 0);
  return solution.map((part) => part / sum);
}
