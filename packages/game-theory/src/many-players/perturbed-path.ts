import { type Pace, pause, solveLinearSystem } from '@mechane/numerics';
import type { PayoffMap } from './payoff-map.ts';

/** What a step of the path led to: an equilibrium of the game itself, nothing of note, or the end. */
export type PathStep = 'equilibrium' | 'moved' | 'ended' | 'stuck';

/** Steps of this length begin in a new cell; where paths are straight, they may be of any length. */
const firstLength = 0.1;
const smallestLength = 1e-10;
/** The most that weights may change in a step where the path may bend. */
const largestMove = 0.4;
const mostIterations = 8;
const converged = 1e-13;
const accepted = 1e-9;
const outside = 1e-9;
const standstill = 1e-12;
/**
 * How far the path may lie from the tangent, in lengths of the step, and the most that it may turn, as 1 over the
 * cosine.
 */
const mostBent = 0.1;
const straight = 0.05;
const mostTurn = 1.2;
/** More than the widest range of payoffs, which is 1. */
const dominant = 1.5;

/**
 * What a strategy's weight, or what it pays less than the best, has just become 0: where the path leaves its cell. λ
 * has the number -1.
 */
const noEvent = -2;
const lambdaEvent = -1;

/**
 * The equilibria of all games in which strategies are paid λ times a bonus on top (Govindan and Wilson 2003). For a
 * bonus of which each player's
 * largest is the only one, they lie on a path that begins where λ is large and only those strategies are played; every
 * point of the path where λ is 0 is an
 * equilibrium of the game. Within a cell, where supports stay the same, the path is smooth; the steps go from cell to
 * cell.
 */
export class PerturbedPath {
  readonly map: PayoffMap;
  readonly weights: Float64Array;
  lambda: number;
  readonly #bonus: Float64Array;
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  readonly #playerOf: Int32Array;
  /** The strategies in the supports, numbered through. */
  #active: boolean[];
  #order: number[] = [];
  /** For every player, the strategy of its support that the others are compared with. */
  readonly #references: number[];
  #tangent: Float64Array = new Float64Array(0);
  #length: number;
  #justCrossed: number = noEvent;
  #determinant: -1 | 0 | 1 = 0;
  #orientation: -1 | 0 | 1 = 0;
  /** Whether the path is straight in the cell, and what its strategies pay changes evenly: where only one player mixes at most. */
  #isStraight = false;
  #crossings = 0;
  #remembered: { readonly lambda: number; readonly weights: Float64Array; readonly event: number } = {
    lambda: Number.POSITIVE_INFINITY,
    weights: new Float64Array(0),
    event: noEvent,
  };
  /** The side of 0 on which λ is. */
  #side = 1;

  /** @param bonus for every strategy, numbered through; with one largest for each player */
  constructor(map: PayoffMap, bonus: Float64Array) {
    this.map = map;
    this.#bonus = bonus;
    this.#length = firstLength;
    this.weights = new Float64Array(map.size);
    this.#values = new Float64Array(map.size);
    this.#slopes = new Float64Array(map.size * map.size);
    this.#playerOf = new Int32Array(map.size);
    this.#active = new Array<boolean>(map.size).fill(false);
    this.#references = [];
    let gap = Number.POSITIVE_INFINITY;
    map.shape.forEach((_, player) => {
      const [from, to] = [map.offsets[player] as number, map.offsets[player + 1] as number];
      let best = from;
      for (let at = from; at < to; at++) {
        this.#playerOf[at] = player;
        if ((bonus[at] as number) > (bonus[best] as number)) best = at;
      }
      for (let at = from; at < to; at++) {
        if (at !== best) gap = Math.min(gap, (bonus[best] as number) - (bonus[at] as number));
      }
      this.weights[best] = 1;
      this.#active[best] = true;
      this.#references.push(best);
    });
    this.lambda = gap === Number.POSITIVE_INFINITY ? 1 : dominant / gap;
    this.#enterCell();
    this.#tangent = new Float64Array(this.#order.length + 1);
    this.#tangent[this.#order.length] = -1;
    map.evaluate(this.weights, this.#values, this.#slopes);
    this.#turn(this.#tangent);
  }

  /** Goes on by a step; that led nowhere where the pace stopped it. */
  *next(pace: Pace): Generator<typeof pause, PathStep, void> {
    const event = this.#nextEvent(this.#tangent);
    // Where only the bonus changes and nothing comes of it, the path goes on like this forever.
    if (event.strategy === noEvent && Math.abs(this.#tangent.at(-1) as number) > 1 - standstill) return 'ended';
    for (;;) {
      if (pace.due(0)) {
        yield pause;
        if (pace.stopped !== undefined) return 'stuck';
      }
      const farther = event.strategy === noEvent || event.length > this.#length;
      const reached = farther ? this.#advance(this.#length) : this.#advanceTo(event);
      if (reached !== undefined) {
        if (reached <= accepted + straight * this.#length) this.#lengthen();
        if (farther) {
          this.#justCrossed = noEvent;
          return this.#turn(this.#tangent) ? 'moved' : 'stuck';
        }
        return this.#cross(event.strategy);
      }
      // Where the way to the event is too bent for one step, the path gets nearer to it first.
      this.#length = Math.min(this.#length, farther ? Number.POSITIVE_INFINITY : event.length) / 2;
      if (this.#length < smallestLength) return 'stuck';
    }
  }

  /** Doubles the step; where only the bonus changes, it may be of any length. */
  #lengthen(): void {
    if (this.#isStraight) return;
    let fastest = 1e-6;
    for (let at = 0; at < this.#order.length; at++) fastest = Math.max(fastest, Math.abs(this.#tangent[at] as number));
    this.#length = Math.min(2 * this.#length, largestMove / fastest);
  }

  #enterCell(): void {
    this.#order = [];
    for (let strategy = 0; strategy < this.map.size; strategy++) if (this.#active[strategy]) this.#order.push(strategy);
    const mixing = this.map.shape.filter(
      (_, player) => this.#order.filter((strategy) => this.#playerOf[strategy] === player).length > 1,
    ).length;
    this.#isStraight = this.map.isAffine || mixing <= 1;
    this.#length = this.#isStraight ? Number.POSITIVE_INFINITY : Math.min(this.#length, firstLength);
    this.map.shape.forEach((_, player) => {
      const reference = this.#references[player] as number;
      if (this.#active[reference]) return;
      // The strategy with the largest weight stays longest.
      let best = -1;
      for (const strategy of this.#order) {
        if (this.#playerOf[strategy] !== player) continue;
        if (best === -1 || (this.weights[strategy] as number) > (this.weights[best] as number)) best = strategy;
      }
      this.#references[player] = best;
    });
  }

  /**
   * Solves the equations of the cell, linearised, with one more row: in place of it stands what belongs to the event,
   * or the tangent.
   *
   * @returns the step, or `undefined` where there is not just one
   */
  #solve(lastRow: Float64Array, lastRight: number, residual: boolean): Float64Array | undefined {
    const { map, weights, lambda } = this;
    const { size } = map;
    const order = this.#order;
    const count = order.length;
    const width = count + 1;
    const matrix = new Float64Array(width * width);
    const right = new Float64Array(width);
    for (let row = 0; row < count; row++) {
      const strategy = order[row] as number;
      const player = this.#playerOf[strategy] as number;
      const reference = this.#references[player] as number;
      if (strategy === reference) {
        let sum = 0;
        for (let column = 0; column < count; column++) {
          const by = order[column] as number;
          if (this.#playerOf[by] !== player) continue;
          matrix[row * width + column] = 1;
          sum += weights[by] as number;
        }
        if (residual) right[row] = 1 - sum;
        continue;
      }
      for (let column = 0; column < count; column++) {
        const by = order[column] as number;
        matrix[row * width + column] =
          (this.#slopes[strategy * size + by] as number) - (this.#slopes[reference * size + by] as number);
      }
      const bonus = (this.#bonus[strategy] as number) - (this.#bonus[reference] as number);
      matrix[row * width + count] = bonus;
      if (residual)
        right[row] = (this.#values[reference] as number) - (this.#values[strategy] as number) - lambda * bonus;
    }
    matrix.set(lastRow, count * width);
    right[count] = lastRight;
    this.#determinant = solveLinearSystem(matrix, right);
    return this.#determinant === 0 ? undefined : right;
  }

  /** What a strategy outside the supports pays less than those inside. */
  #slack(strategy: number): number {
    const reference = this.#references[this.#playerOf[strategy] as number] as number;
    const bonus = (this.#bonus[reference] as number) - (this.#bonus[strategy] as number);
    return (this.#values[reference] as number) - (this.#values[strategy] as number) + this.lambda * bonus;
  }

  /** How the slack grows with the weights of the supports, and at last with λ. */
  #slackRow(strategy: number): Float64Array {
    const reference = this.#references[this.#playerOf[strategy] as number] as number;
    const { size } = this.map;
    const row = new Float64Array(this.#order.length + 1);
    this.#order.forEach((by, column) => {
      row[column] = (this.#slopes[reference * size + by] as number) - (this.#slopes[strategy * size + by] as number);
    });
    row[this.#order.length] = (this.#bonus[reference] as number) - (this.#bonus[strategy] as number);
    return row;
  }

  /** How fast the slack grows along a tangent. */
  #slackRate(strategy: number, tangent: Float64Array): number {
    const { size } = this.map;
    const order = this.#order;
    const reference = this.#references[this.#playerOf[strategy] as number] as number;
    let rate =
      ((this.#bonus[reference] as number) - (this.#bonus[strategy] as number)) * (tangent[order.length] as number);
    for (let column = 0; column < order.length; column++) {
      const by = order[column] as number;
      const slope = (this.#slopes[reference * size + by] as number) - (this.#slopes[strategy * size + by] as number);
      rate += slope * (tangent[column] as number);
    }
    return rate;
  }

  /** The value of what becomes 0 in an event, and the row of its derivatives. */
  #watched(event: number): { readonly value: number; readonly row: Float64Array } {
    const count = this.#order.length;
    const row = new Float64Array(count + 1);
    if (event === lambdaEvent) {
      row[count] = 1;
      return { value: this.lambda, row };
    }
    if (!this.#active[event]) return { value: this.#slack(event), row: this.#slackRow(event) };
    row[this.#order.indexOf(event)] = 1;
    return { value: this.weights[event] as number, row };
  }

  /** What becomes 0 first along the tangent. */
  #nextEvent(tangent: Float64Array): { readonly strategy: number; readonly length: number } {
    const count = this.#order.length;
    let [first, length] = [noEvent, Number.POSITIVE_INFINITY];
    const rateOfLambda = (tangent[count] as number) * this.#side;
    if (this.#justCrossed !== lambdaEvent && rateOfLambda < 0) {
      [first, length] = [lambdaEvent, -(this.lambda * this.#side) / rateOfLambda];
    }
    for (let strategy = 0, column = 0; strategy < this.map.size; strategy++) {
      let [value, rate] = [0, 0];
      if (this.#active[strategy]) {
        [value, rate] = [this.weights[strategy] as number, tangent[column++] as number];
      } else {
        value = this.#slack(strategy);
        rate = this.#slackRate(strategy, tangent);
      }
      if (rate >= 0 || strategy === this.#justCrossed) continue;
      const until = Math.max(0, value) / -rate;
      if (until < length) [first, length] = [strategy, until];
    }
    return { strategy: first, length };
  }

  /** A step of a length along the tangent and back to the path. Says how far back that was, or undoes it. */
  #advance(length: number): number | undefined {
    const [weights, lambda] = [this.weights.slice(), this.lambda];
    this.#move(this.#tangent, length);
    const distance = this.#correct(() => ({ row: this.#tangent, right: 0 }));
    if (this.#isOnPath(distance, length) && this.#isInside(noEvent) && this.#isSmooth()) return distance;
    return this.#undo(weights, lambda);
  }

  /** A step to where an event takes place, and back to the path. Says how far back that was, or undoes it. */
  #advanceTo({ strategy, length }: { readonly strategy: number; readonly length: number }): number | undefined {
    const [weights, lambda] = [this.weights.slice(), this.lambda];
    this.#move(this.#tangent, length);
    const distance = this.#correct(() => {
      const { value, row } = this.#watched(strategy);
      return { row, right: -value };
    });
    if (this.#isOnPath(distance, length) && this.#isInside(strategy) && this.#isSmooth()) return distance;
    return this.#undo(weights, lambda);
  }

  /** Whether it was near from the tangent to the path, so that it will not be another path. */
  #isOnPath(distance: number | undefined, length: number): distance is number {
    return distance !== undefined && distance <= accepted + mostBent * length;
  }

  /** Whether the path goes on in about the same direction. */
  #isSmooth(): boolean {
    const tangent = this.#solve(this.#tangent, 1, false);
    // The step along the old tangent being 1, the length of this one is 1 over the cosine.
    return tangent !== undefined && lengthOf(tangent) < mostTurn && this.#determinant === this.#orientation;
  }

  #undo(weights: Float64Array, lambda: number): undefined {
    this.weights.set(weights);
    this.lambda = lambda;
    this.map.evaluate(weights, this.#values, this.#slopes);
    return undefined;
  }

  #move(step: Float64Array, length: number): void {
    const count = this.#order.length;
    for (let column = 0; column < count; column++) {
      const strategy = this.#order[column] as number;
      this.weights[strategy] = (this.weights[strategy] as number) + length * (step[column] as number);
    }
    this.lambda += length * (step[count] as number);
  }

  /** Newton's method; returns the length of its way, or `undefined` where it does not shrink its steps fast. */
  #correct(last: () => { readonly row: Float64Array; readonly right: number }): number | undefined {
    let way = 0;
    let before = Number.POSITIVE_INFINITY;
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      this.map.evaluate(this.weights, this.#values, this.#slopes);
      const { row, right } = last();
      const step = this.#solve(row, right, true);
      if (step === undefined) return undefined;
      this.#move(step, 1);
      const size = lengthOf(step);
      way += size;
      if (size <= converged || (size <= accepted && size > before / 2)) return way;
      if (size > before / 2 || !(size < 1)) return undefined;
      before = size;
    }
    return undefined;
  }

  /** Whether the point lies in the cell, but for the strategy whose event it is. */
  #isInside(event: number): boolean {
    this.map.evaluate(this.weights, this.#values, this.#slopes);
    if (event !== lambdaEvent && this.lambda * this.#side < 0) return false;
    for (let strategy = 0; strategy < this.map.size; strategy++) {
      if (strategy === event) continue;
      const value = this.#active[strategy] ? (this.weights[strategy] as number) : this.#slack(strategy);
      if (value < -outside) return false;
    }
    return true;
  }

  /** Leaves the cell by an event. */
  #cross(event: number): PathStep {
    this.#justCrossed = event;
    if (event === lambdaEvent) {
      this.lambda = 0;
      this.#side = -this.#side;
      return this.#turn(this.#tangent) ? 'equilibrium' : 'stuck';
    }
    if (this.#hasBeenHere()) return 'stuck';
    this.#active[event] = !this.#active[event];
    this.weights[event] = 0;
    this.#enterCell();
    // The new tangent leads into the new cell.
    const { row } = this.#watched(event);
    return this.#turn(row) ? 'moved' : 'stuck';
  }

  /**
   * A path that comes from far λ never returns to a point: if one does, a step has led to another path, which is
   * closed. Points are compared with one
   * that is renewed ever more rarely (Brent 1980).
   */
  #hasBeenHere(): boolean {
    const remembered = this.#remembered;
    if (
      Math.abs(this.lambda - remembered.lambda) < accepted &&
      this.weights.every((weight, at) => Math.abs(weight - (remembered.weights[at] as number)) < accepted) &&
      this.#justCrossed === remembered.event
    ) {
      return true;
    }
    this.#crossings += 1;
    if ((this.#crossings & (this.#crossings - 1)) === 0) {
      this.#remembered = { lambda: this.lambda, weights: this.weights.slice(), event: this.#justCrossed };
    }
    return false;
  }

  /** Sets the tangent that has a positive product with a vector. */
  #turn(along: Float64Array): boolean {
    const tangent = this.#solve(along, 1, false);
    if (tangent === undefined) return false;
    // Within a cell the sign of the determinant stays the same along the path; on another path it may be the other.
    this.#orientation = this.#determinant;
    const length = lengthOf(tangent);
    for (let at = 0; at < tangent.length; at++) tangent[at] = (tangent[at] as number) / length;
    this.#tangent = tangent;
    return true;
  }
}

function lengthOf(vector: Float64Array): number {
  let squares = 0;
  for (const part of vector) squares += part * part;
  return Math.sqrt(squares);
}
