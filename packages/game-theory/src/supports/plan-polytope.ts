import { Rational } from '@mechane/numerics';
import type { PlanSupport } from './plan-support.ts';

/** A corner of a polytope, and the conditions that hold at it with equality, by bits. */
interface Corner {
  readonly point: readonly Rational[];
  readonly tight: bigint;
}

/** A linear condition on the probabilities of a player's sequences, by place: their sum with these coefficients is 0, or 0 at most. */
export interface PlanCondition {
  readonly coefficients: readonly Rational[];
  readonly isEquation: boolean;
}

/**
 * Plans of one player within a support that meet some conditions, exactly: by its corners. A cut keeps the corners on its side, and adds where
 * it crosses edges (Motzkin, Raiffa, Thompson and Thrall 1953): two corners are the ends of an edge if no third one meets all conditions that
 * both meet.
 */
export class PlanPolytope {
  readonly #corners: readonly Corner[];
  readonly #conditions: readonly PlanCondition[];
  /** How many bits are taken: one for each place, then one for each condition. */
  readonly #bits: number;
  /** Whether its bounds are only those of plans: then all that is inside gives every sequence some probability that it may give. */
  readonly isWhole: boolean;

  private constructor(
    corners: readonly Corner[],
    conditions: readonly PlanCondition[],
    bits: number,
    isWhole: boolean,
  ) {
    this.#corners = corners;
    this.#conditions = conditions;
    this.#bits = bits;
    this.isWhole = isWhole;
  }

  /** All plans within a support: its corners are the pure ones. */
  static of(support: PlanSupport): PlanPolytope {
    const corners = [...purePlans(support)].map((point) => ({ point, tight: zerosOf(point) }));
    return new PlanPolytope(corners, [], support.sequences.length, true);
  }

  get points(): readonly (readonly Rational[])[] {
    return this.#corners.map(({ point }) => point);
  }

  get isPoint(): boolean {
    return this.#corners.length === 1;
  }

  get isEmpty(): boolean {
    return this.#corners.length === 0;
  }

  /** Whether some plan in it gives every sequence of the support some probability. */
  get isFull(): boolean {
    const places = this.#corners[0]?.point ?? [];
    return !this.isEmpty && places.every((_, at) => this.#corners.some(({ point }) => isAbove(point, at)));
  }

  /** The part that meets one more condition. */
  cut(condition: PlanCondition): PlanPolytope {
    const { coefficients, isEquation } = condition;
    const bit = 1n << BigInt(this.#bits);
    const sided = this.#corners.map((corner) => ({ corner, side: product(coefficients, corner.point) }));
    const kept: Corner[] = [];
    for (const { corner, side } of sided) {
      if (side.sign === 0) kept.push({ point: corner.point, tight: corner.tight | bit });
      else if (side.sign < 0 && !isEquation) kept.push(corner);
    }
    for (const below of sided) {
      if (below.side.sign >= 0) continue;
      for (const above of sided) {
        if (above.side.sign <= 0 || !this.#isEdge(below.corner, above.corner)) continue;
        const share = above.side.over(above.side.minus(below.side));
        const rest = Rational.one.minus(share);
        const point = below.corner.point.map((value, at) =>
          value.times(share).plus((above.corner.point[at] as Rational).times(rest)),
        );
        kept.push({ point, tight: (below.corner.tight & above.corner.tight) | bit });
      }
    }
    const isWhole = this.isWhole && (isEquation || sided.every(({ side }) => side.sign <= 0));
    return new PlanPolytope(kept, [...this.#conditions, condition], this.#bits + 1, isWhole);
  }

  /** Whether a plan within the support meets all conditions. */
  has(point: readonly Rational[]): boolean {
    return this.#conditions.every(({ coefficients, isEquation }) => {
      const { sign } = product(coefficients, point);
      return isEquation ? sign === 0 : sign <= 0;
    });
  }

  #isEdge(one: Corner, other: Corner): boolean {
    const common = one.tight & other.tight;
    return this.#corners.every((third) => third === one || third === other || (third.tight & common) !== common);
  }
}

function isAbove(point: readonly Rational[], at: number): boolean {
  return (point[at] as Rational).sign > 0;
}

function product(coefficients: readonly Rational[], point: readonly Rational[]): Rational {
  let sum = Rational.zero;
  for (let at = 0; at < point.length; at++) {
    const value = point[at] as Rational;
    if (value.sign !== 0) sum = sum.plus(value.times(coefficients[at] as Rational));
  }
  return sum;
}

function zerosOf(point: readonly Rational[]): bigint {
  return point.reduce((bits, value, at) => (value.sign === 0 ? bits | (1n << BigInt(at)) : bits), 0n);
}

function* purePlans({ sequences, sets }: PlanSupport): Generator<readonly Rational[], void, void> {
  const plan = new Array<Rational>(sequences.length).fill(Rational.zero);
  yield* from(0);

  function* from(set: number): Generator<readonly Rational[], void, void> {
    const here = sets[set];
    if (here === undefined) {
      yield plan.slice();
      return;
    }
    if (here.parent !== -1 && plan[here.parent]?.sign === 0) {
      yield* from(set + 1);
      return;
    }
    for (const place of here.places) {
      plan[place] = Rational.one;
      yield* from(set + 1);
      plan[place] = Rational.zero;
    }
  }
}
