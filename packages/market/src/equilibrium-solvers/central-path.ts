import type { FisherMarket, FisherSolution, SolverOptions } from './fisher-market.ts';
import { newtonStep } from './newton-step.ts';
import { sharpen, spendingRegret } from './sharpening.ts';
import { type Spending, spend, spendingOf } from './spending.ts';

/** Prices on their way to an equilibrium. */
export class CentralPath {
  readonly market: FisherMarket;
  readonly options: SolverOptions;
  readonly spending: Spending;
  readonly prices: Float64Array;
  readonly logPrices: Float64Array;
  /** What is left over of each good, where a barrier is used. */
  readonly left: Float64Array;
  /** The barrier that is no more than rounding, even of what the poorest agent spends. */
  readonly lastBarrier: number;
  iterations = 0;

  constructor(market: FisherMarket, options: SolverOptions) {
    const n = market.goodCount;
    this.market = market;
    this.options = options;
    this.spending = spendingOf(market);
    this.prices = new Float64Array(n).fill(1 / n);
    this.logPrices = this.prices.map(Math.log);
    this.left = new Float64Array(n);
    const poorest = market.budgets.reduce((least, budget) => Math.min(least, budget), 1);
    this.lastBarrier = Math.max(1e-20, Math.min(1e-12, 1e-9 * poorest)) / n;
  }

  /** The path from this point on in a market where only some entries are left. */
  narrowed(market: FisherMarket, entries: Int32Array): CentralPath {
    const path = new CentralPath(market, this.options);
    path.prices.set(this.prices);
    path.logPrices.set(this.logPrices);
    path.spending.base.set(Float64Array.from(entries, (entry) => this.spending.base[entry] as number));
    path.spending.curvature.set(this.spending.curvature);
    path.spending.keepingBase.set(this.spending.keepingBase);
    path.iterations = this.iterations;
    return path;
  }

  exhausted(): boolean {
    return this.iterations >= this.options.maxIterations || this.options.signal?.aborted === true;
  }

  /** Newton's method down to this excess of demand over supply, as a part of supply, or of the barrier where that is to be centred on only. */
  descend(barrier: number, tolerance: number, centring = false): void {
    const { spending, prices, logPrices, left } = this;
    const n = prices.length;
    const extra = new Float64Array(n);
    const step = new Float64Array(n);
    const start = new Float64Array(n);
    spend(spending, logPrices);
    for (let round = 0; round < 60 && !this.exhausted(); round++) {
      const { received } = spending;
      let worst = 0;
      for (let j = 0; j < n; j++) {
        const price = prices[j] as number;
        if (barrier > 0 && left[j] === 0) left[j] = barrier / price;
        const shortage = (received[j] as number) + barrier - price;
        worst = Math.max(worst, Math.abs(shortage) / (centring ? barrier : price));
        step[j] = shortage;
        extra[j] = price * (left[j] as number);
      }
      if (worst <= tolerance) return;
      this.iterations += 1;
      newtonStep(spending, extra, step, Math.min(0.05, worst * 0.1));
      let [slope, longest] = [0, 1];
      for (let j = 0; j < n; j++) {
        const change = step[j] as number;
        start[j] = prices[j] as number;
        slope += ((prices[j] as number) - (received[j] as number) - barrier) * change;
        if (-0.95 < change * longest) continue;
        longest = -0.95 / change;
      }
      if (barrier > 0) {
        for (let j = 0; j < n; j++) {
          const spare = left[j] as number;
          const change = barrier / (prices[j] as number) - spare - spare * (step[j] as number);
          if (spare + longest * change < 0.05 * spare) longest = (0.95 * spare) / -change;
        }
      }
      if (!(slope < 0)) return;
      this.#search(start, step, slope, longest, barrier);
    }
  }

  /** Goes along a descent direction until the slope is not much steeper upwards than it was downwards. */
  #search(start: Float64Array, step: Float64Array, slope: number, longest: number, barrier: number): void {
    const { spending, prices, logPrices, left } = this;
    const n = prices.length;
    for (let length = longest; ; length /= 3) {
      for (let j = 0; j < n; j++) {
        prices[j] = (start[j] as number) * (1 + length * (step[j] as number));
        logPrices[j] = Math.log(prices[j] as number);
      }
      spend(spending, logPrices);
      let after = 0;
      for (let j = 0; j < n; j++) {
        const excess = (prices[j] as number) - (spending.received[j] as number) - barrier;
        after += (excess / (prices[j] as number)) * (start[j] as number) * (step[j] as number);
      }
      if (after > -0.5 * slope && length > 1e-8) continue;
      if (barrier === 0) return;
      for (let j = 0; j < n; j++) {
        const spare = left[j] as number;
        const change = barrier / (start[j] as number) - spare - spare * (step[j] as number);
        left[j] = Math.max(spare + length * change, 1e-300);
      }
      return;
    }
  }

  /** Lets linear agents start from what they spend now, and shift it more sharply. */
  sharpen(from: number, to: number): void {
    sharpen(this.spending, this.logPrices, from, to);
  }

  /** What linear agents could gain by spending on their favourite goods only, as a part of all money. */
  regret(): number {
    return spendingRegret(this.spending, this.logPrices);
  }

  /** Quantities that clear the markets at the prices reached; goods of which something is left for no price get none. */
  solution(): Omit<FisherSolution, 'method'> {
    const { market, spending, prices, left, iterations } = this;
    const { received, spent } = spending;
    const n = prices.length;
    const free = prices.map((price, j) => Number((left[j] as number) > 1e-6 && price * n < 1e-9));
    const quantities = spent.map((money, k) => {
      const j = market.goods[k] as number;
      return money === 0 ? 0 : money / ((free[j] ? prices[j] : received[j]) as number);
    });
    this.#fillIn(quantities);
    return { prices: prices.map((price, j) => (free[j] ? 0 : price)), quantities, iterations };
  }

  /** Complements are needed however little they cost. */
  #fillIn(quantities: Float64Array): void {
    const { market, spending, logPrices } = this;
    const { starts, goods, budgets } = market;
    const { base, curvature } = spending;
    for (let i = 0; i < budgets.length; i++) {
      const c = curvature[i] as number;
      if (c >= 0) continue;
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      const logs = Float64Array.from({ length: to - from }, (_, offset) => {
        const k = from + offset;
        return (base[k] as number) - c * (logPrices[goods[k] as number] as number);
      });
      const most = logs.reduce((largest, log) => Math.max(largest, log), -Infinity);
      const total = logs.reduce((sum, log) => sum + Math.exp(log - most), 0);
      for (let k = from; k < to; k++) {
        if (quantities[k] !== 0) continue;
        const price = logPrices[goods[k] as number] as number;
        quantities[k] = ((budgets[i] as number) / total) * Math.exp((logs[k - from] as number) - most - price);
      }
    }
  }
}
