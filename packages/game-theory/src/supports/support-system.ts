/*
 * The equations of one choice of supports: against the others' plans, all that a player does is as good. Solutions are looked for in boxes of
 * probabilities. A box is left out where some equation has no solution in it, or something else is better throughout: what a multilinear form comes to
 * at most under plans in a box is found player by player. Where the slopes hardly change in a box, Newton's method finds the one solution near it,
 * and Krawczyk's test (1969) shows that there is no other: around the solution, beyond the bounds of plans, so that it does not matter if it
 * lies on them.
 */
import { type Box, contractBox, cutBox, solveLinearSystem, widestSide } from '@mechane/numerics';
import type { MultilinearForm } from './multilinear-form.ts';
import { PlanBox } from './plan-box.ts';
import { isMixed, type PlanSupport, type SignedSequences } from './plan-support.ts';

/** A solution, and the box around it in which there is no other. */
export interface Solution {
  readonly point: Float64Array;
  /** How far off it may be, in any probability. */
  readonly error: number;
  readonly alone: Box;
}

/** What can be said of the solutions in a box. */
export type SolutionsIn =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly solution: Solution }
  | { readonly kind: 'open'; readonly boxes: readonly Box[] };

/** More than all rounding of sums of payoffs between 0 and 1 adds up to. */
export const rounding = 1e-12;
const none: SolutionsIn = { kind: 'none' };
/** Slopes that change less than so much, as seen by the inverse, are worth Newton's method. */
const steady = 0.2;
const mostIterations = 12;
/** A box that loses half is looked at again before it is cut. */
const worthwhile = 0.5;

interface Column {
  readonly player: number;
  readonly place: number;
  /** How all of the player's probabilities change with it, by place. */
  readonly change: SignedSequences;
}

export class SupportSystem {
  readonly #supports: readonly PlanSupport[];
  readonly #columns: readonly Column[];
  readonly #ties: readonly MultilinearForm[];
  readonly #rivals: readonly MultilinearForm[];
  /** `slopes[tie][column]`: none where the tie does not depend on it. */
  readonly #slopes: readonly (readonly (MultilinearForm | undefined)[])[];
  readonly #boxes: readonly PlanBox[];
  readonly #weights: readonly Float64Array[];
  readonly #range: Float64Array = new Float64Array(2);
  /** The columns to cut across: those of which some player's ties depend on too few, if there are such. */
  readonly #cuttable: readonly number[];

  constructor(
    supports: readonly PlanSupport[],
    ties: readonly { readonly player: number; readonly form: MultilinearForm }[],
    rivals: readonly MultilinearForm[],
  ) {
    this.#supports = supports;
    this.#ties = ties.map(({ form }) => form);
    this.#rivals = rivals;
    this.#columns = supports.flatMap(({ free, ties: own, placeOf }, player) =>
      free.map((place, at) => ({
        player,
        place,
        change: (own[at] as SignedSequences).map(([sequence, sign]) => [placeOf[sequence] as number, sign] as const),
      })),
    );
    this.#slopes = this.#ties.map((form) =>
      this.#columns.map(({ player, change }) =>
        form.factors.includes(player) ? form.slope(player, change) : undefined,
      ),
    );
    this.#boxes = supports.map((support) => new PlanBox(support));
    this.#weights = supports.map(({ sequences }) => new Float64Array(sequences.length).fill(1));
    const overdetermined = supports.findIndex(({ free }) => free.length > this.#columns.length - free.length);
    this.#cuttable = [...this.#columns.keys()].filter((at) => this.#columns[at]?.player !== overdetermined);
  }

  whole(): Box {
    const { length } = this.#columns;
    return { low: new Float64Array(length), high: new Float64Array(length).fill(1) };
  }

  /** Whether some probabilities lie in a box. */
  static isIn(point: Float64Array, { low, high }: Box): boolean {
    return point.every((value, at) => value >= (low[at] as number) && value <= (high[at] as number));
  }

  judge(box: Box): SolutionsIn {
    const boxes = this.#boxes;
    if (!this.#enter(box)) return none;
    for (const form of this.#ties) {
      if (form.most(boxes, 1) < -rounding || form.most(boxes, -1) < -rounding) return none;
    }
    for (const form of this.#rivals) if (form.most(boxes, -1) < -rounding) return none;
    return this.#contract(box);
  }

  /** All probabilities of the plans at a point, by player and place. */
  plansAt(point: Float64Array): readonly Float64Array[] {
    this.#setWeights(point);
    return this.#weights.map((own) => own.slice());
  }

  /** The range of each rival's gain around a solution. */
  gainsAround({ point, error }: Solution): readonly (readonly [least: number, most: number])[] {
    const [low, high] = this.#rangesOf(
      point.map((value) => value - error),
      point.map((value) => value + error),
    );
    return this.#rivals.map((form) => {
      form.within(low, high, this.#range);
      return [(this.#range[0] as number) - rounding, (this.#range[1] as number) + rounding];
    });
  }

  /** Sets the players' boxes; `false` where no plans lie in them. */
  #enter({ low, high }: Box): boolean {
    for (const [at, { player, place }] of this.#columns.entries()) {
      const own = this.#boxes[player] as PlanBox;
      own.low[place] = low[at] as number;
      own.high[place] = high[at] as number;
    }
    return this.#supports.every((support, player) => !isMixed(support) || (this.#boxes[player] as PlanBox).complete());
  }

  /** Looks at what a step of Newton's method from within the box may lead to. */
  #contract(box: Box): SolutionsIn {
    const { slopes, radii } = this.#slopesIn((form, range) => {
      range[0] = -form.most(this.#boxes, -1);
      range[1] = form.most(this.#boxes, 1);
    });
    const centre = this.#centre(box);
    this.#setWeights(centre);
    const verdict = contractBox(box, { centre, values: this.#values(), slopes, radii }, rounding);
    if (verdict.kind === 'none') return none;
    // Slopes of plans say nothing of what is no plan: that a solution is there has to be shown around it.
    if (verdict.kind === 'one' || verdict.change < steady) {
      const solution = this.#solutionNear(centre, box);
      if (solution !== undefined) return { kind: 'one', solution };
    }
    const image = verdict.kind === 'one' ? verdict.box : verdict.image;
    const isSmaller = verdict.kind === 'open' && verdict.left < worthwhile;
    return { kind: 'open', boxes: isSmaller ? [image] : cutBox(image, [this.#steepestSide(image, slopes, radii)]) };
  }

  /** The side along which values differ most. */
  #steepestSide({ low, high }: Box, slopes: Float64Array, radii: Float64Array): number {
    const count = this.#columns.length;
    let [steepest, most] = [-1, -1];
    for (const column of this.#cuttable) {
      let slope = 0;
      for (let at = column; at < slopes.length; at += count) {
        slope += Math.abs(slopes[at] as number) + (radii[at] as number);
      }
      // Sides that hardly count are cut in the end.
      const difference = (slope + leastSlope) * ((high[column] as number) - (low[column] as number));
      if (difference > most) [steepest, most] = [column, difference];
    }
    return steepest;
  }

  #values(): Float64Array {
    return Float64Array.from(this.#ties, (form) => form.at(this.#weights));
  }

  /** The middles of the slopes' ranges, and how far they go to either side. */
  #slopesIn(rangeOf: (form: MultilinearForm, range: Float64Array) => void): {
    readonly slopes: Float64Array;
    readonly radii: Float64Array;
  } {
    const count = this.#columns.length;
    const [slopes, radii] = [new Float64Array(count * count), new Float64Array(count * count)];
    const range = this.#range;
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        const form = this.#slopes[row]?.[column];
        if (form === undefined) continue;
        rangeOf(form, range);
        slopes[row * count + column] = ((range[0] as number) + (range[1] as number)) / 2;
        radii[row * count + column] = ((range[1] as number) - (range[0] as number)) / 2;
      }
    }
    return { slopes, radii };
  }

  /** Plans near the middle of a box. Slopes that hold for plans in the box hold on the way from these to any others. */
  #centre({ low, high }: Box): Float64Array {
    const centre = low.map((from, at) => (from + (high[at] as number)) / 2);
    let offset = 0;
    for (const [player, { sets, sequences, free }] of this.#supports.entries()) {
      const own = this.#boxes[player] as PlanBox;
      // What has to come to a sequence, so that it and all that follow have what they must.
      const needed = own.low.slice();
      let root = 0;
      for (const { parent, places } of sets.toReversed()) {
        const sum = places.reduce((total, place) => total + (needed[place] as number), 0);
        if (parent === -1) root = sum;
        else needed[parent] = Math.max(needed[parent] as number, sum);
      }
      const mass = new Float64Array(sequences.length);
      for (const { parent, places } of sets) {
        const least = places.reduce((total, place) => total + (needed[place] as number), 0);
        const above = parent === -1 ? Math.max(1, root) : (mass[parent] as number);
        const wanted = places.slice(0, -1).map((place) => {
          const middle = centre[offset + free.indexOf(place)] as number;
          return Math.max(0, middle - (needed[place] as number));
        });
        const total = wanted.reduce((left, right) => left + right, 0);
        const share = total > 0 ? Math.min(1, Math.max(0, above - least) / total) : 0;
        let left = above;
        for (const [at, place] of places.entries()) {
          const given = at === places.length - 1 ? left : (needed[place] as number) + share * (wanted[at] as number);
          mass[place] = given;
          left -= given;
        }
      }
      for (const [at, place] of free.entries()) centre[offset + at] = mass[place] as number;
      offset += free.length;
    }
    return centre;
  }

  #setWeights(point: Float64Array): void {
    let at = 0;
    for (const [player, { sets, free }] of this.#supports.entries()) {
      if (free.length === 0) continue;
      const own = this.#weights[player] as Float64Array;
      for (const { parent, places } of sets) {
        let left = parent === -1 ? 1 : (own[parent] as number);
        for (let move = 0; move < places.length - 1; move++) {
          const value = point[at++] as number;
          own[places[move] as number] = value;
          left -= value;
        }
        own[places.at(-1) as number] = left;
      }
    }
  }

  /** The ranges of all probabilities, plans or not, where the free ones lie in ranges. */
  #rangesOf(low: Float64Array, high: Float64Array): readonly [low: Float64Array[], high: Float64Array[]] {
    const [lows, highs] = [this.#weights.map((own) => own.slice()), this.#weights.map((own) => own.slice())];
    let at = 0;
    for (const [player, { sets, free }] of this.#supports.entries()) {
      if (free.length === 0) continue;
      const [from, to] = [lows[player] as Float64Array, highs[player] as Float64Array];
      for (const { parent, places } of sets) {
        let least = parent === -1 ? 1 : (from[parent] as number);
        let most = parent === -1 ? 1 : (to[parent] as number);
        for (const place of places.slice(0, -1)) {
          from[place] = low[at] as number;
          to[place] = high[at++] as number;
          least -= to[place] as number;
          most -= from[place] as number;
        }
        from[places.at(-1) as number] = least;
        to[places.at(-1) as number] = most;
      }
    }
    return [lows, highs];
  }

  /** The solution that Newton's method finds from a point, where it is the only one in a box around itself that holds the given one. */
  #solutionNear(start: Float64Array, box: Box): Solution | undefined {
    const point = start.slice();
    let last = Infinity;
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      this.#setWeights(point);
      const right = this.#values().map((value) => -value);
      if (solveLinearSystem(this.#slopesHere(), right) === 0) return undefined;
      let length = 0;
      right.forEach((step, at) => {
        point[at] = (point[at] as number) + step;
        length = Math.max(length, Math.abs(step));
      });
      if (!(length < 1)) return undefined;
      if (length < 1e-15 || (length < 1e-9 && length >= last / 2)) break;
      last = length;
    }
    const radius = point.map(
      (value, at) =>
        roomAround * Math.max((box.high[at] as number) - value, value - (box.low[at] as number)) + leastRoom,
    );
    return this.#verified(point, radius);
  }

  #slopesHere(): Float64Array {
    return this.#slopesIn((form, range) => range.fill(form.at(this.#weights))).slopes;
  }

  /** Krawczyk's test around a point. */
  #verified(point: Float64Array, radius: Float64Array): Solution | undefined {
    const alone = {
      low: point.map((value, at) => value - (radius[at] as number)),
      high: point.map((value, at) => value + (radius[at] as number)),
    };
    const [lows, highs] = this.#rangesOf(alone.low, alone.high);
    const { slopes, radii } = this.#slopesIn((form, range) => form.within(lows, highs, range));
    this.#setWeights(point);
    const verdict = contractBox(alone, { centre: point, values: this.#values(), slopes, radii }, rounding);
    return verdict.kind === 'one' && verdict.error < Infinity ? { point, error: verdict.error, alone } : undefined;
  }

  /** The longest side of a box, of those that count. */
  width({ low, high }: Box): number {
    const widest = widestSide({ low, high }, this.#cuttable);
    return (high[widest] as number) - (low[widest] as number);
  }
}

/** How much further than a box the room around a solution goes. */
const roomAround = 1.1;
const leastRoom = 1e-9;
const leastSlope = 0.02;
