/**
 * Payoffs against each strategy of the other, moved into [0.25, 1.25], which changes no best response. A path looks at few of these columns,
 * so each is made when it is first asked for.
 */
export class ScaledColumns {
  readonly #payoffs: Float64Array;
  readonly #rows: number;
  readonly #rowStride: number;
  readonly #columnStride: number;
  readonly #made: (Float64Array | undefined)[];
  /** The units in which the other's weights then are; 0 where any would do. */
  readonly #units: Float64Array;

  constructor(payoffs: Float64Array, rows: number, columns: number, rowStride: number, columnStride: number) {
    this.#payoffs = payoffs;
    this.#rows = rows;
    this.#rowStride = rowStride;
    this.#columnStride = columnStride;
    this.#made = new Array(columns);
    this.#units = new Float64Array(columns);
  }

  column(at: number): Float64Array {
    const known = this.#made[at];
    if (known !== undefined) return known;
    const [payoffs, rows, stride] = [this.#payoffs, this.#rows, this.#rowStride];
    const made = new Float64Array(rows);
    let [least, most] = [Infinity, -Infinity];
    for (let row = 0, from = at * this.#columnStride; row < rows; row++, from += stride) {
      // Halved, lest the range of large payoffs overflow.
      const payoff = (payoffs[from] as number) / 2;
      made[row] = payoff;
      if (payoff < least) least = payoff;
      if (payoff > most) most = payoff;
    }
    const factor = 1 / (most - least);
    const differs = factor < Infinity;
    this.#units[at] = differs ? most - least : 0;
    for (let row = 0; row < rows; row++) made[row] = differs ? 0.25 + ((made[row] as number) - least) * factor : 1;
    this.#made[at] = made;
    return made;
  }

  /** The other's weights, up to a factor, from the coordinates of a point. */
  weights(coordinates: Float64Array): Float64Array {
    const units = this.#units;
    let largest = 0;
    for (let column = 0; column < units.length; column++) largest = Math.max(largest, units[column] as number);
    return coordinates.map((coordinate, column) => coordinate / ((units[column] as number) / largest || 1));
  }
}
