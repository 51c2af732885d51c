import type { SparseMatrix } from './sparse-matrix.ts';

/** What a symmetric matrix says about the curvature of `½ xᵀQx`. */
export type Curvature = 'none' | 'definite' | 'semidefinite' | 'indefinite';

/** Pivots this small, relative to the largest diagonal entry, are rounding errors of a zero. */
const negligible = 1e-10;

/**
 * Tells whether `sign · Q` is positive definite, positive semidefinite or neither, by a Cholesky factorization with diagonal
 * pivoting (Higham, "Accuracy and Stability of Numerical Algorithms", 2002, section 10.3) of each block of columns that hang
 * together. A diagonal matrix takes one pass; a block of k columns takes k² numbers of memory and k³/3 operations.
 */
export function curvatureOf(hessian: SparseMatrix, columns: number, sign: 1 | -1): Curvature {
  if (hessian.values.every((value) => value === 0)) return 'none';
  let definite = true;
  for (const block of blocksOf(hessian, columns)) {
    const rank = choleskyRank(denseBlock(hessian, block, sign), block.length);
    if (rank === undefined) return 'indefinite';
    definite &&= rank === block.length;
  }
  return definite ? 'definite' : 'semidefinite';
}

/** The columns, grouped so that no entry stands between two groups. */
function blocksOf({ starts, indices, values }: SparseMatrix, columns: number): number[][] {
  const parent = Int32Array.from({ length: columns }, (_, column) => column);
  const rootOf = (column: number): number => {
    let root = column;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number;
      root = parent[root] as number;
    }
    return root;
  };
  for (let column = 0; column < columns; column++) {
    for (let entry = starts[column] as number; entry < (starts[column + 1] as number); entry++) {
      if (values[entry] !== 0) parent[rootOf(indices[entry] as number)] = rootOf(column);
    }
  }
  const blocks = new Map<number, number[]>();
  for (let column = 0; column < columns; column++) {
    const root = rootOf(column);
    const block = blocks.get(root);
    if (block) block.push(column);
    else blocks.set(root, [column]);
  }
  return [...blocks.values()];
}

function denseBlock({ starts, indices, values }: SparseMatrix, block: readonly number[], sign: 1 | -1): Float64Array {
  const size = block.length;
  const dense = new Float64Array(size * size);
  const placeOf = new Map(block.map((column, place) => [column, place]));
  block.forEach((column, place) => {
    for (let entry = starts[column] as number; entry < (starts[column + 1] as number); entry++) {
      const other = placeOf.get(indices[entry] as number);
      if (other === undefined) continue;
      const value = sign * (values[entry] as number);
      dense[other * size + place] = value;
      dense[place * size + other] = value;
    }
  });
  return dense;
}

/** The rank of a positive semidefinite matrix, which is overwritten; `undefined` when it is not positive semidefinite. */
function choleskyRank(dense: Float64Array, size: number): number | undefined {
  const at = (row: number, column: number): number => dense[row * size + column] as number;
  const rest = Array.from({ length: size }, (_, index) => index);
  const zero = negligible * dense.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (let rank = 0; rank < size; rank++) {
    if (rest.some((index) => at(index, index) < -zero)) return undefined;
    const pivot = rest.reduce((best, index) => (at(index, index) > at(best, best) ? index : best));
    if (at(pivot, pivot) <= zero)
      return rest.every((row) => rest.every((c) => Math.abs(at(row, c)) <= zero)) ? rank : undefined;
    rest.splice(rest.indexOf(pivot), 1);
    for (const row of rest) {
      const factor = at(row, pivot) / at(pivot, pivot);
      if (factor === 0) continue;
      for (const column of rest) dense[row * size + column] = at(row, column) - factor * at(pivot, column);
    }
  }
  return size;
}
