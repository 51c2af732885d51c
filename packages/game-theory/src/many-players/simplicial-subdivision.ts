import { type Pace, pause, Rational, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { Search, type Steps } from '../search.ts';
import { exactEquilibrium } from '../two-player/exact-profile.ts';
import { polished, regretAt, regretOf } from './approximate-equilibrium.ts';
import { NormalFormMap, type PayoffMap } from './payoff-map.ts';

/** @category Methods for many players */
export interface SubdivisionOptions extends SearchOptions {
  /** A regret that is small enough, as a share of the range of payoffs: 1e-8 unless given, and 1e-12 at least. */
  readonly maxRegret?: number;
  /** By how much each grid is finer than the last: 4 unless given. */
  readonly refinement?: number;
}

/**
 * An approximate equilibrium on a grid, with its exact regret.
 *
 * @category Methods for many players
 */
export interface GridEquilibrium extends Equilibrium {
  /** Probabilities are multiples of 1/grid. */
  readonly grid: number;
}

const finestGrid = 2 ** 45;
/** The search is given up after so many steps, or before: each looks at all payoffs, and so many of them are enough. */
const [mostSteps, mostLooks] = [500_000, 1_000_000_000];
/** The strategies of all players up to which Newton's method takes no longer than a search. */
const mostForNewton = 200;
/** The payoffs of a table in which the best profile so far is told exactly when the search is stopped. */
const mostAfterwards = 200_000;

/**
 * Simplicial subdivision (van der Laan and Talman 1979, 1982), for any number of players: grids over the mixtures are
 * searched for a small simplex in which
 * every strategy of some player is somewhere played and no better than the mixture, from a start to ever more
 * dimensions and back; each grid is
 * finer than the one before, and begins where that ended, or where Newton's method leads from there. Always ends with a profile whose probabilities
 * are fractions, and its exact regret: where the search was given up, as in large games, that is not small.
 *
 * @category Methods for many players
 * @example
 * ```ts
 * import { readJsonGame, simplicialSubdivision } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[3, 0], [0, 1]], [[0, 1], [1, 0]]] });
 * const { results } = simplicialSubdivision(game).now();
 * results.map(({ profile, regret }) => [String(profile), String(regret)]); // => [['1/2,1/2,1/4,3/4', '0']]
 * ```
 */
export function simplicialSubdivision(game: NormalFormGame, options: SubdivisionOptions = {}): Search<GridEquilibrium> {
  return new Search((pace) => subdivisionSteps(game, options, pace), options);
}

/** The search as steps of another one, which may have more patience with it. */
export function* subdivisionSteps(
  game: NormalFormGame,
  options: SubdivisionOptions,
  pace: Pace,
  patience = 1,
): Steps<GridEquilibrium> {
  const { maxRegret = 1e-8, refinement = 4 } = options;
  const map = new NormalFormMap(game);
  const factor = Math.max(2, Math.floor(refinement));
  // The first grid has a point near to where all strategies are equally likely.
  let grid = Math.max(...game.shape);
  let start = evenStart(game.shape, grid);
  let best = { point: start, grid, regret: Number.POSITIVE_INFINITY };
  const wanted = Math.max(1e-12, maxRegret);
  let reason: string | undefined;
  const most = patience * Math.min(mostSteps, Math.ceil(mostLooks / (game.profiles * game.shape.length)));
  let left = most;
  while (best.regret > wanted && reason === undefined) {
    const search = new GridSearch(map, grid, start, wanted);
    while (!search.ended && left > 0) {
      left -= 1;
      if (pace.due()) {
        yield pause;
        if (pace.stopped !== undefined) break;
      }
      search.step();
    }
    if (search.bestRegret < best.regret) best = { point: search.best, grid, regret: search.bestRegret };
    reason = pace.stopped;
    const near = reason === undefined && best.regret > wanted ? nearby(map, search.best, grid) : undefined;
    if (left === 0 && near === undefined) reason ??= `it was given up after ${most.toLocaleString('en')} steps`;
    if (best.regret > wanted && grid > finestGrid / factor) reason ??= 'grids cannot be finer in doubles';
    grid *= factor;
    start = near === undefined ? search.best.map((weight) => weight * factor) : onGrid(map, near, grid);
    // Grids that are too coarse for what is near lead away from it.
    while (near !== undefined && grid <= finestGrid / factor && regretOn(map, start, grid) > wanted) {
      grid *= factor;
      start = onGrid(map, near, grid);
    }
  }
  const profile = game.shape.map((count, player) =>
    Array.from({ length: count }, (_, strategy) =>
      Rational.ratio(BigInt(best.point[(map.offsets[player] as number) + strategy] as number), BigInt(best.grid)),
    ),
  );
  // In a large table, that would take longer than is left.
  if (pace.stopped === undefined || game.profiles * game.shape.length <= mostAfterwards) {
    yield { ...exactEquilibrium(game, profile), grid: best.grid };
  }
  return { complete: false, reason: reason ?? 'there may be other equilibria' };
}

/** The equilibrium that Newton's method finds from a point, trying larger supports and then smaller ones. */
function nearby(map: PayoffMap, point: Float64Array, grid: number): Float64Array | undefined {
  if (map.size > mostForNewton) return undefined;
  const weights = point.map((weight) => weight / grid);
  for (const least of [0, 1e-3, 1e-2]) {
    const found = polished(map, weights, least);
    if (found !== undefined) return found;
  }
  return undefined;
}

function regretOn(map: PayoffMap, point: Float64Array, grid: number): number {
  return regretAt(
    map,
    point.map((weight) => weight / grid),
  );
}

/** The multiples of 1/grid next to some weights, of each player as many as there are: where sums of weights are rounded. */
function onGrid({ shape, offsets }: PayoffMap, weights: Float64Array, grid: number): Float64Array {
  const point = new Float64Array(weights.length);
  shape.forEach((_, player) => {
    let [sum, before] = [0, 0];
    for (let at = offsets[player] as number; at < (offsets[player + 1] as number); at++) {
      sum += weights[at] as number;
      const until = at + 1 === offsets[player + 1] ? grid : Math.min(grid, Math.round(sum * grid));
      point[at] = until - before;
      before = until;
    }
  });
  return point;
}

/** Multiples of 1/grid for all strategies, as even as they can be. */
function evenStart(shape: readonly number[], grid: number): Float64Array {
  return Float64Array.from(
    shape.flatMap((count) =>
      Array.from({ length: count }, (_, at) => Math.floor((grid * (at + 1)) / count) - Math.floor((grid * at) / count)),
    ),
  );
}

/** The search on one grid. Points are whole numbers of grid steps for all strategies, numbered through. */
class GridSearch {
  readonly #map: PayoffMap;
  readonly #grid: number;
  readonly #wanted: number;
  readonly #nextOf: Int32Array;
  readonly #playerOf: Int32Array;
  /**
   * The first vertex, and the directions that lead from each to the next: the dimensions searched, in the order of the
   * simplex.
   */
  #first: Float64Array;
  #directions: number[] = [];
  /** How far along each direction the first vertex lies from the start. */
  readonly #coordinates: Int32Array;
  /** The labels of the vertices. */
  #labels: number[];
  /** Which vertex was looked at last: it is the one to compare with the others. */
  #newest = 0;
  readonly #weights: Float64Array;
  readonly #values: Float64Array;
  best: Float64Array;
  bestRegret: number = Number.POSITIVE_INFINITY;
  ended = false;

  constructor(map: PayoffMap, grid: number, start: Float64Array, wanted: number) {
    this.#map = map;
    this.#grid = grid;
    this.#wanted = wanted;
    this.#weights = new Float64Array(map.size);
    this.#values = new Float64Array(map.size);
    this.#nextOf = new Int32Array(map.size);
    this.#playerOf = new Int32Array(map.size);
    map.shape.forEach((count, player) => {
      const from = map.offsets[player] as number;
      for (let at = 0; at < count; at++) {
        this.#nextOf[from + at] = from + ((at + 1) % count);
        this.#playerOf[from + at] = player;
      }
    });
    this.#coordinates = new Int32Array(map.size);
    this.#first = start.slice();
    this.best = this.#first.slice();
    this.#labels = [this.#label(this.#first)];
  }

  /** Moves on to the next simplex. */
  step(): void {
    if (this.bestRegret <= this.#wanted) {
      this.ended = true;
      return;
    }
    const label = this.#labels[this.#newest] as number;
    const twin = this.#labels.findIndex((other, vertex) => other === label && vertex !== this.#newest);
    if (twin !== -1) this.#replace(twin);
    else if (!this.#directions.includes(label)) this.#widen(label);
  }

  /** Adds the dimension of a label that is new, unless all strategies of a player have labels now. */
  #widen(label: number): void {
    const player = this.#playerOf[label] as number;
    const known = this.#directions.filter((direction) => this.#playerOf[direction] === player).length;
    if (known + 1 === this.#map.shape[player]) {
      this.ended = true;
      return;
    }
    this.#directions.push(label);
    this.#newest = this.#labels.length;
    this.#labels.push(this.#label(this.#vertex(this.#newest)));
  }

  /** Exchanges a vertex for the one on the other side of the facet that the others make. */
  #replace(vertex: number): void {
    const directions = this.#directions;
    const last = directions.length;
    if (vertex === 0) {
      const direction = directions.shift() as number;
      this.#move(this.#first, direction, 1);
      this.#coordinates[direction] = (this.#coordinates[direction] as number) + 1;
      directions.push(direction);
      this.#labels.shift();
      this.#newest = last;
      this.#labels.push(this.#label(this.#vertex(last)));
    } else if (vertex < last) {
      const [before, after] = [directions[vertex - 1] as number, directions[vertex] as number];
      [directions[vertex - 1], directions[vertex]] = [after, before];
      this.#newest = vertex;
      this.#labels[vertex] = this.#label(this.#vertex(vertex));
    } else {
      const direction = directions.pop() as number;
      this.#labels.pop();
      if (this.#coordinates[direction] === 0) {
        // The facet lies where there is one dimension fewer: there its vertex with the label of the lost dimension is
        // exchanged.
        this.#replace(this.#labels.indexOf(direction));
        return;
      }
      directions.unshift(direction);
      this.#move(this.#first, direction, -1);
      this.#coordinates[direction] = (this.#coordinates[direction] as number) - 1;
      this.#newest = 0;
      this.#labels.unshift(this.#label(this.#first));
    }
  }

  #vertex(place: number): Float64Array {
    const point = this.#first.slice();
    for (let at = 0; at < place; at++) this.#move(point, this.#directions[at] as number, 1);
    return point;
  }

  /** A direction takes weight from its strategy and gives it to the next. */
  #move(point: Float64Array, direction: number, steps: number): void {
    const next = this.#nextOf[direction] as number;
    point[direction] = (point[direction] as number) - steps;
    point[next] = (point[next] as number) + steps;
  }

  /** Of the player with the largest regret, the strategy that pays least of those played: it should be played less. */
  #label(point: Float64Array): number {
    const { shape, offsets } = this.#map;
    for (let at = 0; at < point.length; at++) this.#weights[at] = (point[at] as number) / this.#grid;
    this.#map.evaluate(this.#weights, this.#values);
    const [weights, values] = [this.#weights, this.#values];
    let [label, most] = [0, -1];
    for (let player = 0; player < shape.length; player++) {
      const [from, to] = [offsets[player] as number, offsets[player + 1] as number];
      let [best, worst] = [from, -1];
      for (let at = from; at < to; at++) {
        if ((values[at] as number) > (values[best] as number)) best = at;
        const isPlayed = (point[at] as number) > 0;
        if (isPlayed && (worst === -1 || (values[at] as number) < (values[worst] as number))) worst = at;
      }
      let regret = 0;
      for (let at = from; at < to; at++) {
        regret += (weights[at] as number) * ((values[best] as number) - (values[at] as number));
      }
      if (regret > most) [label, most] = [worst, regret];
    }
    const regret = regretOf(this.#map, weights, values);
    if (regret < this.bestRegret) [this.best, this.bestRegret] = [point.slice(), regret];
    return label;
  }
}
