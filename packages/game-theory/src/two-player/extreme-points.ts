/*
 * All extreme equilibria of a two-player game, exactly. An equilibrium is a pair of points of the two best-response polytopes in which every
 * pure strategy is unplayed or a best response; all equilibria are mixtures of those at pairs of vertices (Mangasarian 1964).
 */
import { type Pace, pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { type Bimatrix, bimatrix, type IntegerMatrix } from './bimatrix.ts';
import { CertifiedWalk } from './certified-vertices.ts';
import { ProfileOfWeights } from './exact-profile.ts';
import { faceVertices, type LabelledVertex, lexicographicVertices } from './lexicographic-vertices.ts';
import { connectedComponents, type EquilibriumStructure, equilibriumStructure } from './nash-subsets.ts';
import { type Pair, pairOf } from './pair.ts';
import { pointWith } from './polytope-point.ts';
import { ScaledMatrix } from './scaled-matrix.ts';

/**
 * What is known of the equilibria beside their list.
 *
 * @category Methods for two players
 */
export interface ExtremePointsSummary extends EquilibriumStructure {
  /** The equilibria in which a player has more pure best responses than the other plays strategies: those that make the game degenerate. */
  readonly degenerate: readonly number[];
}

/**
 * Finds all extreme equilibria of a two-player game, with maximal Nash subsets and components. Exact: payoffs are taken as the rationals
 * they are, degenerate games included. Others may take part if they have nothing to choose. Where the search is stopped, components are those of what
 * was found so far, and subsets are left out.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose
 * @category Methods for two players
 * @example
 * ```ts
 * import { extremePoints, readJsonGame } from '@mechane/game-theory';
 *
 * const sexes = readJsonGame({ players: ['ann', 'bob'], payoffs: [[[3, 0], [0, 2]], [[2, 0], [0, 3]]] });
 * const { results, complete, components } = extremePoints(sexes).now();
 * results.map(({ profile }) => String(profile)); // => ['1,0,1,0', '3/5,2/5,2/5,3/5', '0,1,0,1']
 * complete; // => true
 * components; // => [[0], [1], [2]]
 * ```
 */
export function extremePoints(
  game: NormalFormGame,
  options: SearchOptions = {},
): Search<Equilibrium, ExtremePointsSummary> {
  const pair = pairOf(game, 'extreme-points');
  return new Search((pace) => extremePointSteps(game, pair, pace, (equilibrium) => equilibrium), options);
}

/** The search as steps of another one, each equilibrium told in another way: those that are then the same are given once. */
export function* extremePointSteps<Told extends { readonly profile: readonly (readonly unknown[])[] }>(
  game: NormalFormGame,
  pair: Pair,
  pace: Pace,
  tell: (equilibrium: Equilibrium) => Told,
): Steps<Told, ExtremePointsSummary> {
  const found = new EquilibriumList(game, pair, tell);
  if (pace.stopped === undefined) {
    const matrices = yield* bimatrix(game, pair, pace);
    if (matrices !== undefined && !(yield* certifiedEquilibria(matrices, found, pace))) {
      if (pace.stopped === undefined) yield* allEquilibria(matrices, found, pace);
    }
  }
  return yield* found.ending(pace);
}

/** Walks the smaller polytope with doubles and looks for partners of its vertices; `false` where rounding led astray, or time ran out. */
function* certifiedEquilibria<Told extends { readonly profile: readonly (readonly unknown[])[] }>(
  { m, n, first, second }: Bimatrix,
  found: EquilibriumList<Told>,
  pace: Pace,
): Generator<Told | typeof pause, boolean, void> {
  const ownFirst = m <= n;
  const [walked, other] = ownFirst ? [second, first] : [first, second];
  const opposite = new ScaledMatrix(other);
  const vertices = new CertifiedWalk(walked, new ScaledMatrix(walked)).vertices(pace);
  for (;;) {
    const step = vertices.next();
    if (step.done) return step.value === 'all';
    if (step.value === pause) {
      yield pause;
      continue;
    }
    const { support, tight, weights } = step.value;
    if (!opposite.isCertainlyOutside(tight, support)) {
      const partners = partnersOf(other, tight, support, pace);
      for (let partner = partners.next(); !partner.done; partner = partners.next()) {
        if (partner.value === pause) {
          yield pause;
          continue;
        }
        const own = weights ?? (pointWith(walked, support, tight) as readonly bigint[]);
        const equilibrium = ownFirst ? found.add(own, partner.value) : found.add(partner.value, own);
        if (equilibrium !== undefined) yield equilibrium;
      }
    }
    if (!(yield* pace.goesOn())) return false;
  }
}

/** The vertices of a polytope at which certain rows are tight, with supports within `allowed`. */
function* partnersOf(
  matrix: IntegerMatrix,
  allowed: readonly number[],
  tight: readonly number[],
  pace: Pace,
): Generator<readonly bigint[] | typeof pause, void, void> {
  if (allowed.length === tight.length) {
    const point = pointWith(matrix, allowed, tight);
    if (point !== 'singular') {
      if (point !== 'outside') yield point;
      return;
    }
  }
  for (const step of faceVertices(matrix, allowed, tight, pace)) yield step === pause ? pause : step.weights;
}

/** Pairs the vertices of both polytopes, found in integers; `false` where time ran out. */
function* allEquilibria<Told extends { readonly profile: readonly (readonly unknown[])[] }>(
  { m, n, first, second }: Bimatrix,
  found: EquilibriumList<Told>,
  pace: Pace,
): Generator<Told | typeof pause, boolean, void> {
  const rows: LabelledVertex[] = [];
  const all = (1n << BigInt(m + n)) - 1n;
  for (const step of lexicographicVertices(second, pace)) {
    if (step === pause) yield pause;
    else rows.push(step);
  }
  if (pace.stopped !== undefined) return false;
  for (const step of lexicographicVertices(first, pace)) {
    if (step === pause) {
      yield pause;
      continue;
    }
    // Labels in the order of the second polytope: its coordinates are the constraints of the first.
    const { labels, weights } = step;
    const missing = all & ~((labels >> BigInt(n)) | ((labels & ((1n << BigInt(n)) - 1n)) << BigInt(m)));
    for (const vertex of rows) {
      if ((vertex.labels & missing) !== missing) continue;
      const equilibrium = found.add(vertex.weights, weights);
      if (equilibrium !== undefined) yield equilibrium;
      if (!(yield* pace.goesOn(0))) return false;
    }
  }
  return pace.stopped === undefined;
}

/** The equilibria found so far, none twice. */
class EquilibriumList<Told extends { readonly profile: readonly (readonly unknown[])[] }> {
  readonly #profiles: ProfileOfWeights;
  readonly #players: Pair['players'];
  readonly #tell: (equilibrium: Equilibrium) => Told;
  readonly #pairs: [string, string][] = [];
  readonly #seen: Set<string> = new Set();
  readonly #degenerate: number[] = [];

  constructor(game: NormalFormGame, pair: Pair, tell: (equilibrium: Equilibrium) => Told) {
    this.#profiles = new ProfileOfWeights(game, pair);
    this.#players = pair.players;
    this.#tell = tell;
  }

  add(x: readonly bigint[], y: readonly bigint[]): Told | undefined {
    const { equilibrium, isDegenerate } = this.#profiles.evaluate(x, y);
    const told = this.#tell(equilibrium);
    const [first, second] = this.#players.map((player) => keyOf(told.profile[player])) as [string, string];
    const key = `${first};${second}`;
    if (this.#seen.has(key)) return undefined;
    this.#seen.add(key);
    if (isDegenerate) this.#degenerate.push(this.#pairs.length);
    this.#pairs.push([first, second]);
    return told;
  }

  *ending(pace: Pace): Generator<typeof pause, Ending<ExtremePointsSummary>, void> {
    const degenerate = this.#degenerate;
    const structure = pace.stopped === undefined ? yield* equilibriumStructure(this.#pairs, pace) : undefined;
    if (structure !== undefined) return { complete: true, ...structure, degenerate };
    const components = connectedComponents(this.#pairs);
    return { complete: false, reason: pace.stopped as string, components, subsets: [], degenerate };
  }
}

/** What a player does, as a text: probabilities, or lists of them for each information set. */
function keyOf(own: readonly unknown[] = []): string {
  return own.map((part) => (Array.isArray(part) ? part.join() : String(part))).join(';');
}
