import type { Distribution } from './distribution.ts';

/**
 * What serving a bidder is worth to the seller, in expectation, as a function φ of its bid: φ(v) = v − (1 − F(v)) / f(v) where that
 * never falls, and otherwise its ironed version (Myerson 1981, section 6). It never falls, and is −∞ below every value the bidder may
 * have.
 */
export interface VirtualValue {
  /** φ at a bid. */
  at(bid: number): number;
  /** The least bid with φ ≥ level; infinite where there is none. */
  reaching(level: number): number;
  /** The bid above which φ > level; infinite where there is none. */
  exceeding(level: number): number;
}

/** The virtual value that belongs to a distribution. */
export function virtualValueOf(distribution: Distribution): VirtualValue {
  switch (distribution.kind) {
    case 'uniform':
      return uniform(distribution.low, distribution.high);
    case 'exponential':
      return exponential(distribution.mean);
    case 'empirical':
      return empirical(distribution.samples);
  }
}

/** F(v) = (v − low) / (high − low), so φ(v) = 2v − high; carried on above `high`, where the seller expects nobody. */
function uniform(low: number, high: number): VirtualValue {
  const inverse = (level: number): number => Math.max(low, (level + high) / 2);
  return { at: (bid) => (bid < low ? -Infinity : 2 * bid - high), reaching: inverse, exceeding: inverse };
}

/** F(v) = 1 − e^(−v / mean), so φ(v) = v − mean. */
function exponential(mean: number): VirtualValue {
  const inverse = (level: number): number => Math.max(0, level + mean);
  return { at: (bid) => bid - mean, reaching: inverse, exceeding: inverse };
}

/**
 * With values that come in lumps, selling to the q best of n samples at the lowest value among them earns R(q), and φ is the
 * slope of R. Where R is not concave its concave hull takes its place: that irons φ. Exact for whole-number samples.
 */
function empirical(samples: readonly number[]): VirtualValue {
  const steps = ironedSteps(samples);
  const firstWith = (holds: (step: Step) => boolean): number => {
    let [low, high] = [0, steps.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(steps[middle] as Step)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const bidAt = (index: number): number => steps[index]?.from ?? Infinity;
  return {
    at: (bid) => steps[firstWith(({ from }) => from > bid) - 1]?.level ?? -Infinity,
    reaching: (level) => bidAt(firstWith((step) => step.level >= level)),
    exceeding: (level) => bidAt(firstWith((step) => step.level > level)),
  };
}

/** From this bid on, up to the next step, φ has this level. */
interface Step {
  readonly from: number;
  readonly level: number;
}

/** A vertex of the revenue curve: the `sold` best samples, served at `price`. */
interface Vertex {
  readonly sold: number;
  readonly price: number;
}

/** The steps of the ironed virtual value, lowest bid first: the slopes of the revenue curve's concave hull. */
function ironedSteps(samples: readonly number[]): readonly Step[] {
  const descending = Float64Array.from(samples).sort().reverse();
  const hull: Vertex[] = [];
  descending.forEach((price, index) => {
    if (descending[index + 1] === price) return;
    const vertex = { sold: index + 1, price };
    while (hull.length > 0 && slope(hull.at(-2), hull.at(-1)) <= slope(hull.at(-1), vertex)) hull.pop();
    hull.push(vertex);
  });
  return hull.map((vertex, index) => ({ from: vertex.price, level: slope(hull[index - 1], vertex) })).reverse();
}

/** The slope of the revenue curve between two vertices, the first of which may be its origin. */
function slope(before: Vertex = { sold: 0, price: 0 }, after: Vertex = { sold: 0, price: 0 }): number {
  return (after.sold * after.price - before.sold * before.price) / (after.sold - before.sold);
}
