/*
 * Equilibria of exchange economies, by following a path of economies: at its start everybody owns the same part of everything, which is a
 * Fisher market with one equilibrium; along it ownership moves to what it is, and the equilibrium is followed by
 * predictor and corrector in its arc length (Eaves and Schmedders, Journal of Economic Dynamics and Control 23, 1999). The path may
 * turn back on its way, but generically it does not end before it arrives.
 *
 * Goods that may be free are kept at positive prices by a small agent that spends as much on each; linear agents divide their
 * spending smoothly. Both are taken back at the end, by Newton's method.
 */
import { solveLinearSystem } from '@mechane/numerics';
import { CentralPath } from './central-path.ts';
import type { FisherMarket } from './fisher-market.ts';
import { sharpen, spendingRegret } from './sharpening.ts';
import { linearFrom, type Spending, spend, spendingOf } from './spending.ts';

/** An exchange economy in numbers: a Fisher market whose budgets are what endowments are worth. */
export interface ExchangeMarket extends FisherMarket {
  /** By agent and good: which part of the good the agent owns. */
  readonly ownership: Float64Array;
}

/** Where the search for an equilibrium ended. */
export interface ExchangePoint {
  /** What each good is worth in all, as a part of everything. */
  readonly prices: Float64Array;
  readonly quantities: Float64Array;
  readonly iterations: number;
}

const firstBarrier = 1e-3;
const lastBarrier = 1e-13;
const gentlest = 16;
const sharpest = 1e5;
const settled = 1e-16;
const patience = 120;

/** Looks for an equilibrium of an economy in which everybody owns something and everything is wanted. */
export function followExchange(
  market: ExchangeMarket,
  maxIterations: number,
  signal?: { readonly aborted: boolean },
): ExchangePoint {
  const smooth = market.rho.every((r) => r < linearFrom);
  const complements = market.rho.some((r) => r < -1);
  const path = new ExchangePath(market, maxIterations, signal);
  let barrier = complements ? firstBarrier / market.goodCount : 0;
  let sharpness = gentlest;
  if (!smooth) sharpen(path.spending, path.logPrices, 0, sharpness);
  path.begin(barrier, sharpness);
  if (!path.jump(barrier)) path.follow(barrier);
  const mayBeFree = market.rho.includes(Number.NEGATIVE_INFINITY);
  let safe = path.snapshot();
  let [safeSharpness, factor] = [sharpness, 2];
  for (let round = 0; round < patience && !path.exhausted(); round++) {
    const done = barrier <= lastBarrier / market.goodCount;
    // Where every good is bought at every price, none is free in the end.
    if (done && !mayBeFree) barrier = 0;
    const arrived = path.correct(1, barrier, done && smooth ? 1e-13 : 1e-10);
    if (arrived || smooth) {
      if (done && (smooth || spendingRegret(path.spending, path.logPrices) <= settled)) break;
      if (!done) barrier *= 0.2;
      safe = path.snapshot();
      [safeSharpness, factor] = [sharpness, 2];
    } else {
      // The shift was too sharp: it is taken back, for a gentler one.
      path.restore(safe);
      factor /= 4;
      if (factor < 1e-4) break;
    }
    if (smooth) continue;
    sharpness = Math.min(sharpest, safeSharpness * factor);
    sharpen(path.spending, path.logPrices, safeSharpness, sharpness);
  }
  return path.point(mayBeFree && path.correctWithoutBarrier() ? 0 : barrier);
}

/** Prices, and how agents divide their spending. */
interface Snapshot {
  readonly logPrices: Float64Array;
  readonly base: Float64Array;
  readonly curvature: Float64Array;
}

class ExchangePath {
  readonly market: ExchangeMarket;
  readonly spending: Spending;
  readonly logPrices: Float64Array;
  iterations = 0;
  readonly #prices: Float64Array;
  readonly #excess: Float64Array;
  readonly #maxIterations: number;
  readonly #signal: { readonly aborted: boolean } | undefined;

  constructor(market: ExchangeMarket, maxIterations: number, signal: { readonly aborted: boolean } | undefined) {
    const n = market.goodCount;
    this.market = market;
    this.spending = spendingOf(market);
    this.logPrices = new Float64Array(n).fill(-Math.log(n));
    this.#prices = new Float64Array(n);
    this.#excess = new Float64Array(n);
    this.#maxIterations = maxIterations;
    this.#signal = signal;
  }

  snapshot(): Snapshot {
    const { base, curvature } = this.spending;
    return { logPrices: this.logPrices.slice(), base: base.slice(), curvature: curvature.slice() };
  }

  restore({ logPrices, base, curvature }: Snapshot): void {
    this.logPrices.set(logPrices);
    this.spending.base.set(base);
    this.spending.curvature.set(curvature);
  }

  exhausted(): boolean {
    return this.iterations >= this.#maxIterations || this.#signal?.aborted === true;
  }

  /** Values excess demand, with what prices are short of summing to 1; gives the largest as a part of the good. */
  #evaluate(along: number, barrier: number): number {
    const { market, spending, logPrices } = this;
    const { budgets, ownership, goodCount: n } = market;
    const [prices, excess] = [this.#prices, this.#excess];
    let total = 0;
    for (let j = 0; j < n; j++) {
      prices[j] = Math.exp(logPrices[j] as number);
      total += prices[j] as number;
    }
    const untaxed = 1 - n * barrier;
    for (let i = 0; i < budgets.length; i++) {
      let income = 0;
      for (let j = 0; j < n; j++) income += (ownership[i * n + j] as number) * (prices[j] as number);
      budgets[i] = untaxed * (((1 - along) * total) / budgets.length + along * income);
    }
    spend(spending, logPrices);
    let worst = Math.abs(1 - total);
    for (let j = 0; j < n; j++) {
      const price = prices[j] as number;
      const value = (spending.received[j] as number) + barrier - price;
      worst = Math.max(worst, Math.abs(value) / price);
      excess[j] = value + price * (1 - total);
    }
    return worst;
  }

  /** The matrix by which relative changes of prices lower excess demand, and by which more of the way raises it, bordered by `last`. */
  #system(along: number, barrier: number, last: Float64Array | undefined): Float64Array {
    const { market, spending } = this;
    const { budgets, ownership, starts, goods, goodCount: n } = market;
    const { curvature, spent } = spending;
    const prices = this.#prices;
    const size = last ? n + 1 : n;
    const matrix = new Float64Array(size * size);
    const total = prices.reduce((sum, price) => sum + price, 0);
    const untaxed = 1 - n * barrier;
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) matrix[j * size + k] = (prices[j] as number) * (prices[k] as number);
      matrix[j * size + j] = (matrix[j * size + j] as number) + (prices[j] as number);
    }
    for (let i = 0; i < budgets.length; i++) {
      const c = curvature[i] as number;
      const income = budgets[i] as number;
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      let difference = -total / budgets.length;
      for (let k = 0; k < n; k++) difference += (ownership[i * n + k] as number) * (prices[k] as number);
      for (let e = from; e < to; e++) {
        const money = spent[e] as number;
        if (money === 0) continue;
        const row = (goods[e] as number) * size;
        const at = row + (goods[e] as number);
        matrix[at] = (matrix[at] as number) + c * money;
        const share = money / income;
        for (let f = from; f < to; f++) {
          const where = row + (goods[f] as number);
          matrix[where] = (matrix[where] as number) - c * share * (spent[f] as number);
        }
        for (let k = 0; k < n; k++) {
          const owned = (1 - along) / budgets.length + along * (ownership[i * n + k] as number);
          matrix[row + k] = (matrix[row + k] as number) - share * untaxed * owned * (prices[k] as number);
        }
        if (last) matrix[row + n] = (matrix[row + n] as number) - share * untaxed * difference;
      }
    }
    if (last) matrix.set(last, n * size);
    return matrix;
  }

  /** Newton's method at a point of the way; gives whether markets clear up to `tolerance` at its end. */
  correct(along: number, barrier: number, tolerance: number): boolean {
    const { logPrices } = this;
    let worst = this.#evaluate(along, barrier);
    const start = logPrices.slice();
    for (let step = 0; step < 40 && worst > tolerance && !this.exhausted(); step++) {
      this.iterations += 1;
      const change = this.#excess.slice();
      if (solveLinearSystem(this.#system(along, barrier, undefined), change, 0) === 0) return false;
      start.set(logPrices);
      let length = 1;
      for (;;) {
        for (let j = 0; j < start.length; j++)
          logPrices[j] = (start[j] as number) + logChange(length * (change[j] as number));
        const after = this.#evaluate(along, barrier);
        if (after < worst * (1 - length / 4)) {
          worst = after;
          break;
        }
        length /= 2;
        if (length > 1e-4) continue;
        logPrices.set(start);
        this.#evaluate(along, barrier);
        return worst <= tolerance;
      }
    }
    return worst <= tolerance;
  }

  /** Takes the small agent back, if no good turns out to be free without it: what it takes from the poorest may be much to them. */
  correctWithoutBarrier(): boolean {
    const before = this.snapshot();
    const lowest = (): number => this.logPrices.reduce((least, log) => Math.min(least, log), 0);
    const least = lowest();
    if (this.correct(1, 0, 1e-13) && lowest() > least - 1) return true;
    this.restore(before);
    return false;
  }

  /** Goes to the beginning of the way: a Fisher market, whose equilibrium minimizes a convex function. */
  begin(barrier: number, sharpness: number): void {
    const { market } = this;
    const budget = (1 - market.goodCount * barrier) / market.budgets.length;
    const fisher = { ...market, budgets: market.budgets.map(() => budget) };
    const start = new CentralPath(fisher, { maxIterations: this.#maxIterations, tolerance: 0, signal: this.#signal });
    start.sharpen(0, sharpness);
    start.descend(barrier, 1e-8);
    this.iterations += start.iterations;
    this.logPrices.set(start.logPrices);
    this.correct(0, barrier, 1e-8);
  }

  /** Tries the end of the way at once, which does where goods are substitutes. */
  jump(barrier: number): boolean {
    const start = this.logPrices.slice();
    if (this.correct(1, barrier, 1e-8)) return true;
    this.logPrices.set(start);
    return false;
  }

  /** Follows the path to its end. */
  follow(barrier: number): void {
    const { logPrices } = this;
    const n = logPrices.length;
    let along = 0;
    let [length, tangent] = [0.1, new Float64Array(n + 1)];
    tangent[n] = 1;
    while (along < 1 && !this.exhausted()) {
      this.#evaluate(along, barrier);
      const direction = new Float64Array(n + 1);
      direction[n] = 1;
      if (solveLinearSystem(this.#system(along, barrier, tangent), direction, 0) === 0) return;
      const norm = Math.hypot(...direction);
      for (let j = 0; j <= n; j++) direction[j] = (direction[j] as number) / norm;
      tangent = direction;
      const start = logPrices.slice();
      const arrived = this.#advance(along, barrier, tangent, length);
      if (arrived === undefined) {
        logPrices.set(start);
        length /= 3;
        if (length < 1e-9) return;
        continue;
      }
      along = arrived;
      length = Math.min(0.5, length * 1.6);
    }
  }

  /** One step along the path, back to it by Newton's method across the tangent; gives how far along that is, unless it fails. */
  #advance(from: number, barrier: number, tangent: Float64Array, length: number): number | undefined {
    const { logPrices } = this;
    const n = logPrices.length;
    let along = from + length * (tangent[n] as number);
    for (let j = 0; j < n; j++) logPrices[j] = (logPrices[j] as number) + length * (tangent[j] as number);
    if (along > 1) return this.correct(1, barrier, 1e-8) ? 1 : undefined;
    let before = Infinity;
    for (let step = 0; step < 8; step++) {
      const worst = this.#evaluate(along, barrier);
      if (worst <= 1e-8) return along;
      if (worst > before / 2) return undefined;
      before = worst;
      this.iterations += 1;
      const change = new Float64Array(n + 1);
      change.set(this.#excess);
      if (solveLinearSystem(this.#system(along, barrier, tangent), change, 0) === 0) return undefined;
      for (let j = 0; j < n; j++) logPrices[j] = (logPrices[j] as number) + logChange(change[j] as number);
      along += change[n] as number;
    }
    return undefined;
  }

  /** Prices and quantities where the path is; goods of which something is left for no price get none. */
  point(barrier: number): ExchangePoint {
    const { market, spending, logPrices, iterations } = this;
    const { goodCount: n, goods, starts, budgets } = market;
    this.#evaluate(1, barrier);
    const prices = this.#prices.slice();
    const free = prices.map((price, j) =>
      Number(barrier > 0 && price * n < 1e-9 && (spending.received[j] as number) < 0.999999 * price),
    );
    const quantities = new Float64Array(goods.length);
    for (let i = 0; i < budgets.length; i++) {
      const c = spending.curvature[i] as number;
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      let most = -Infinity;
      for (let k = from; k < to; k++)
        most = Math.max(most, (spending.base[k] as number) - c * (logPrices[goods[k] as number] as number));
      let total = 0;
      const shareOf = (k: number): number =>
        Math.exp((spending.base[k] as number) - c * (logPrices[goods[k] as number] as number) - most);
      for (let k = from; k < to; k++) total += shareOf(k);
      for (let k = from; k < to; k++) {
        const j = goods[k] as number;
        const received = spending.received[j] as number;
        const scale = free[j] || received === 0 ? 1 : (prices[j] as number) / received;
        quantities[k] = ((shareOf(k) / total) * (budgets[i] as number) * scale) / (prices[j] as number);
      }
    }
    return { prices: prices.map((price, j) => (free[j] ? 0 : price)), quantities, iterations };
  }
}

/** A relative change as a change of the logarithm: exact downwards, where free goods go, and careful upwards. */
function logChange(change: number): number {
  return change < 0 ? Math.log1p(Math.max(change, -0.9)) : Math.min(change, 2);
}
