import { solveCholesky, solveConjugateGradients } from '@mechane/numerics';
import type { Spending } from './spending.ts';

/** The matrix is put together and factored if that takes no more work than this many products with it. */
const products = 60;
const littleWork = 3e5;
/** What an agent spends counts from this part of its budget on; among complements it is the step only that suffers. */
const notable = 1e-11;
const notableComplement = 1e-6;

/**
 * Solves (H + diag(extra)) d = right for d, relative changes of prices, in place of `right`. H is the Hessian of the Eisenberg–Gale dual in
 * relative prices,
 *
 *     H = Σ over agents of  elasticity · diag(b) − (elasticity − 1) · b bᵀ / B,
 *
 * b being what the agent spends on each good. It is positive semidefinite: the dual is convex.
 */
export function newtonStep(spending: Spending, extra: Float64Array, right: Float64Array, tolerance: number): void {
  const system = systemOf(spending, extra);
  const { diagonal, columns, size, work, money } = system;
  // Goods on which nobody spends anything to speak of stand alone.
  const reduced = new Float64Array(size);
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j] as number;
    if (column === -1) right[j] = alone(right[j] as number, diagonal[j] as number);
    else reduced[column] = right[j] as number;
  }
  if (work <= Math.max(littleWork, products * money.length)) solveCholesky(assembled(system), reduced);
  else solveByProducts(system, reduced, tolerance);
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j] as number;
    if (column !== -1) right[j] = reduced[column] as number;
  }
}

/** The step of a good by itself: never more than nine tenths, as where nobody buys it yet. */
function alone(right: number, diagonal: number): number {
  return right / Math.max(diagonal, Math.abs(right) / 0.9);
}

/** The matrix, as its diagonal less Σ factor · b bᵀ, over goods on which somebody spends. */
interface System {
  readonly size: number;
  /** By good: its column, or −1. */
  readonly columns: Int32Array;
  /** By good. */
  readonly diagonal: Float64Array;
  /** By agent, and by what it spends on. */
  readonly factors: Float64Array;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly money: Float64Array;
  /** How many multiplications it takes to put the matrix together and to factor it. */
  readonly work: number;
}

function systemOf({ market, curvature, spent, scratch }: Spending, extra: Float64Array): System {
  const { starts, goods, budgets, goodCount } = market;
  const agents = budgets.length;
  const diagonal = extra.slice();
  const columns = new Int32Array(goodCount).fill(-1);
  const rows = new Int32Array(agents + 1);
  const { indices, money } = scratch;
  const factors = new Float64Array(agents);
  let [length, size, work] = [0, 0, 0];
  for (let i = 0; i < agents; i++) {
    const c = curvature[i] as number;
    const least = (c < 0 ? notableComplement : notable) * (budgets[i] as number);
    factors[i] = c / (budgets[i] as number);
    const from = length;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const spends = spent[k] as number;
      if (spends === 0) continue;
      const good = goods[k] as number;
      diagonal[good] = (diagonal[good] as number) + (c + 1) * spends;
      if (spends < least || c === 0) continue;
      if (columns[good] === -1) columns[good] = size++;
      indices[length] = good;
      money[length++] = spends;
    }
    rows[i + 1] = length;
    work += (length - from) ** 2 / 2;
  }
  // In the order of goods, so that the columns of each agent increase.
  size = 0;
  for (let j = 0; j < goodCount; j++) if (columns[j] !== -1) columns[j] = size++;
  for (let k = 0; k < length; k++) indices[k] = columns[indices[k] as number] as number;
  return {
    size,
    columns,
    diagonal,
    factors,
    starts: rows,
    indices: indices.subarray(0, length),
    money: money.subarray(0, length),
    work: work + size ** 3 / 6,
  };
}

/** From this part of all agents and goods on, zeros are not left out: it is faster to go along them. */
const dense = 0.4;

/** The lower triangle of the matrix. */
function assembled(system: System): Float64Array {
  const { size: n, columns, diagonal, factors, money } = system;
  const matrix = new Float64Array(n * n);
  columns.forEach((column, j) => {
    if (column !== -1) matrix[column * n + column] = diagonal[j] as number;
  });
  if (money.length < dense * n * factors.length) subtractSparse(matrix, system);
  else subtractDense(matrix, system);
  return matrix;
}

function subtractSparse(matrix: Float64Array, { size: n, factors, starts, indices, money }: System): void {
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i] as number;
    const from = starts[i] as number;
    for (let k = from; k < (starts[i + 1] as number); k++) {
      const row = (indices[k] as number) * n;
      const scaled = factor * (money[k] as number);
      for (let l = from; l <= k; l++) {
        const at = row + (indices[l] as number);
        matrix[at] = (matrix[at] as number) - scaled * (money[l] as number);
      }
    }
  }
}

/** Four entries at a time, each number read serving two: measured at three times the speed of one by one. */
function subtractDense(matrix: Float64Array, { size: n, factors, starts, indices, money }: System): void {
  const agents = factors.length;
  // By good, with one more column of zeros to make pairs.
  const spent = new Float64Array((n + 1) * agents);
  const scaled = new Float64Array((n + 1) * agents);
  for (let i = 0; i < agents; i++) {
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const at = (indices[k] as number) * agents + i;
      spent[at] = money[k] as number;
      scaled[at] = (factors[i] as number) * (money[k] as number);
    }
  }
  for (let row = 0; row < n; row += 2) {
    for (let column = 0; column <= row; column += 2) {
      const [a, b, c, d] = [row * agents, (row + 1) * agents, column * agents, (column + 1) * agents];
      let [ac, ad, bc, bd] = [0, 0, 0, 0];
      for (let i = 0; i < agents; i++) {
        const left = scaled[a + i] as number;
        const nextLeft = scaled[b + i] as number;
        const right = spent[c + i] as number;
        const nextRight = spent[d + i] as number;
        ac += left * right;
        ad += left * nextRight;
        bc += nextLeft * right;
        bd += nextLeft * nextRight;
      }
      const at = row * n + column;
      matrix[at] = (matrix[at] as number) - ac;
      if (column + 1 < n) matrix[at + 1] = (matrix[at + 1] as number) - ad;
      if (row + 1 === n) continue;
      matrix[at + n] = (matrix[at + n] as number) - bc;
      matrix[at + n + 1] = (matrix[at + n + 1] as number) - bd;
    }
  }
}

function solveByProducts(system: System, right: Float64Array, tolerance: number): void {
  const { size, columns, diagonal, factors, starts, indices, money } = system;
  const own = new Float64Array(size);
  columns.forEach((column, j) => {
    if (column !== -1) own[column] = diagonal[j] as number;
  });
  const preconditioner = own.slice();
  for (let i = 0; i < factors.length; i++) {
    const factor = factors[i] as number;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const column = indices[k] as number;
      preconditioner[column] = (preconditioner[column] as number) - factor * (money[k] as number) ** 2;
    }
  }
  const multiply = (x: Float64Array, into: Float64Array): void => {
    for (let j = 0; j < size; j++) into[j] = (own[j] as number) * (x[j] as number);
    for (let i = 0; i < factors.length; i++) {
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      let dot = 0;
      for (let k = from; k < to; k++) dot += (money[k] as number) * (x[indices[k] as number] as number);
      dot *= factors[i] as number;
      for (let k = from; k < to; k++) {
        const j = indices[k] as number;
        into[j] = (into[j] as number) - dot * (money[k] as number);
      }
    }
  };
  solveConjugateGradients(multiply, preconditioner, right, tolerance, 4 * size);
}
