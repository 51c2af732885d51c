/*
 * The dual active-set method for strictly convex quadratic programs: Goldfarb and Idnani, "A numerically stable dual method for solving
 * strictly convex quadratic programs", Mathematical Programming 27 (1983). It begins at the minimum without constraints and takes in one
 * broken constraint after another; each is paid for by those that are held already, and whose price comes to nothing is let go.
 */

/** The way from the minimum on the boundaries that are held towards another boundary. */
export interface Approach {
  /** By constraint held, how much its price falls for each unit by which the entering one's rises. */
  readonly shares: ArrayLike<number>;
  /** How much nearer the boundary comes with each unit; 0 where those held leave no way to it. */
  readonly slope: number;
}

/** An objective, constraints, and the point where the method stands. How normals are split among those held is theirs to choose. */
export interface Boundaries<Constraint> {
  /** How far the point is on the wrong side of a constraint. */
  violation(constraint: Constraint): number;
  approach(entering: Constraint, held: readonly Constraint[]): Approach;
  /** Goes so many units along the last approach. */
  move(step: number): void;
  /** Takes note that the constraint of the last approach is held from now on. */
  hold?(): void;
  /** Takes note that the constraint at a place of those held no longer is. */
  release?(place: number): void;
  /** Whether a constraint has to be held whatever its price. */
  isEquation?(constraint: Constraint): boolean;
}

/** The constraints that hold the point back, and their prices. */
export class DualActiveSet<Constraint> {
  readonly held: Constraint[] = [];
  readonly prices: number[] = [];
  readonly #boundaries: Boundaries<Constraint>;
  readonly #negligible: number;

  /** @param negligible shares up to this are rounding errors */
  constructor(boundaries: Boundaries<Constraint>, negligible: number) {
    this.#boundaries = boundaries;
    this.#negligible = negligible;
  }

  /** Moves the point onto the boundary of a constraint, letting go of those that no longer hold it back; false where none lets go. */
  bringIn(entering: Constraint): boolean {
    const boundaries = this.#boundaries;
    const { held, prices } = this;
    let price = 0;
    for (;;) {
      const { shares, slope } = boundaries.approach(entering, held);
      const full = slope > 0 ? boundaries.violation(entering) / slope : Infinity;
      const leaving = this.#blocking(shares, full);
      const step = leaving < 0 ? full : (prices[leaving] as number) / (shares[leaving] as number);
      if (!(step < Infinity)) return false;
      if (full < Infinity) boundaries.move(step);
      for (let place = 0; place < held.length; place++) this.#lower(place, step * (shares[place] as number));
      price += step;
      if (leaving < 0) {
        held.push(entering);
        prices.push(price);
        boundaries.hold?.();
        return true;
      }
      held.splice(leaving, 1);
      prices.splice(leaving, 1);
      boundaries.release?.(leaving);
    }
  }

  /** The constraint held whose price comes to nothing first on a way of so many units; -1 where none does. */
  #blocking(shares: ArrayLike<number>, way: number): number {
    const { held, prices } = this;
    let first = -1;
    let step = way;
    for (let place = 0; place < held.length; place++) {
      const share = shares[place] as number;
      if (share <= this.#negligible) continue;
      const until = (prices[place] as number) / share;
      if (until >= step || this.#boundaries.isEquation?.(held[place] as Constraint)) continue;
      step = until;
      first = place;
    }
    return first;
  }

  #lower(place: number, by: number): void {
    const price = (this.prices[place] as number) - by;
    // Below nothing there are only rounding errors, but for equations.
    const isEquation = this.#boundaries.isEquation?.(this.held[place] as Constraint);
    this.prices[place] = isEquation ? price : Math.max(0, price);
  }
}
