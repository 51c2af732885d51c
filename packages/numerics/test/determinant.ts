/** The determinant by the formula of Leibniz: a sum over all permutations. */
export function determinantOf(matrix: readonly (readonly bigint[])[]): bigint {
  const [first, ...others] = matrix;
  if (first === undefined) return 1n;
  return first.reduce((sum, entry, column) => {
    if (entry === 0n) return sum;
    const minor = determinantOf(others.map((row) => row.toSpliced(column, 1)));
    return sum + (column % 2 === 0 ? entry : -entry) * minor;
  }, 0n);
}

/** A matrix with another column in place of one of its own. */
export function withColumn(
  matrix: readonly (readonly bigint[])[],
  column: number,
  entries: readonly bigint[],
): bigint[][] {
  return matrix.map((row, at) => row.with(column, entries[at] as bigint));
}
