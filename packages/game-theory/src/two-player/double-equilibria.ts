import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Pace, pause, Search, type SearchOptions } from '../search.ts';
import { requireTwoPlayers } from './bimatrix.ts';
import { PolytopeBasis, subtractColumns } from './polytope-basis.ts';
import { requireConstantSum } from './zero-sum.ts';

export interface DoubleLemkeHowsonOptions extends SearchOptions {
  /** The label to drop: the first player's strategies from 0, then the second's. 0 unless told. */
  readonly label?: number;
}

/**
 * One equilibrium of a large two-player game by the path of Lemke and Howson (1964), in doubles, with its regret.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players
 * @example
 * ```ts
 * import { doubleLemkeHowson, NormalFormGame } from '@mechane/game-theory';
 *
 * const payoffs = [new Float64Array([2, 0, 0, 1]), new Float64Array([1, 0, 0, 2])];
 * const { results } = doubleLemkeHowson(new NormalFormGame({ strategies: [2, 2], payoffs })).now();
 * String(results[0].profile); // => '1,0,1,0'
 * ```
 */
export function doubleLemkeHowson(
  game: NormalFormGame,
  { label = 0, ...options }: DoubleLemkeHowsonOptions = {},
): Search<Equilibrium<number>, { readonly pivots: number }> {
  requireTwoPlayers(game, 'lemke-howson');
  const [m, n] = game.shape as readonly [number, number];
  return new Search(function* (pace) {
    const [own, other] = [
      positiveColumns(columnsOf(game.doubles(0), m, n), m, n),
      positiveColumns(game.doubles(1), n, m),
    ];
    const second = new PolytopeBasis(own.matrix, m, n);
    const first = new PolytopeBasis(other.matrix, n, m);
    // Labels are the first player's strategies and then the second's. In the second polytope these come after its rows' slacks.
    const inSecond = (own: number): number => (own < m ? n + own : own - m);
    const fromSecond = (variable: number): number => (variable < n ? m + variable : variable - n);
    let [entering, inFirst, pivots] = [label, label < m, 0];
    for (;;) {
      const left = inFirst ? first.enter(entering) : fromSecond(second.enter(inSecond(entering)));
      pivots += 1;
      if (left === label) break;
      entering = left;
      inFirst = !inFirst;
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped, pivots };
      }
    }
    first.refresh();
    second.refresh();
    const weights = (basis: PolytopeBasis, units: Float64Array): Float64Array =>
      shares(basis.coordinates().map((coordinate, at) => coordinate / (units[at] as number)));
    yield evaluated(game, weights(first, other.units), weights(second, own.units));
    return { complete: false, reason: 'one path leads to one equilibrium: extreme-points finds all', pivots };
  }, options);
}

/**
 * Optimal strategies of a large two-player game whose payoffs sum to a constant, in doubles: the simplex method on the second player's linear program,
 * whose prices are the first player's strategy.
 *
 * @throws MechaneError `unsuitable-game` when there are not two players or payoffs do not sum to a constant
 */
export function doubleZeroSum(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium<number>, object> {
  requireTwoPlayers(game, 'zero-sum');
  if (!sumsToConstant(game)) requireConstantSum(game);
  const [m, n] = game.shape as readonly [number, number];
  return new Search(function* (pace) {
    const table = positive(game.doubles(0));
    const basis = new PolytopeBasis(table.byColumns(m, n), m, n);
    const pivots = simplex(basis, table.byRows(), pace);
    for (;;) {
      const step = pivots.next();
      if (!step.done) yield pause;
      else if (step.value) break;
      else return { complete: false, reason: pace.stopped as string };
    }
    const x = new Float64Array(m);
    const prices = basis.prices();
    basis.tight.forEach((row, t) => {
      x[row] = Math.max(0, prices[t] as number);
    });
    yield evaluated(game, shares(x), shares(basis.coordinates()));
    return { complete: false, reason: 'one pair of optimal strategies is shown; there may be others' };
  }, options);
}

const optimality = 1e-10;
/** Pivots after which gains are computed anew. */
const refreshment = 40;

/**
 * Pivots until no variable is worth its price; `false` where the pace stopped it. Variables enter by what they gain relative to their weight in the devex
 * framework (Harris 1973).
 */
function* simplex(basis: PolytopeBasis, byRows: Float64Array, pace: Pace): Generator<typeof pause, boolean, void> {
  const { rows, columns, tight } = basis;
  const gains = new Float64Array(columns + rows);
  const weights = new Float64Array(columns + rows).fill(1);
  const pivotRow = new Float64Array(columns);
  for (let pivots = 0; ; pivots++) {
    if (pivots % refreshment === 0) computeGains(basis, byRows, gains);
    let entering = mostGain(gains, weights);
    if (entering === -1) {
      computeGains(basis, byRows, gains);
      entering = mostGain(gains, weights);
    }
    const leaving = entering === -1 ? -1 : basis.leavingFor(entering);
    if (leaving === -1) return true;
    // The leaving variable's row over all columns: its own slack's row, and those of the tight rows.
    const { leavingRow } = basis;
    pivotRow.fill(0);
    subtractColumns(pivotRow, byRows, tight, leavingRow, columns);
    if (leaving >= columns) {
      const base = (leaving - columns) * columns;
      for (let column = 0; column < columns; column++) {
        pivotRow[column] = (pivotRow[column] as number) - (byRows[base + column] as number);
      }
    }
    const at =
      entering < columns ? -(pivotRow[entering] as number) : (leavingRow[tight.indexOf(entering - columns)] as number);
    const gain = (gains[entering] as number) / at;
    const weight = (weights[entering] as number) / (at * at);
    for (let column = 0; column < columns; column++) {
      const entry = -(pivotRow[column] as number);
      gains[column] = (gains[column] as number) - gain * entry;
      weights[column] = Math.max(weights[column] as number, weight * entry * entry);
    }
    for (let t = 0; t < tight.length; t++) {
      const variable = columns + (tight[t] as number);
      const entry = leavingRow[t] as number;
      gains[variable] = (gains[variable] as number) - gain * entry;
      weights[variable] = Math.max(weights[variable] as number, weight * entry * entry);
    }
    basis.exchange(entering, leaving);
    for (const column of basis.support) gains[column] = 0;
    gains[entering] = 0;
    gains[leaving] = -gain;
    weights[leaving] = Math.max(1, weight);
    if (pace.due()) {
      yield pause;
      if (pace.stopped !== undefined) return false;
    }
  }
}

/** What each variable that is not in the basis gains: 1 less what the tight rows ask for a column; a row's slack, its price taken negative. */
function computeGains(basis: PolytopeBasis, byRows: Float64Array, gains: Float64Array): void {
  const { support, tight, columns } = basis;
  const prices = basis.prices();
  gains.fill(1, 0, columns);
  gains.fill(0, columns);
  subtractColumns(gains, byRows, tight, prices, columns);
  tight.forEach((row, t) => {
    gains[columns + row] = -(prices[t] as number);
  });
  for (const column of support) gains[column] = 0;
}

function mostGain(gains: Float64Array, weights: Float64Array): number {
  let [best, most] = [-1, 0];
  for (let variable = 0; variable < gains.length; variable++) {
    const gain = gains[variable] as number;
    if (gain <= optimality) continue;
    const score = (gain * gain) / (weights[variable] as number);
    if (score > most) [best, most] = [variable, score];
  }
  return best;
}

/** Payoffs moved and scaled into [0.25, 1.25]: neither changes best responses. Large ones are halved first, lest their range overflow. */
function positive(values: Float64Array): { byRows(): Float64Array; byColumns(m: number, n: number): Float64Array } {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most / 2 - least / 2 || 1;
  const moved = (value: number): number => 0.25 + (value / 2 - least / 2) / range;
  return {
    byRows: () => values.map(moved),
    byColumns(m, n) {
      const turned = new Float64Array(values.length);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) turned[j * m + i] = moved(values[i * n + j] as number);
      return turned;
    },
  };
}

/** A table by rows, by columns. */
function columnsOf(values: Float64Array, m: number, n: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) turned[j * m + i] = values[i * n + j] as number;
  return turned;
}

/**
 * Payoffs against each strategy of the other, moved into [0.25, 1.25], which changes no best response, with the units in which the other's weights then
 * are. The largest unit is 1.
 */
function positiveColumns(
  values: Float64Array,
  rows: number,
  columns: number,
): { matrix: Float64Array; units: Float64Array } {
  const matrix = new Float64Array(values.length);
  const units = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const base = column * rows;
    let [least, most] = [values[base] as number, values[base] as number];
    for (let at = base + 1; at < base + rows; at++) {
      const value = values[at] as number;
      if (value < least) least = value;
      else if (value > most) most = value;
    }
    // Halved, lest the range of large payoffs overflow.
    const half = most / 2 - least / 2;
    const factor = 1 / half;
    const differs = factor < Infinity;
    units[column] = differs ? half : 0;
    for (let at = base; at < base + rows; at++) {
      matrix[at] = differs ? 0.25 + ((values[at] as number) / 2 - least / 2) * factor : 1;
    }
  }
  const largest = units.reduce((most, unit) => Math.max(most, unit), 0) || 1;
  return { matrix, units: units.map((unit) => unit / largest || 1) };
}

function shares(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** A profile with its payoffs and its regret, in doubles. */
function evaluated(game: NormalFormGame, x: Float64Array, y: Float64Array): Equilibrium<number> {
  const [m, n] = [x.length, y.length];
  const [first, second] = [game.doubles(0), game.doubles(1)];
  const rows = new Float64Array(m);
  const columns = new Float64Array(n);
  const played = Array.from(y.keys()).filter((j) => y[j] !== 0);
  for (let i = 0; i < m; i++) {
    let total = 0;
    for (const j of played) total += (first[i * n + j] as number) * (y[j] as number);
    rows[i] = total;
    const weight = x[i] as number;
    if (weight === 0) continue;
    for (let j = 0; j < n; j++) columns[j] = (columns[j] as number) + (second[i * n + j] as number) * weight;
  }
  const expected = (payoffs: Float64Array, weights: Float64Array): number =>
    payoffs.reduce((total, payoff, at) => total + payoff * (weights[at] as number), 0);
  const [one, two] = [expected(rows, x), expected(columns, y)];
  const most = (payoffs: Float64Array): number => payoffs.reduce((best, payoff) => Math.max(best, payoff), -Infinity);
  return {
    profile: [Array.from(x), Array.from(y)],
    payoffs: [one, two],
    regret: Math.max(0, most(rows) - one, most(columns) - two),
  };
}

/** Whether doubles sum to a constant but for rounding. */
function sumsToConstant(game: NormalFormGame): boolean {
  const [first, second] = [game.doubles(0), game.doubles(1)];
  const constant = (first[0] as number) + (second[0] as number);
  return first.every((payoff, at) => {
    const other = second[at] as number;
    return Math.abs(payoff + other - constant) <= 1e-12 * (Math.abs(payoff) + Math.abs(other) + Math.abs(constant));
  });
}
