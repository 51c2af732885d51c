import { IntegerDictionary, type Pace, type pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { type Bimatrix, bimatrix, type IntegerMatrix } from './bimatrix.ts';
import { ProfileOfWeights } from './exact-profile.ts';
import { type Pair, pairOf } from './pair.ts';

/** @category Methods for two players */
export interface LemkeHowsonOptions extends SearchOptions {
  /** The labels to drop, one path each: the first player's strategies from 0, then the second's. All unless told. */
  readonly labels?: readonly number[];
}

/**
 * For each label that was dropped, which equilibrium its path led to, and how many pivots it took.
 *
 * @category Methods for two players
 */
export interface LemkeHowsonSummary {
  readonly paths: readonly { readonly label: number; readonly equilibrium: number; readonly pivots: number }[];
}

/**
 * Follows the paths of Lemke and Howson (1964) from the artificial equilibrium, one for each label that is dropped, by lexicographic pivoting in
 * integers: exact, and it ends in degenerate games too. Each equilibrium is given once. There may be others that no path reaches.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose
 * @category Methods for two players
 * @example
 * ```ts
 * import { lemkeHowson, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]] });
 * const { results, paths } = lemkeHowson(game).now();
 * results.map(({ profile }) => String(profile)); // => ['1,0,0,1,0', '0,1/3,2/3,1/3,2/3']
 * paths.map(({ equilibrium }) => equilibrium); // => [0, 1, 0, 0, 1]
 * ```
 */
export function lemkeHowson(
  game: NormalFormGame,
  { labels, ...options }: LemkeHowsonOptions = {},
): Search<Equilibrium, LemkeHowsonSummary> {
  const pair = pairOf(game, 'lemke-howson');
  const dropped = labels ?? Array.from({ length: pair.m + pair.n }, (_, label) => label);
  return new Search((pace) => lemkeHowsonSteps(game, pair, dropped, pace), options);
}

/** The search as steps of another one. */
export function* lemkeHowsonSteps(
  game: NormalFormGame,
  pair: Pair,
  labels: readonly number[],
  pace: Pace,
): Steps<Equilibrium, LemkeHowsonSummary> {
  const paths: LemkeHowsonSummary['paths'][number][] = [];
  const stopped = (): Ending<LemkeHowsonSummary> => ({ complete: false, reason: pace.stopped as string, paths });
  const matrices = yield* bimatrix(game, pair, pace);
  if (matrices === undefined) return stopped();
  const profiles = new ProfileOfWeights(game, pair);
  const seen = new Map<string, number>();
  for (const label of labels) {
    const path = new Path(matrices);
    let leaving = yield* path.enter(label, pace);
    let pivots = 1;
    for (; leaving !== label; pivots++) {
      if (leaving === undefined || !(yield* pace.goesOn())) return stopped();
      leaving = yield* path.enter(leaving, pace);
    }
    const [x, y] = path.weights();
    const equilibrium = profiles.equilibrium(x, y);
    const key = String(equilibrium.profile);
    const index = seen.get(key) ?? seen.size;
    paths.push({ label, equilibrium: index, pivots });
    if (seen.has(key)) continue;
    seen.set(key, index);
    yield equilibrium;
  }
  return { complete: false, reason: 'there may be equilibria that no path reaches: extreme-points finds all', paths };
}

/** A point on a path: a basis of each polytope. Variables are numbered by their labels in both. */
class Path {
  readonly #m: number;
  readonly #n: number;
  readonly #first: IntegerDictionary;
  readonly #second: IntegerDictionary;
  #inFirst: boolean | undefined;

  constructor({ m, n, first, second }: Bimatrix) {
    this.#m = m;
    this.#n = n;
    // The first player's strategies meet the second's constraints, and the other way round.
    this.#first = polytope(second, 0, m);
    this.#second = polytope(first, m, 0);
  }

  /**
   * Lets a label's variable into the basis of the polytope where it is not, and says which label is now twice there; `undefined` where the pace
   * stopped it.
   */
  *enter(label: number, pace: Pace): Generator<typeof pause, number | undefined, void> {
    this.#inFirst = this.#inFirst === undefined ? label < this.#m : !this.#inFirst;
    const dictionary = this.#inFirst ? this.#first : this.#second;
    const column = dictionary.nonbasic.indexOf(label);
    const row = dictionary.lexicographicRow(column, this.#inFirst ? this.#m : 0);
    const leaving = dictionary.basic[row] as number;
    return (yield* dictionary.pivotSteps(row, column, pace)) ? leaving : undefined;
  }

  weights(): [bigint[], bigint[]] {
    return [weightsOf(this.#first, 0, this.#m), weightsOf(this.#second, this.#m, this.#n)];
  }
}

/** The polytope of a matrix, its coordinates labelled from `own` and its constraints from `other`. */
function polytope(matrix: IntegerMatrix, own: number, other: number): IntegerDictionary {
  return new IntegerDictionary(
    matrix.map((row) => [...row, 1n]),
    matrix.map((_, row) => other + row),
    (matrix[0] as readonly bigint[]).map((_, column) => own + column),
  );
}

function weightsOf(dictionary: IntegerDictionary, own: number, count: number): bigint[] {
  const weights = new Array<bigint>(count).fill(0n);
  dictionary.basic.forEach((variable, row) => {
    if (variable >= own && variable < own + count) weights[variable - own] = dictionary.right(row);
  });
  return weights;
}
