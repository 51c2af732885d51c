/*
 * The linear relaxation of a packing by the dual simplex method: maximise Σ values·x subject to rows, with bounds on x. Every basis can be
 * made dual feasible by moving bids to the bound that their reduced cost asks for, so the method starts from any basis, and goes on
 * after bounds change or rows are added. Steepest edge (Forrest and Goldfarb, "Steepest-edge simplex algorithms for linear programming",
 * Mathematical Programming 57 (1992)) and the ratio test that passes breakpoints (Maros, "A generalized dual phase-2 simplex algorithm",
 * European Journal of Operational Research 149 (2003)).
 *
 * The inverse of the basis is kept in full, column by column: with some hundred rows, that was measured to be faster than factors, and
 * it is simple. Its errors never reach a bound: bounds are recomputed from prices alone (see prices.ts).
 */
import type { Packing } from './packing.ts';

const feasible = 1e-7;
const smallestPivot = 1e-7;
const zero = 1e-12;

/** Where a variable is that is not in the basis. */
const atLower = 0;
const atUpper = 1;
const inBasis = 2;

/** How solving ended. */
export type LpStatus = 'optimal' | 'cutoff' | 'infeasible' | 'stalled' | 'stopped';

/** A state to come back to; rows must not have been added since. */
export interface Snapshot {
  readonly rows: number;
  readonly inverse: Float64Array;
  readonly state: Uint8Array;
  readonly place: Int32Array;
  readonly reduced: Float64Array;
  readonly head: Int32Array;
  readonly basic: Float64Array;
  readonly weights: Float64Array;
  readonly prices: Float64Array;
}

export class DualSimplex {
  /** Bids. */
  readonly columns: number;
  /** Rows now, cuts included. */
  rows: number;
  /** Values as given to the method: divided by the greatest. */
  readonly cost: Float64Array;
  readonly scale: number;
  /** Bounds of bids, then of slacks. */
  readonly lower: Float64Array;
  upper: Float64Array;
  /** Reduced costs of bids, then of slacks. */
  reduced: Float64Array;
  /** Prices of rows, in scaled values. */
  prices: Float64Array;
  pivots = 0;
  readonly #starts: Int32Array;
  #rowsOf: Int32Array[];
  #bidsIn: Int32Array[];
  #capacity: number[];
  #state: Uint8Array;
  #head: Int32Array;
  #place: Int32Array;
  #basic: Float64Array;
  #weights: Float64Array;
  #inverse: Float64Array;
  #room: number;
  #rho: Float64Array;
  #alpha: Float64Array;
  #tau: Float64Array;
  #pivotRow: Float64Array;
  #touched: Int32Array;
  #mark: Int32Array;
  #stamp = 0;
  #pivotsAtCheck = 0;

  constructor(packing: Packing, extraRows: number) {
    const { bids, rows } = packing;
    this.columns = bids;
    this.rows = rows;
    this.#room = rows + extraRows;
    const total = bids + this.#room;
    this.scale = packing.values.reduce((most, value) => Math.max(most, value), 0) || 1;
    this.cost = packing.values.map((value) => value / this.scale);
    this.lower = new Float64Array(total);
    this.upper = new Float64Array(total).fill(Infinity);
    this.upper.fill(1, 0, bids);
    this.#starts = packing.starts;
    this.#rowsOf = Array.from({ length: bids }, (_, bid) =>
      packing.rowsOf.slice(packing.starts[bid], packing.starts[bid + 1]),
    );
    const inRows: number[][] = Array.from({ length: rows }, () => []);
    for (let bid = 0; bid < bids; bid++) for (const row of this.#rowsOf[bid] as Int32Array) inRows[row]?.push(bid);
    this.#bidsIn = inRows.map((list) => Int32Array.from(list));
    this.#capacity = [...packing.capacity];
    this.reduced = new Float64Array(total);
    this.prices = new Float64Array(this.#room);
    this.#state = new Uint8Array(total);
    this.#head = new Int32Array(this.#room);
    this.#place = new Int32Array(total).fill(-1);
    this.#basic = new Float64Array(this.#room);
    this.#weights = new Float64Array(this.#room).fill(1);
    this.#inverse = new Float64Array(this.#room * this.#room);
    this.#rho = new Float64Array(this.#room);
    this.#alpha = new Float64Array(this.#room);
    this.#tau = new Float64Array(this.#room);
    this.#pivotRow = new Float64Array(total);
    this.#touched = new Int32Array(total);
    this.#mark = new Int32Array(total);
    this.#startFromSlacks();
  }

  #startFromSlacks(): void {
    this.#inverse.fill(0);
    this.prices.fill(0);
    for (let row = 0; row < this.rows; row++) {
      this.#inverse[row * this.#room + row] = 1;
      this.#head[row] = this.columns + row;
      this.#place[this.columns + row] = row;
      this.#state[this.columns + row] = inBasis;
      this.#weights[row] = 1;
      this.reduced[this.columns + row] = 0;
    }
    for (let bid = 0; bid < this.columns; bid++) {
      this.reduced[bid] = this.cost[bid] as number;
      this.#place[bid] = -1;
      this.#state[bid] = atUpper;
    }
    this.#recomputeBasic();
  }

  /** The value of a bid in the current solution. */
  valueOf(bid: number): number {
    const state = this.#state[bid];
    if (state === inBasis) return this.#basic[this.#place[bid] as number] as number;
    return (state === atUpper ? this.upper[bid] : this.lower[bid]) as number;
  }

  isBasic(bid: number): boolean {
    return this.#state[bid] === inBasis;
  }

  /** The dual objective in scaled values: a bound on the optimum up to rounding errors. */
  bound(): number {
    let bound = 0;
    for (let row = 0; row < this.rows; row++) bound += (this.prices[row] as number) * (this.#capacity[row] as number);
    for (let bid = 0; bid < this.columns; bid++) {
      const reduced = this.reduced[bid] as number;
      bound += reduced > 0 ? reduced * (this.upper[bid] as number) : reduced * (this.lower[bid] as number);
    }
    return bound;
  }

  /** Changes the bounds of a bid and moves it there where it is not basic. */
  bind(bid: number, lower: number, upper: number): void {
    const before = this.valueOf(bid);
    this.lower[bid] = lower;
    this.upper[bid] = upper;
    if (this.#state[bid] === inBasis) return;
    this.#state[bid] = (this.reduced[bid] as number) > 0 ? atUpper : atLower;
    const change = this.valueOf(bid) - before;
    if (change !== 0) this.#shift(bid, change);
  }

  /** Moves a nonbasic bid: what is basic makes room. */
  #shift(bid: number, change: number): void {
    for (const row of this.#rowsOf[bid] as Int32Array) {
      const offset = row * this.#room;
      for (let at = 0; at < this.rows; at++) {
        this.#basic[at] = (this.#basic[at] as number) - change * (this.#inverse[offset + at] as number);
      }
    }
  }

  #flip(bids: readonly number[]): void {
    const { rows } = this;
    const change = this.#tau.fill(0, 0, rows);
    for (const bid of bids) {
      const before = this.valueOf(bid);
      this.#state[bid] = this.#state[bid] === atUpper ? atLower : atUpper;
      const by = this.valueOf(bid) - before;
      for (const row of this.#rowsOf[bid] as Int32Array) change[row] = (change[row] as number) + by;
    }
    for (let row = 0; row < rows; row++) {
      const by = change[row] as number;
      if (by === 0) continue;
      const offset = row * this.#room;
      for (let at = 0; at < rows; at++) {
        this.#basic[at] = (this.#basic[at] as number) - by * (this.#inverse[offset + at] as number);
      }
    }
  }

  /** Solves from where it is. Stops early when the bound falls below `cutoff` (scaled). */
  solve(cutoff: number, keepOn: () => boolean, mostPivots = 50_000): LpStatus {
    let stalled = 0;
    let bound = this.bound();
    for (let pivot = 0; pivot < mostPivots; pivot++) {
      if (bound < cutoff) return 'cutoff';
      if ((pivot & 15) === 15 && !keepOn()) return 'stopped';
      if (this.pivots - this.#pivotsAtCheck >= 100) {
        this.#check();
        bound = this.bound();
      }
      const leaving = this.#leaving();
      if (leaving < 0) return 'optimal';
      const gained = this.#iterate(leaving);
      if (gained === undefined) {
        if (this.#pivotsAtCheck === this.pivots) return 'infeasible';
        this.refactor();
        this.#pivotsAtCheck = this.pivots;
        bound = this.bound();
        stalled += 1;
        if (stalled > 3) return 'stalled';
        continue;
      }
      bound -= gained;
    }
    return 'stalled';
  }

  /** The basic variable farthest out of its bounds, measured along its edge. */
  #leaving(): number {
    let leaving = -1;
    let steepest = 0;
    for (let at = 0; at < this.rows; at++) {
      const variable = this.#head[at] as number;
      const value = this.#basic[at] as number;
      let out = (this.lower[variable] as number) - value;
      if (out < feasible) out = value - (this.upper[variable] as number);
      if (out < feasible) continue;
      const steepness = (out * out) / (this.#weights[at] as number);
      if (steepness > steepest) {
        steepest = steepness;
        leaving = at;
      }
    }
    return leaving;
  }

  /** One step; gives by how much the bound fell, or `undefined` when nothing can enter. */
  #iterate(leaving: number): number | undefined {
    const { rows, columns } = this;
    const room = this.#room;
    const out = this.#head[leaving] as number;
    const value = this.#basic[leaving] as number;
    const below = value < (this.lower[out] as number);
    const sign = below ? -1 : 1;
    const infeasibility = below ? (this.lower[out] as number) - value : value - (this.upper[out] as number);
    // The row of the inverse, and the pivot row over all that is not basic.
    const rho = this.#rho;
    const pivotRow = this.#pivotRow;
    const touched = this.#touched;
    const mark = this.#mark;
    this.#stamp += 1;
    const stamp = this.#stamp;
    let met = 0;
    for (let row = 0; row < rows; row++) {
      const entry = this.#inverse[row * room + leaving] as number;
      rho[row] = entry;
      if (entry > -zero && entry < zero) {
        rho[row] = 0;
        continue;
      }
      const slack = columns + row;
      if (this.#state[slack] !== inBasis) {
        pivotRow[slack] = entry;
        touched[met++] = slack;
      }
      const bids = this.#bidsIn[row] as Int32Array;
      for (let at = 0; at < bids.length; at++) {
        const bid = bids[at] as number;
        if (this.#state[bid] === inBasis) continue;
        if (mark[bid] !== stamp) {
          mark[bid] = stamp;
          touched[met++] = bid;
        }
        pivotRow[bid] = (pivotRow[bid] as number) + entry;
      }
    }
    const chosen = this.#entering(met, sign, infeasibility);
    if (chosen.entering < 0) {
      for (let at = 0; at < met; at++) pivotRow[touched[at] as number] = 0;
      return undefined;
    }
    const { entering, flips } = chosen;
    // Bids that the step passes go to their other bound.
    if (flips.length > 0) this.#flip(flips);
    const alpha = this.#alpha;
    this.#column(entering, alpha);
    const pivot = alpha[leaving] as number;
    const expected = pivotRow[entering] as number;
    if (Math.abs(pivot) < smallestPivot || Math.abs(pivot - expected) > 1e-6 * (1 + Math.abs(pivot))) {
      for (let at = 0; at < met; at++) pivotRow[touched[at] as number] = 0;
      return undefined;
    }
    const step = (this.reduced[entering] as number) / expected;
    for (let at = 0; at < met; at++) {
      const variable = touched[at] as number;
      this.reduced[variable] = (this.reduced[variable] as number) - step * (pivotRow[variable] as number);
      pivotRow[variable] = 0;
    }
    this.reduced[out] = -step;
    this.reduced[entering] = 0;
    for (let row = 0; row < rows; row++) this.prices[row] = (this.prices[row] as number) + step * (rho[row] as number);

    const bound = below ? (this.lower[out] as number) : (this.upper[out] as number);
    const move = ((this.#basic[leaving] as number) - bound) / pivot;
    const enteringValue = this.valueOf(entering) + move;
    for (let at = 0; at < rows; at++) this.#basic[at] = (this.#basic[at] as number) - move * (alpha[at] as number);
    this.#updateWeights(leaving, pivot);
    this.#updateInverse(leaving, pivot);

    this.#state[out] = below ? atLower : atUpper;
    this.#place[out] = -1;
    this.#head[leaving] = entering;
    this.#place[entering] = leaving;
    this.#state[entering] = inBasis;
    this.#basic[leaving] = enteringValue;
    this.pivots += 1;
    return this.#fall;
  }

  /** By how much the bound fell in the last ratio test. */
  #fall = 0;

  /**
   * The variable that enters: reduced costs reach zero one after another as the step grows, and bids can go to their other bound and let
   * the step go on as long as the slope stays positive.
   */
  #entering(met: number, sign: number, infeasibility: number): { entering: number; flips: readonly number[] } {
    const candidates: number[] = [];
    for (let at = 0; at < met; at++) {
      const variable = this.#touched[at] as number;
      const entry = sign * (this.#pivotRow[variable] as number);
      if (entry > -smallestPivot && entry < smallestPivot) continue;
      if (this.lower[variable] === this.upper[variable]) continue;
      if (this.#state[variable] === atLower ? entry > 0 : entry < 0) candidates.push(variable);
    }
    const ratio = (variable: number): number =>
      Math.max(0, -(this.reduced[variable] as number) / (sign * (this.#pivotRow[variable] as number)));
    const flips: number[] = [];
    let slope = infeasibility;
    let fall = 0;
    let reached = 0;
    let left = candidates;
    for (;;) {
      if (left.length === 0) {
        this.#fall = fall;
        return { entering: -1, flips: [] };
      }
      // Among the candidates within a tolerance of the first, the largest pivot (Harris).
      let first = Infinity;
      for (const variable of left) {
        const entry = Math.abs(this.#pivotRow[variable] as number);
        const limit = ratio(variable) + 1e-9 / entry;
        if (limit < first) first = limit;
      }
      let entering = -1;
      let largest = 0;
      let passed = 0;
      for (const variable of left) {
        if (ratio(variable) > first) continue;
        const entry = Math.abs(this.#pivotRow[variable] as number);
        passed += entry * ((this.upper[variable] as number) - (this.lower[variable] as number));
        if (entry > largest) {
          largest = entry;
          entering = variable;
        }
      }
      const now = ratio(entering);
      fall += slope * Math.max(0, now - reached);
      reached = Math.max(reached, now);
      if (slope - passed < 0 || passed === Infinity) {
        this.#fall = fall;
        return { entering, flips };
      }
      slope -= passed;
      const rest: number[] = [];
      for (const variable of left) (ratio(variable) > first ? rest : flips).push(variable);
      if (rest.length === 0) {
        // Nothing bounds the step any more: the problem is infeasible unless the slope ran out.
        this.#fall = fall;
        return { entering: -1, flips: [] };
      }
      left = rest;
    }
  }

  /** The column of a variable in terms of the basis. */
  #column(variable: number, into: Float64Array): void {
    const room = this.#room;
    const { rows, columns } = this;
    const inverse = this.#inverse;
    if (variable >= columns) {
      const offset = (variable - columns) * room;
      for (let at = 0; at < rows; at++) into[at] = inverse[offset + at] as number;
      return;
    }
    into.fill(0, 0, rows);
    const own = this.#rowsOf[variable] as Int32Array;
    for (let index = 0; index < own.length; index++) {
      const offset = (own[index] as number) * room;
      for (let at = 0; at < rows; at++) into[at] = (into[at] as number) + (inverse[offset + at] as number);
    }
  }

  #updateWeights(leaving: number, pivot: number): void {
    const { rows } = this;
    const room = this.#room;
    const tau = this.#tau;
    const rho = this.#rho;
    const alpha = this.#alpha;
    const inverse = this.#inverse;
    tau.fill(0, 0, rows);
    let norm = 0;
    for (let row = 0; row < rows; row++) {
      const entry = rho[row] as number;
      if (entry === 0) continue;
      norm += entry * entry;
      const offset = row * room;
      for (let at = 0; at < rows; at++) tau[at] = (tau[at] as number) + entry * (inverse[offset + at] as number);
    }
    for (let at = 0; at < rows; at++) {
      const factor = (alpha[at] as number) / pivot;
      if (factor === 0) continue;
      const weight = (this.#weights[at] as number) - 2 * factor * (tau[at] as number) + factor * factor * norm;
      this.#weights[at] = Math.max(weight, 1e-4);
    }
    this.#weights[leaving] = Math.max(norm / (pivot * pivot), 1e-4);
  }

  #updateInverse(leaving: number, pivot: number): void {
    const { rows } = this;
    const room = this.#room;
    const rho = this.#rho;
    const alpha = this.#alpha;
    const inverse = this.#inverse;
    const places: number[] = [];
    for (let at = 0; at < rows; at++) {
      const entry = alpha[at] as number;
      if (entry > -zero && entry < zero) alpha[at] = 0;
      else if (at !== leaving) places.push(at);
    }
    const count = places.length;
    const sparse = count < rows / 3;
    for (let row = 0; row < rows; row++) {
      const entry = rho[row] as number;
      if (entry === 0) continue;
      const factor = entry / pivot;
      const offset = row * room;
      if (sparse) {
        for (let index = 0; index < count; index++) {
          const at = places[index] as number;
          inverse[offset + at] = (inverse[offset + at] as number) - factor * (alpha[at] as number);
        }
      } else {
        for (let at = 0; at < rows; at++) {
          inverse[offset + at] = (inverse[offset + at] as number) - factor * (alpha[at] as number);
        }
      }
      inverse[offset + leaving] = factor;
    }
  }

  /** Recomputes the values of basic variables, and where that shows errors in the inverse, the inverse itself. */
  #check(): void {
    this.#pivotsAtCheck = this.pivots;
    const before = this.#basic.slice(0, this.rows);
    this.#recomputeBasic();
    let error = 0;
    for (let at = 0; at < this.rows; at++) {
      error = Math.max(error, Math.abs((this.#basic[at] as number) - (before[at] as number)));
    }
    if (error > 1e-6 || this.#residual() > 1e-7) this.refactor();
    else this.#recomputePrices();
  }

  /** By how much rows are missed when basic variables take their values. */
  #residual(): number {
    const use = new Float64Array(this.rows);
    for (let bid = 0; bid < this.columns; bid++) {
      const value = this.valueOf(bid);
      if (value === 0) continue;
      for (const row of this.#rowsOf[bid] as Int32Array) use[row] = (use[row] as number) + value;
    }
    let residual = 0;
    for (let row = 0; row < this.rows; row++) {
      const slack = this.valueOf(this.columns + row);
      residual = Math.max(residual, Math.abs((use[row] as number) + slack - (this.#capacity[row] as number)));
    }
    return residual;
  }

  #recomputeBasic(): void {
    const { rows, columns } = this;
    const left = Float64Array.from(this.#capacity.slice(0, rows));
    for (let bid = 0; bid < columns; bid++) {
      if (this.#state[bid] === inBasis) continue;
      const value = this.valueOf(bid);
      if (value === 0) continue;
      for (const row of this.#rowsOf[bid] as Int32Array) left[row] = (left[row] as number) - value;
    }
    this.#basic.fill(0, 0, rows);
    for (let row = 0; row < rows; row++) {
      const entry = left[row] as number;
      if (entry === 0) continue;
      const offset = row * this.#room;
      for (let at = 0; at < rows; at++) {
        this.#basic[at] = (this.#basic[at] as number) + entry * (this.#inverse[offset + at] as number);
      }
    }
  }

  #recomputePrices(): void {
    const { rows, columns } = this;
    for (let row = 0; row < rows; row++) {
      let price = 0;
      const offset = row * this.#room;
      for (let at = 0; at < rows; at++) {
        const variable = this.#head[at] as number;
        if (variable < columns) price += (this.cost[variable] as number) * (this.#inverse[offset + at] as number);
      }
      this.prices[row] = price;
      this.reduced[columns + row] = this.#state[columns + row] === inBasis ? 0 : -price;
    }
    for (let bid = 0; bid < columns; bid++) {
      if (this.#state[bid] === inBasis) {
        this.reduced[bid] = 0;
        continue;
      }
      let reduced = this.cost[bid] as number;
      for (const row of this.#rowsOf[bid] as Int32Array) reduced -= this.prices[row] as number;
      this.reduced[bid] = reduced;
      const wanted = reduced > 0 ? atUpper : atLower;
      if (this.#state[bid] === wanted || Math.abs(reduced) < 1e-9) continue;
      this.#state[bid] = wanted;
      const change = (this.upper[bid] as number) - (this.lower[bid] as number);
      if (change !== 0) this.#shift(bid, wanted === atUpper ? change : -change);
    }
  }

  /** Builds the inverse anew by bringing the basic bids in one by one. */
  refactor(): void {
    const { rows, columns } = this;
    const room = this.#room;
    const wanted: number[] = [];
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      if (variable < columns) wanted.push(variable);
      this.#state[variable] = atLower;
      this.#place[variable] = -1;
    }
    const wasBasic = new Uint8Array(rows);
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      if (variable >= columns) wasBasic[variable - columns] = 1;
    }
    for (let row = 0; row < rows; row++) {
      this.#inverse.fill(0, row * room, row * room + rows);
      this.#inverse[row * room + row] = 1;
    }
    for (let row = 0; row < rows; row++) this.#head[row] = columns + row;
    const alpha = this.#alpha;
    for (const bid of wanted) {
      this.#column(bid, alpha);
      let place = -1;
      let largest = 1e-6;
      for (let at = 0; at < rows; at++) {
        // A slack that was not basic goes first.
        const slack = this.#head[at] as number;
        if (slack < columns) continue;
        const size = Math.abs(alpha[at] as number) * (wasBasic[slack - columns] ? 1e-3 : 1);
        if (size > largest) {
          largest = size;
          place = at;
        }
      }
      if (place < 0) continue;
      for (let row = 0; row < rows; row++) this.#rho[row] = this.#inverse[row * room + place] as number;
      this.#updateInverse(place, alpha[place] as number);
      this.#head[place] = bid;
    }
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      this.#place[variable] = at;
      this.#state[variable] = inBasis;
      let norm = 0;
      for (let row = 0; row < rows; row++) norm += (this.#inverse[row * room + at] as number) ** 2;
      this.#weights[at] = Math.max(norm, 1e-4);
    }
    this.#recomputePrices();
    this.#recomputeBasic();
  }

  /** Adds rows "at most one of these bids wins". */
  addCuts(cuts: readonly Int32Array[]): void {
    const room = this.#room;
    for (const cut of cuts) {
      if (this.rows >= room) return;
      const row = this.rows;
      const slack = this.columns + row;
      this.rows += 1;
      this.#bidsIn[row] = cut;
      this.#capacity[row] = 1;
      let use = 0;
      for (let other = 0; other <= row; other++) {
        this.#inverse[other * room + row] = 0;
        this.#inverse[row * room + other] = 0;
      }
      let norm = 1;
      for (const bid of cut) {
        this.#rowsOf[bid] = Int32Array.from([...(this.#rowsOf[bid] as Int32Array), row]);
        use += this.valueOf(bid);
        const place = this.#place[bid] as number;
        if (this.#state[bid] !== inBasis) continue;
        for (let other = 0; other < row; other++) {
          const at = other * room + row;
          this.#inverse[at] = (this.#inverse[at] as number) - (this.#inverse[other * room + place] as number);
        }
      }
      for (let other = 0; other < row; other++) norm += (this.#inverse[other * room + row] as number) ** 2;
      this.#inverse[row * room + row] = 1;
      this.#head[row] = slack;
      this.#place[slack] = row;
      this.#state[slack] = inBasis;
      this.#basic[row] = 1 - use;
      this.#weights[row] = norm;
      this.prices[row] = 0;
      this.reduced[slack] = 0;
      this.lower[slack] = 0;
      this.upper[slack] = Infinity;
    }
  }

  /** Removes rows whose slack is basic: the inverse only loses a row and a column each. */
  removeRows(gone: readonly number[]): void {
    const room = this.#room;
    const { rows, columns } = this;
    const leaving = new Set(gone);
    const rank = new Int32Array(rows).fill(-1);
    const kept: number[] = [];
    for (let row = 0; row < rows; row++) if (!leaving.has(row)) rank[row] = kept.push(row) - 1;
    const places: number[] = [];
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      if (variable < columns || !leaving.has(variable - columns)) places.push(at);
    }
    for (const [row, before] of kept.entries()) {
      for (const [at, place] of places.entries()) {
        this.#inverse[row * room + at] = this.#inverse[before * room + place] as number;
      }
      this.#bidsIn[row] = this.#bidsIn[before] as Int32Array;
      this.#capacity[row] = this.#capacity[before] as number;
      this.prices[row] = this.prices[before] as number;
      for (const of of [this.reduced, this.#state, this.lower, this.upper])
        of[columns + row] = of[columns + before] as number;
    }
    for (const [at, place] of places.entries()) {
      const variable = this.#head[place] as number;
      this.#head[at] = variable < columns ? variable : columns + (rank[variable - columns] as number);
      this.#basic[at] = this.#basic[place] as number;
      this.#weights[at] = this.#weights[place] as number;
    }
    this.rows = kept.length;
    this.#place.fill(-1);
    for (let at = 0; at < this.rows; at++) this.#place[this.#head[at] as number] = at;
    for (const [bid, own] of this.#rowsOf.entries()) {
      this.#rowsOf[bid] = own.map((row) => rank[row] as number).filter((row) => row >= 0);
    }
  }

  /** Everything that solving changes, but for bounds. */
  snapshot(): Snapshot {
    const { rows } = this;
    const room = this.#room;
    const inverse = new Float64Array(rows * rows);
    for (let row = 0; row < rows; row++) {
      inverse.set(this.#inverse.subarray(row * room, row * room + rows), row * rows);
    }
    return {
      rows,
      inverse,
      state: this.#state.slice(),
      place: this.#place.slice(),
      reduced: this.reduced.slice(),
      head: this.#head.slice(0, rows),
      basic: this.#basic.slice(0, rows),
      weights: this.#weights.slice(0, rows),
      prices: this.prices.slice(0, rows),
    };
  }

  restore({ rows, inverse, state, place, reduced, head, basic, weights, prices }: Snapshot): void {
    const room = this.#room;
    for (let row = 0; row < rows; row++) this.#inverse.set(inverse.subarray(row * rows, (row + 1) * rows), row * room);
    this.#state.set(state);
    this.#place.set(place);
    this.reduced.set(reduced);
    this.#head.set(head);
    this.#basic.set(basic);
    this.#weights.set(weights);
    this.prices.set(prices);
  }

  slackIsBasic(row: number): boolean {
    return this.#state[this.columns + row] === inBasis;
  }
}
