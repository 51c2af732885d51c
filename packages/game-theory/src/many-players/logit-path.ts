import type { Pace, pause, SearchOptions } from '@mechane/numerics';
import type { Steps } from '../search.ts';
import { LogitSystem } from './logit-system.ts';
import type { PayoffMap } from './payoff-map.ts';

export interface PathOptions extends SearchOptions {
  /** Whether all points of the path are results, too. */
  readonly path?: boolean;
  /** Quantal response equilibria at these values of λ are results, too, in the order in which the path meets them. */
  readonly lambdas?: readonly number[];
  /** A regret that is small enough for an equilibrium, as a share of the range of payoffs: 1e-8 unless given. */
  readonly maxRegret?: number;
}

/** How points of a path are told, and what lies near to its end. */
export interface PathTeller<Told extends object> {
  /** What λ is, in payoffs of the game, where it is 1 in values of the map: 1 unless told. */
  readonly lambdaUnit?: number;
  /** The most that anybody gains by deviating, as a share of the range of its payoffs. */
  regret(weights: Float64Array): number;
  /** After how many steps the path is given up: long after any that comes to an end, unless told. */
  readonly mostSteps?: number;
  /** The equilibrium in reach of some weights. */
  nearby(weights: Float64Array): Float64Array | undefined;
  told(weights: Float64Array): Told;
  /** The end of the path. */
  limit(weights: Float64Array): Told;
}

/** Some paths go on in ever smaller steps. */
const longest = 20_000;
const firstStep = 0.05;
const smallestStep = 1e-9;
const mostIterations = 8;
/** How far a corrector may go, and how fast its steps have to shrink (Allgower and Georg 1990, chapter 6). */
const nominalDistance = 0.2;
const nominalContraction = 0.3;
const acceptedStep = 1e-7;
/** The cosine of the most that the path may turn in a step. */
const mostTurn = 0.8;
/**
 * From here on, λ being measured in ranges of payoffs, it is worth trying whether the equilibrium is in Newton's reach.
 */
const reach = 1_000;
const mostLambda = 1e12;
const bifurcation = 1e-6;

interface Corrected {
  readonly point: Float64Array;
  readonly tangent: Float64Array;
  /** By how much the step should have been shorter. */
  readonly excess: number;
}

/** The path of the logit correspondence from λ = 0 on. */
export class LogitPath<Told extends object> {
  readonly #map: PayoffMap;
  readonly #teller: PathTeller<Told>;
  readonly #system: LogitSystem;
  readonly #options: PathOptions;
  readonly #pace: Pace;
  /** The values of λ asked for, in values of the map. */
  readonly #wanted: readonly number[];
  readonly #unit: number;
  #orientation: -1 | 0 | 1 = 0;

  constructor(map: PayoffMap, options: PathOptions, pace: Pace, teller: PathTeller<Told>) {
    this.#map = map;
    this.#teller = teller;
    this.#system = new LogitSystem(this.#map);
    this.#options = options;
    this.#pace = pace;
    this.#unit = teller.lambdaUnit ?? 1;
    this.#wanted = (options.lambdas ?? []).map((lambda) => lambda / this.#unit);
  }

  *follow(): Steps<Told & { readonly lambda: number }> {
    const { size } = this.#system;
    const { path = false, maxRegret = 1e-8 } = this.#options;
    let point = new Float64Array(size + 1);
    let tangent = new Float64Array(size + 1);
    tangent[size] = 1;
    tangent = unit(this.#system.step(point, tangent, false) as Float64Array);
    this.#orientation = this.#system.orientation;
    let length = firstStep;
    let near: Near | undefined;
    if (path) yield this.#result(point);
    const { mostSteps = longest } = this.#teller;
    for (let steps = 0; steps < mostSteps; steps++) {
      if (!(yield* this.#pace.goesOn())) return { complete: false, reason: this.#pace.stopped as string };
      const next = yield* this.#correct(point, tangent, length);
      if (this.#pace.stopped !== undefined) return { complete: false, reason: this.#pace.stopped };
      if (next === undefined || next.excess > 2) {
        length /= 2;
        if (length < smallestStep) return { complete: false, reason: 'the path turns too sharply to be followed' };
        continue;
      }
      yield* this.#crossed(point, next.point);
      ({ point, tangent } = next as { point: Float64Array<ArrayBuffer>; tangent: Float64Array<ArrayBuffer> });
      if (path) yield this.#result(point);
      length /= Math.max(next.excess, 1 / 4);
      const lambda = point[size] as number;
      if (lambda < reach) continue;
      const { weights } = this.#system;
      const rough = this.#teller.regret(weights);
      const before: Near | undefined = near;
      near = this.#nearby();
      const approaching =
        near !== undefined &&
        before !== undefined &&
        isSame(near.weights, before.weights) &&
        near.distance <= before.distance;
      if (approaching || (near !== undefined && (rough <= maxRegret || lambda >= mostLambda))) {
        yield this.#limit((near as Near).weights);
        return oneOfSeveral;
      }
      if (rough > maxRegret && lambda < mostLambda) continue;
      if (rough > maxRegret) {
        yield this.#result(point);
        return { complete: false, reason: 'regret does not fall further' };
      }
      yield this.#limit(weights);
      return oneOfSeveral;
    }
    return { complete: false, reason: 'the path is too long' };
  }

  /** A step along the tangent, and back to the correspondence at right angles to it. */
  *#correct(
    from: Float64Array,
    tangent: Float64Array,
    length: number,
  ): Generator<typeof pause, Corrected | undefined, void> {
    const point = from.map((value, at) => value + length * (tangent[at] as number));
    let first = 0;
    let last = 0;
    let contraction = 0;
    for (let iteration = 0; ; iteration++) {
      const step = this.#system.step(point, tangent, true);
      if (step === undefined || iteration === mostIterations || !(yield* this.#pace.goesOn(0))) return undefined;
      const distance = norm(step);
      if (!(distance < 4 * nominalDistance * (1 + 0.01 * length))) return undefined;
      for (let at = 0; at < point.length; at++) point[at] = (point[at] as number) + (step[at] as number);
      if (iteration === 0) first = distance;
      else if (iteration === 1) contraction = distance / first;
      if (iteration > 0 && distance > last && distance > acceptedStep) return undefined;
      last = distance;
      if (distance <= acceptedStep * (1 + 1e-6 * Math.abs(point.at(-1) as number))) break;
    }
    const along = this.#system.step(point, tangent, false);
    if (along === undefined) return undefined;
    const turned = unit(along);
    const cosine = product(turned, tangent);
    if (!(cosine > mostTurn)) return undefined;
    // The orientation changes where the step led to another path, or past a bifurcation, which is gone straight
    // through.
    if (this.#system.orientation !== this.#orientation && length > bifurcation) return undefined;
    this.#orientation = this.#system.orientation;
    const excess = Math.max(
      Math.sqrt(first / nominalDistance),
      Math.sqrt(contraction / nominalContraction),
      Math.acos(Math.min(1, cosine)) / 0.3,
    );
    return { point, tangent: turned, excess };
  }

  /** The equilibrium that Newton's method finds from here. */
  #nearby(): Near | undefined {
    const { weights } = this.#system;
    const found = this.#teller.nearby(weights);
    if (found === undefined) return undefined;
    return { weights: found, distance: largestDifference(found, weights) };
  }

  /** The points at the values of λ that were asked for, between two points. */
  *#crossed(from: Float64Array, to: Float64Array): Generator<Told & { readonly lambda: number }, void, void> {
    const { size } = this.#system;
    const [start, end] = [from[size] as number, to[size] as number];
    const passed = this.#wanted.filter((lambda) => (lambda - start) * (lambda - end) <= 0 && lambda !== start);
    passed.sort((one, other) => (one - other) * Math.sign(end - start));
    if (from.every((value) => value === 0) && this.#wanted.includes(0)) yield this.#result(from);
    if (passed.length === 0) return;
    const fixed = new Float64Array(size + 1);
    fixed[size] = 1;
    for (const lambda of passed) {
      const share = (lambda - start) / (end - start);
      const point = from.map((value, at) => value + share * ((to[at] as number) - value));
      point[size] = lambda;
      for (let iteration = 0; iteration < mostIterations; iteration++) {
        const step = this.#system.step(point, fixed, true);
        if (step === undefined) break;
        for (let at = 0; at < size; at++) point[at] = (point[at] as number) + (step[at] as number);
        if (norm(step) < 1e-12) break;
      }
      yield this.#result(point);
    }
    this.#system.weigh(to);
    this.#map.evaluate(this.#system.weights, this.#system.values);
  }

  #result(point: Float64Array): Told & { readonly lambda: number } {
    this.#system.weigh(point);
    const lambda = (point[this.#system.size] as number) * this.#unit;
    return { ...this.#teller.told(this.#system.weights), lambda };
  }

  #limit(weights: Float64Array): Told & { readonly lambda: number } {
    return { ...this.#teller.limit(weights), lambda: Number.POSITIVE_INFINITY };
  }
}

const oneOfSeveral = { complete: false, reason: 'the path leads to one equilibrium; there may be others' } as const;

interface Near {
  readonly weights: Float64Array;
  readonly distance: number;
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  return largestDifference(one, other) < 1e-9;
}

function largestDifference(one: Float64Array, other: Float64Array): number {
  return one.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (other[at] as number))), 0);
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(product(vector, vector));
}

function unit(vector: Float64Array): Float64Array<ArrayBuffer> {
  const length = norm(vector);
  return Float64Array.from(vector, (value) => value / length);
}
