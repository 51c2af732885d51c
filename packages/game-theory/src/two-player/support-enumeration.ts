/*
 * Equilibria by supports (Dickhaut and Kaplan 1991). Extreme equilibria are pairs of vertices of the best-response polytopes (Mangasarian 1964). A vertex is
 * the one solution on its support for some choice of as many tight rows, so going through all pairs of equal size meets every vertex. At a vertex of
 * the first player where just as many replies are best as strategies are played, the second player mixes these replies and makes all that is played as
 * good: a regular system has one solution, and no other pair needs a look. Where one of the two fails, the vertices of both players are paired.
 */
import { type Pace, pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { bimatrix, type IntegerMatrix } from './bimatrix.ts';
import { ProfileOfWeights } from './exact-profile.ts';
import { type Pair, pairOf } from './pair.ts';
import { pointWith } from './polytope-point.ts';
import { ScaledMatrix } from './scaled-matrix.ts';

/**
 * Looks at all pairs of supports of equal size, smallest first, and solves for the strategies that make the other indifferent (Dickhaut and Kaplan
 * 1991). In a degenerate game it goes on with supports of unequal size, and gives all extreme equilibria. Exact. Others may take part if they
 * have nothing to choose.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose
 * @category Methods for two players
 * @example
 * ```ts
 * import { readJsonGame, supportEnumeration } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const { results, complete } = supportEnumeration(game).now();
 * results.map(({ profile }) => String(profile)); // => ['1,0,1,0', '0,1,0,1', '2/3,1/3,1/3,2/3']
 * complete; // => true
 * ```
 */
export function supportEnumeration(game: NormalFormGame, options: SearchOptions = {}): Search<Equilibrium> {
  const pair = pairOf(game, 'support-enumeration');
  return new Search((pace) => supportSteps(game, pair, pace), options);
}

type Point = readonly bigint[];

/** The search as steps of another one. */
export function* supportSteps(game: NormalFormGame, pair: Pair, pace: Pace): Steps<Equilibrium> {
  const stopped = (): Ending => ({ complete: false, reason: pace.stopped as string });
  const matrices = yield* bimatrix(game, pair, pace);
  if (matrices === undefined) return stopped();
  const { m, n, first, second } = matrices;
  const profiles = new ProfileOfWeights(game, pair);
  const [rows, columns] = [new ScaledMatrix(first), new ScaledMatrix(second)];
  const [firsts, seconds] = [new Vertices(second), new Vertices(first)];
  const told = new Set<string>();
  let isRegular = true;
  for (const [own, other] of pairsOfEqualSize(m, n)) {
    if (pace.due()) {
      yield pause;
      if (pace.stopped !== undefined) return stopped();
    }
    const x = columns.isCertainlyOutside(own, other) ? 'outside' : pointWith(second, own, other);
    const one = typeof x === 'object' ? firsts.meet(x) : undefined;
    if (one?.size !== own.length) continue;
    const y = rows.isCertainlyOutside(other, own) ? 'outside' : pointWith(first, other, own);
    if (y === 'singular') isRegular = false;
    if (typeof y !== 'object') continue;
    const two = seconds.meet(y);
    const key = `${one.place} ${two.place}`;
    if (!told.has(key)) yield profiles.equilibrium(one.weights, two.weights);
    told.add(key);
  }
  if (isRegular && !firsts.degenerate) return { complete: true };
  for (const [own, other] of pairsOfEqualSize(m, n)) {
    if (!(yield* pace.goesOn())) return stopped();
    const y = rows.isCertainlyOutside(other, own) ? 'outside' : pointWith(first, other, own);
    if (typeof y === 'object') seconds.meet(y);
  }
  for (const one of firsts.all()) {
    for (const two of seconds.all()) {
      if (!(yield* pace.goesOn(0))) return stopped();
      if ((one.played & ~two.best) !== 0n || (two.played & ~one.best) !== 0n) continue;
      if (!told.has(`${one.place} ${two.place}`)) yield profiles.equilibrium(one.weights, two.weights);
    }
  }
  return { complete: true };
}

/** A vertex: what is played there, and what is best for the other, as bits. */
interface Vertex {
  readonly place: number;
  readonly weights: Point;
  /** How many strategies are played. */
  readonly size: number;
  readonly played: bigint;
  readonly best: bigint;
}

/** The vertices of a polytope that were met so far, each once. */
class Vertices {
  readonly #matrix: IntegerMatrix;
  readonly #known: Map<string, Vertex> = new Map();
  /** Whether more is best for the other at one of them than is played. */
  degenerate = false;

  constructor(matrix: IntegerMatrix) {
    this.#matrix = matrix;
  }

  all(): Iterable<Vertex> {
    return this.#known.values();
  }

  meet(weights: Point): Vertex {
    const payoffs = this.#matrix.map((row) => worth(row, weights));
    const most = payoffs.reduce((best, payoff) => (payoff > best ? payoff : best));
    const [played, best] = [bitsWhere(weights, (weight) => weight !== 0n), bitsWhere(payoffs, (sum) => sum === most)];
    const key = `${played.bits} ${best.bits}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const vertex = { place: this.#known.size, weights, size: played.count, played: played.bits, best: best.bits };
    this.#known.set(key, vertex);
    this.degenerate ||= best.count > played.count;
    return vertex;
  }
}

function bitsWhere(
  values: Point,
  holds: (value: bigint) => boolean,
): { readonly bits: bigint; readonly count: number } {
  let [bits, count] = [0n, 0];
  for (let at = 0; at < values.length; at++) {
    if (!holds(values[at] as bigint)) continue;
    bits |= 1n << BigInt(at);
    count += 1;
  }
  return { bits, count };
}

function worth(row: Point, weights: Point): bigint {
  return weights.reduce((total, weight, at) => (weight === 0n ? total : total + weight * (row[at] as bigint)), 0n);
}

/** All pairs of supports of as many of `m` and of `n` strategies, the smallest first. */
function* pairsOfEqualSize(
  m: number,
  n: number,
): Generator<readonly [readonly number[], readonly number[]], void, void> {
  for (let size = 1; size <= Math.min(m, n); size++) {
    for (const own of subsets(m, size)) for (const other of subsets(n, size)) yield [own, other];
  }
}

/** The sets of so many of the numbers from 0, in lexicographic order. */
function* subsets(count: number, size: number): Generator<readonly number[], void, void> {
  const chosen = Array.from({ length: size }, (_, at) => at);
  for (;;) {
    yield chosen;
    let place = size - 1;
    while (place >= 0 && chosen[place] === count - size + place) place -= 1;
    if (place < 0) return;
    chosen[place] = (chosen[place] as number) + 1;
    for (let next = place + 1; next < size; next++) chosen[next] = (chosen[next - 1] as number) + 1;
  }
}
