/*
 * The linear relaxation of a packing by the dual simplex method: maximise Σ values·x subject to rows, with bounds on x. Every basis can be
 * made dual feasible by moving sets to the bound that their reduced cost asks for, so the method starts from any basis, and goes on
 * after bounds change or rows are added. Steepest edge: Forrest and Goldfarb, "Steepest-edge simplex algorithms for linear programming",
 * Mathematical Programming 57 (1992). Its errors never reach a bound: bounds are recomputed from prices alone (see prices.ts).
 */
import { BasisFactors } from './basis-factors.ts';
import type { Packing } from './packing.ts';
import { RatioTest } from './ratio-test.ts';

const feasible = 1e-7;
const smallestPivot = 1e-7;
const smallestWeight = 1e-4;

/** Where a variable is that is not in the basis. */
export const atLower = 0;
export const atUpper = 1;
export const inBasis = 2;

/** How solving ended. */
export type LpStatus = 'optimal' | 'cutoff' | 'infeasible' | 'stalled' | 'stopped';

/** At which bounds variables are, or in the basis, and how steep their edges are. */
export interface Standing {
  readonly state: Uint8Array;
  readonly steepness: Float64Array;
}

/** A state to come back to; rows must not have been added since. */
export interface Snapshot {
  readonly state: Uint8Array;
  readonly place: Int32Array;
  readonly reduced: Float64Array;
  readonly head: Int32Array;
  readonly basic: Float64Array;
  readonly weights: Float64Array;
  readonly prices: Float64Array;
  readonly factors: BasisFactors;
  readonly exchanges: number;
}

export class DualSimplex {
  /** Sets. */
  readonly columns: number;
  /** Rows now, cuts included. */
  rows: number;
  /** Values as given to the method: divided by the greatest. */
  readonly cost: Float64Array;
  readonly scale: number;
  /** Bounds of sets, then of slacks: a row's slack is never more than its capacity, so whatever is priced wrongly has a bound to go to. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Reduced costs of sets, then of slacks; those of sets that are fixed are not kept up. */
  readonly reduced: Float64Array;
  /** Prices of rows, in scaled values. */
  readonly prices: Float64Array;
  pivots = 0;
  readonly #room: number;
  readonly #rowsOf: Int32Array[];
  readonly #setsIn: Int32Array[];
  readonly #capacity: number[];
  readonly #state: Uint8Array;
  /** The variable at each position of the basis, and the position of each variable. */
  readonly #head: Int32Array;
  readonly #place: Int32Array;
  readonly #basic: Float64Array;
  readonly #weights: Float64Array;
  #factors: BasisFactors;
  readonly #rho: Float64Array;
  readonly #rhoByRow: Float64Array;
  readonly #alpha: Float64Array;
  readonly #tau: Float64Array;
  readonly #pivotRow: Float64Array;
  readonly #touched: Int32Array;
  readonly #mark: Int32Array;
  readonly #ratioTest: RatioTest;
  /** Sets that are not fixed, and the rows of each, one after the other. */
  readonly #free: Int32Array;
  readonly #freeStarts: Int32Array;
  #freeRows = new Int32Array(0);
  #freeSets = 0;
  #freeEntries = 0;
  #freeStale = true;
  /** What fixed sets took off rows, which basic variables do not reflect yet. */
  readonly #taken: Float64Array;
  #basicStale = false;
  #stamp = 0;

  constructor(packing: Packing, extraRows: number) {
    const { sets, rows } = packing;
    this.columns = sets;
    this.rows = rows;
    this.#room = rows + extraRows;
    const total = sets + this.#room;
    this.scale = packing.values.reduce((most, value) => Math.max(most, value), 0) || 1;
    this.cost = packing.values.map((value) => value / this.scale);
    this.lower = new Float64Array(total);
    this.upper = new Float64Array(total).fill(1);
    this.upper.set(packing.capacity, sets);
    this.#rowsOf = Array.from({ length: sets }, (_, set) =>
      packing.rowsOf.slice(packing.starts[set], packing.starts[set + 1]),
    );
    const inRows: number[][] = Array.from({ length: rows }, () => []);
    for (let set = 0; set < sets; set++) for (const row of this.#rowsOf[set] as Int32Array) inRows[row]?.push(set);
    this.#setsIn = inRows.map((list) => Int32Array.from(list));
    this.#capacity = [...packing.capacity];
    this.reduced = new Float64Array(total);
    this.prices = new Float64Array(this.#room);
    this.#state = new Uint8Array(total);
    this.#head = new Int32Array(this.#room);
    this.#place = new Int32Array(total).fill(-1);
    this.#basic = new Float64Array(this.#room);
    this.#weights = new Float64Array(this.#room).fill(1);
    this.#rho = new Float64Array(this.#room);
    this.#rhoByRow = new Float64Array(this.#room);
    this.#alpha = new Float64Array(this.#room);
    this.#tau = new Float64Array(this.#room);
    this.#taken = new Float64Array(this.#room);
    this.#pivotRow = new Float64Array(total);
    this.#touched = new Int32Array(total);
    this.#mark = new Int32Array(total);
    this.#free = new Int32Array(sets);
    this.#freeStarts = new Int32Array(sets + 1);
    this.#ratioTest = new RatioTest(total);
    for (let row = 0; row < rows; row++) {
      this.#head[row] = sets + row;
      this.#state[sets + row] = inBasis;
    }
    for (let set = 0; set < sets; set++) this.#state[set] = atUpper;
    this.#factors = this.#factored();
    this.refactor();
  }

  /** The value of a set in the current solution. */
  valueOf(set: number): number {
    const state = this.#state[set];
    if (state === inBasis) return this.#basic[this.#place[set] as number] as number;
    return (state === atUpper ? this.upper[set] : this.lower[set]) as number;
  }

  isBasic(set: number): boolean {
    return this.#state[set] === inBasis;
  }

  slackIsBasic(row: number): boolean {
    return this.#state[this.columns + row] === inBasis;
  }

  isFixed(set: number): boolean {
    return this.lower[set] === this.upper[set];
  }

  /** The dual objective in scaled values: a bound on the optimum up to rounding errors. */
  bound(): number {
    let bound = 0;
    for (let row = 0; row < this.rows; row++) {
      bound += Math.max(0, this.prices[row] as number) * (this.#capacity[row] as number);
    }
    for (let set = 0; set < this.columns; set++) {
      if (this.upper[set] === 0) continue;
      if (this.lower[set] === 1) bound += this.#priced(set);
      else bound += Math.max(0, this.reduced[set] as number);
    }
    return bound;
  }

  /** What a set offers above the prices of its rows. */
  #priced(set: number): number {
    let above = this.cost[set] as number;
    const own = this.#rowsOf[set] as Int32Array;
    for (let at = 0; at < own.length; at++) above -= this.prices[own[at] as number] as number;
    return above;
  }

  /** Changes what sets are worth. */
  revalue(values: Float64Array): void {
    for (let set = 0; set < this.columns; set++) this.cost[set] = (values[set] as number) / this.scale;
    this.refactor();
  }

  /** Changes the bounds of a set and moves it there where it is not basic. */
  bind(set: number, lower: number, upper: number): void {
    const basic = this.#state[set] === inBasis;
    const before = basic ? 0 : this.valueOf(set);
    if (lower < upper && this.isFixed(set) && !basic) this.reduced[set] = this.#priced(set);
    this.lower[set] = lower;
    this.upper[set] = upper;
    this.#freeStale = true;
    if (basic) return;
    this.#state[set] = (this.reduced[set] as number) > 0 ? atUpper : atLower;
    this.#take(set, this.valueOf(set) - before);
  }

  #take(set: number, change: number): void {
    if (change === 0) return;
    this.#basicStale = true;
    if (set >= this.columns) {
      const row = set - this.columns;
      this.#taken[row] = (this.#taken[row] as number) + change;
      return;
    }
    const own = this.#rowsOf[set] as Int32Array;
    for (let at = 0; at < own.length; at++) {
      const row = own[at] as number;
      this.#taken[row] = (this.#taken[row] as number) + change;
    }
  }

  /** Lets basic variables make room for what was taken. */
  #settle(): void {
    if (!this.#basicStale) return;
    this.#basicStale = false;
    const { rows } = this;
    const { pivotOf } = this.#factors;
    const change = this.#tau.fill(0, 0, rows);
    for (let row = 0; row < rows; row++) change[pivotOf[row] as number] = this.#taken[row] as number;
    this.#taken.fill(0, 0, rows);
    this.#factors.solve(change);
    for (let at = 0; at < rows; at++) this.#basic[at] = (this.#basic[at] as number) - (change[at] as number);
  }

  /** Solves from where it is. Stops early when the bound falls below `cutoff` (scaled). */
  solve(cutoff: number, hasTime: () => boolean, mostPivots = 50_000): LpStatus {
    let stalled = 0;
    let fresh = false;
    this.#settle();
    let bound = this.bound();
    for (let pivot = 0; pivot < mostPivots; pivot++) {
      if (bound < cutoff) return 'cutoff';
      if ((pivot & 15) === 15 && !hasTime()) return 'stopped';
      if (this.#factors.worn) {
        this.refactor();
        bound = this.bound();
      }
      const leaving = this.#leaving();
      if (leaving < 0) return 'optimal';
      if (this.#iterate(leaving)) {
        bound -= this.#ratioTest.fall;
        fresh = false;
        continue;
      }
      if (fresh || this.#factors.exchanges === 0) return 'infeasible';
      this.refactor();
      fresh = true;
      bound = this.bound();
      stalled += 1;
      if (stalled > 3) return 'stalled';
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

  /** One step; false when nothing can enter. */
  #iterate(leaving: number): boolean {
    const { rows } = this;
    const out = this.#head[leaving] as number;
    const value = this.#basic[leaving] as number;
    const below = value < (this.lower[out] as number);
    const infeasibility = below ? (this.lower[out] as number) - value : value - (this.upper[out] as number);
    const rho = this.#rho.fill(0, 0, rows);
    rho[leaving] = 1;
    this.#factors.solveLeaving(rho);
    const touchedCount = this.#price(below ? -1 : 1);
    const ratioTest = this.#ratioTest;
    const entering = ratioTest.choose(infeasibility, this.lower, this.upper);
    const pivotRow = this.#pivotRow;
    const touched = this.#touched;
    const expected = entering < 0 ? 0 : (pivotRow[entering] as number);
    const alpha = this.#alpha;
    let pivot = 0;
    if (entering >= 0) {
      this.#column(entering, alpha);
      pivot = alpha[leaving] as number;
    }
    if (Math.abs(pivot) < smallestPivot || Math.abs(pivot - expected) > 1e-6 * (1 + Math.abs(pivot))) {
      for (let at = 0; at < touchedCount; at++) pivotRow[touched[at] as number] = 0;
      return false;
    }
    const step = (this.reduced[entering] as number) / expected;
    const { reduced } = this;
    for (let at = 0; at < touchedCount; at++) {
      const variable = touched[at] as number;
      reduced[variable] = (reduced[variable] as number) - step * (pivotRow[variable] as number);
      pivotRow[variable] = 0;
    }
    reduced[out] = -step;
    reduced[entering] = 0;
    const { rowOf } = this.#factors;
    for (let at = 0; at < rows; at++) {
      const entry = rho[at] as number;
      if (entry === 0) continue;
      const row = rowOf[at] as number;
      this.prices[row] = (this.prices[row] as number) + step * entry;
    }

    // Sets that the step passes go to their other bound.
    for (let at = 0; at < ratioTest.flips; at++) {
      const set = ratioTest.flipped[at] as number;
      const before = this.valueOf(set);
      this.#state[set] = this.#state[set] === atUpper ? atLower : atUpper;
      this.#take(set, this.valueOf(set) - before);
    }
    this.#settle();
    const bound = below ? (this.lower[out] as number) : (this.upper[out] as number);
    const move = ((this.#basic[leaving] as number) - bound) / pivot;
    const enteringValue = this.valueOf(entering) + move;
    this.#updateBasic(leaving, pivot, move);
    this.#factors.exchange(leaving, pivot);

    this.#state[out] = below ? atLower : atUpper;
    this.#place[out] = -1;
    this.#head[leaving] = entering;
    this.#place[entering] = leaving;
    this.#state[entering] = inBasis;
    this.#basic[leaving] = enteringValue;
    this.pivots += 1;
    return true;
  }

  /**
   * The pivot row over all that is neither basic nor fixed, by rows or by columns, whichever has less to add up. Offers what can enter to
   * the ratio test, and gives how many variables have an entry.
   */
  #price(sign: number): number {
    const { rows, columns, lower, upper } = this;
    const rho = this.#rho;
    const rhoByRow = this.#rhoByRow;
    const pivotRow = this.#pivotRow;
    const touched = this.#touched;
    const state = this.#state;
    const { rowOf } = this.#factors;
    if (this.#freeStale) this.#listFree();
    let touchedCount = 0;
    let entries = 0;
    for (let at = 0; at < rows; at++) {
      const entry = rho[at] as number;
      const row = rowOf[at] as number;
      rhoByRow[row] = entry;
      if (entry === 0) continue;
      entries += (this.#setsIn[row] as Int32Array).length;
      if (state[columns + row] === inBasis) continue;
      pivotRow[columns + row] = entry;
      touched[touchedCount++] = columns + row;
    }
    if (entries > this.#freeEntries) {
      const free = this.#free;
      const starts = this.#freeStarts;
      const rowsOf = this.#freeRows;
      for (let at = 0; at < this.#freeSets; at++) {
        const set = free[at] as number;
        if (state[set] === inBasis) continue;
        let sum = 0;
        for (let index = starts[at] as number, end = starts[at + 1] as number; index < end; index++) {
          sum += rhoByRow[rowsOf[index] as number] as number;
        }
        if (sum === 0) continue;
        pivotRow[set] = sum;
        touched[touchedCount++] = set;
      }
    } else {
      const mark = this.#mark;
      this.#stamp += 1;
      const stamp = this.#stamp;
      for (let row = 0; row < rows; row++) {
        const entry = rhoByRow[row] as number;
        if (entry === 0) continue;
        const sets = this.#setsIn[row] as Int32Array;
        for (let at = 0; at < sets.length; at++) {
          const set = sets[at] as number;
          if (state[set] === inBasis || lower[set] === upper[set]) continue;
          if (mark[set] !== stamp) {
            mark[set] = stamp;
            touched[touchedCount++] = set;
          }
          pivotRow[set] = (pivotRow[set] as number) + entry;
        }
      }
    }
    const ratioTest = this.#ratioTest;
    ratioTest.reset();
    for (let at = 0; at < touchedCount; at++) {
      const variable = touched[at] as number;
      const entry = sign * (pivotRow[variable] as number);
      if (state[variable] === atLower) {
        if (entry > 0) ratioTest.offer(variable, this.reduced[variable] as number, entry);
      } else if (entry < 0) ratioTest.offer(variable, this.reduced[variable] as number, -entry);
    }
    return touchedCount;
  }

  #listFree(): void {
    this.#freeStale = false;
    this.#freeSets = 0;
    let entries = 0;
    for (let set = 0; set < this.columns; set++) {
      if (this.lower[set] === this.upper[set]) continue;
      this.#free[this.#freeSets++] = set;
      entries += (this.#rowsOf[set] as Int32Array).length;
      this.#freeStarts[this.#freeSets] = entries;
    }
    this.#freeEntries = entries;
    if (this.#freeRows.length < entries) this.#freeRows = new Int32Array(2 * entries);
    const freeRows = this.#freeRows;
    for (let at = 0, to = 0; at < this.#freeSets; at++) {
      const own = this.#rowsOf[this.#free[at] as number] as Int32Array;
      for (let index = 0; index < own.length; index++) freeRows[to++] = own[index] as number;
    }
  }

  /** The column of a variable in terms of the basis. */
  #column(variable: number, into: Float64Array): void {
    const { pivotOf } = this.#factors;
    into.fill(0, 0, this.rows);
    if (variable >= this.columns) into[pivotOf[variable - this.columns] as number] = 1;
    else for (const row of this.#rowsOf[variable] as Int32Array) into[pivotOf[row] as number] = 1;
    this.#factors.solveEntering(into);
  }

  /** Values and steepest-edge weights of what is basic. */
  #updateBasic(leaving: number, pivot: number, move: number): void {
    const { rows } = this;
    const rho = this.#rho;
    const tau = this.#tau;
    const alpha = this.#alpha;
    const weights = this.#weights;
    const basic = this.#basic;
    let norm = 0;
    for (let at = 0; at < rows; at++) {
      const entry = rho[at] as number;
      tau[at] = entry;
      norm += entry * entry;
    }
    this.#factors.solve(tau);
    for (let at = 0; at < rows; at++) {
      const entry = alpha[at] as number;
      if (entry === 0) continue;
      basic[at] = (basic[at] as number) - move * entry;
      const factor = entry / pivot;
      const weight = (weights[at] as number) - 2 * factor * (tau[at] as number) + factor * factor * norm;
      weights[at] = Math.max(weight, smallestWeight);
    }
    weights[leaving] = Math.max(norm / (pivot * pivot), smallestWeight);
  }

  /** Factors of the basis that the head lists. */
  #factored(): BasisFactors {
    const { rows, columns } = this;
    const starts = new Int32Array(rows + 1);
    let entries = 0;
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      entries += variable < columns ? (this.#rowsOf[variable] as Int32Array).length : 1;
      starts[at + 1] = entries;
    }
    const own = new Int32Array(entries);
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      if (variable >= columns) own[starts[at] as number] = variable - columns;
      else own.set(this.#rowsOf[variable] as Int32Array, starts[at]);
    }
    return new BasisFactors(rows, { starts, rows: own });
  }

  /** At which bound a variable is, or that it is in the basis; slacks come after sets. */
  stateOf(variable: number): number {
    return this.#state[variable] as number;
  }

  /** How so many variables from one on stand: their states, and how steep their edges are. */
  standing(from: number, count: number): Standing {
    const steepness = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      const at = this.#place[from + index] as number;
      steepness[index] = at < 0 ? 1 : (this.#weights[at] as number);
    }
    return { state: this.#state.slice(from, from + count), steepness };
  }

  /** Starts from another basis; where that has too few variables, or they depend on each other, slacks stand in. */
  startFrom(state: ArrayLike<number>, steepness: ArrayLike<number>): void {
    const { rows, columns } = this;
    const basis: number[] = [];
    for (let variable = 0; variable < columns + rows; variable++) {
      this.#place[variable] = -1;
      this.#state[variable] = state[variable] as number;
      if (state[variable] !== inBasis) continue;
      if (basis.length < rows) basis.push(variable);
      else this.#state[variable] = atLower;
    }
    for (let slack = columns; basis.length < rows; slack++) if (this.#state[slack] !== inBasis) basis.push(slack);
    for (const [at, variable] of basis.entries()) {
      this.#head[at] = variable;
      this.#weights[at] = steepness[variable] as number;
    }
    this.refactor();
  }

  /** Makes factors anew, and from them values, prices and reduced costs. */
  refactor(): void {
    const { rows, columns } = this;
    const head = this.#head.slice(0, rows);
    const weights = this.#weights.slice(0, rows);
    this.#factors = this.#factored();
    const { columnOf, rowOf } = this.#factors;
    for (const variable of head) {
      this.#state[variable] = atLower;
      this.#place[variable] = -1;
    }
    for (let at = 0; at < rows; at++) {
      const before = columnOf[at] as number;
      const variable = before < 0 ? columns + (rowOf[at] as number) : (head[before] as number);
      this.#head[at] = variable;
      this.#place[variable] = at;
      this.#state[variable] = inBasis;
      this.#weights[at] = before < 0 ? 1 : (weights[before] as number);
    }
    this.#recomputePrices();
    this.#recomputeBasic();
  }

  #recomputePrices(): void {
    const { rows, columns } = this;
    const { rowOf } = this.#factors;
    const prices = this.#tau;
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      prices[at] = variable < columns ? (this.cost[variable] as number) : 0;
    }
    this.#factors.solveTransposed(prices);
    for (let at = 0; at < rows; at++) {
      const row = rowOf[at] as number;
      this.prices[row] = prices[at] as number;
      const slack = columns + row;
      if (this.#state[slack] === inBasis) {
        this.reduced[slack] = 0;
        continue;
      }
      this.reduced[slack] = -(prices[at] as number);
      if (Math.abs(prices[at] as number) >= 1e-9) this.#state[slack] = (prices[at] as number) < 0 ? atUpper : atLower;
    }
    for (let set = 0; set < columns; set++) {
      if (this.#state[set] === inBasis) {
        this.reduced[set] = 0;
        continue;
      }
      const reduced = this.#priced(set);
      this.reduced[set] = reduced;
      const wanted = reduced > 0 ? atUpper : atLower;
      if (Math.abs(reduced) >= 1e-9) this.#state[set] = wanted;
    }
  }

  #recomputeBasic(): void {
    const { rows, columns } = this;
    const { pivotOf } = this.#factors;
    this.#taken.fill(0, 0, rows);
    this.#basicStale = false;
    const left = this.#rhoByRow;
    for (let row = 0; row < rows; row++) left[row] = this.#capacity[row] as number;
    for (let set = 0; set < columns; set++) {
      if (this.#state[set] === inBasis) continue;
      const value = this.valueOf(set);
      if (value === 0) continue;
      for (const row of this.#rowsOf[set] as Int32Array) left[row] = (left[row] as number) - value;
    }
    for (let row = 0; row < rows; row++) {
      if (this.#state[columns + row] === atUpper)
        left[row] = (left[row] as number) - (this.upper[columns + row] as number);
    }
    for (let row = 0; row < rows; row++) this.#basic[pivotOf[row] as number] = left[row] as number;
    this.#factors.solve(this.#basic);
  }

  /** Adds rows "at most one of these sets is in", as many as there is room for. */
  addCuts(cuts: readonly Int32Array[]): void {
    const { columns } = this;
    const further = new Map<number, number[]>();
    for (const cut of cuts) {
      if (this.rows >= this.#room) break;
      const row = this.rows;
      const slack = columns + row;
      this.rows += 1;
      this.#setsIn[row] = cut;
      this.#capacity[row] = 1;
      let norm = 1;
      for (const set of cut) {
        const more = further.get(set);
        if (more === undefined) further.set(set, [row]);
        else more.push(row);
        if (this.#state[set] === inBasis) norm += this.#weights[this.#place[set] as number] as number;
      }
      this.#head[row] = slack;
      this.#state[slack] = inBasis;
      this.#weights[row] = norm;
      this.prices[row] = 0;
      this.lower[slack] = 0;
      this.upper[slack] = 1;
    }
    for (const [set, more] of further) {
      const before = this.#rowsOf[set] as Int32Array;
      const own = new Int32Array(before.length + more.length);
      own.set(before);
      own.set(more, before.length);
      this.#rowsOf[set] = own;
    }
    this.#freeStale = true;
    if (further.size > 0) this.refactor();
  }

  /** Removes rows whose slack is basic. */
  removeRows(gone: readonly number[]): void {
    const { rows, columns } = this;
    const leaving = new Set(gone);
    const rank = new Int32Array(rows).fill(-1);
    const kept: number[] = [];
    for (let row = 0; row < rows; row++) if (!leaving.has(row)) rank[row] = kept.push(row) - 1;
    let places = 0;
    for (let at = 0; at < rows; at++) {
      const variable = this.#head[at] as number;
      this.#place[variable] = -1;
      if (variable >= columns && leaving.has(variable - columns)) continue;
      this.#head[places] = variable < columns ? variable : columns + (rank[variable - columns] as number);
      this.#weights[places] = this.#weights[at] as number;
      places += 1;
    }
    for (const [row, before] of kept.entries()) {
      this.#setsIn[row] = this.#setsIn[before] as Int32Array;
      this.#capacity[row] = this.#capacity[before] as number;
      for (const of of [this.reduced, this.#state, this.lower, this.upper])
        of[columns + row] = of[columns + before] as number;
    }
    this.rows = kept.length;
    for (const [set, own] of this.#rowsOf.entries()) {
      this.#rowsOf[set] = own.map((row) => rank[row] as number).filter((row) => row >= 0);
    }
    this.#freeStale = true;
    this.refactor();
  }

  /** Everything that solving changes, but for bounds. */
  snapshot(): Snapshot {
    this.#settle();
    const { rows } = this;
    return {
      state: this.#state.slice(),
      place: this.#place.slice(),
      reduced: this.reduced.slice(),
      head: this.#head.slice(0, rows),
      basic: this.#basic.slice(0, rows),
      weights: this.#weights.slice(0, rows),
      prices: this.prices.slice(0, rows),
      factors: this.#factors,
      exchanges: this.#factors.exchanges,
    };
  }

  /** Comes back to a state, with the bounds that were then. */
  restore({ state, place, reduced, head, basic, weights, prices, factors, exchanges }: Snapshot): void {
    this.#state.set(state);
    this.#place.set(place);
    this.reduced.set(reduced);
    this.#head.set(head);
    this.#basic.set(basic);
    this.#weights.set(weights);
    this.prices.set(prices);
    this.#taken.fill(0, 0, this.rows);
    this.#basicStale = false;
    this.#factors = factors;
    factors.backTo(exchanges);
    this.#freeStale = true;
  }
}
