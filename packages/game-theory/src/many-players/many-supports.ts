import { type Pace, pause, Rational, type SearchOptions } from '@mechane/numerics';
import type { NormalFormGame } from '../normal-form/game.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { cellsOf } from '../supports/all-equilibria.ts';
import { EquilibriumSets, type PlayedSequences } from '../supports/equilibrium-sets.ts';
import { TablePayoffs } from '../supports/multilinear-payoffs.ts';
import { PlanSupports } from '../supports/plan-support.ts';
import { exactEquilibrium } from '../two-player/exact-profile.ts';
import { type ApproximateEquilibrium, approximateEquilibrium } from './approximate-equilibrium.ts';
import { NormalFormMap } from './payoff-map.ts';
import { undominated } from './undominated.ts';

/**
 * How the equilibria of a game hang together.
 *
 * @category Methods for many players
 */
export interface SupportsSummary {
  /** The connected sets of equilibria, each by the indices of its corners, where all are known; isolated equilibria stand alone. */
  readonly components?: readonly (readonly number[])[];
}

/**
 * Support enumeration for any number of players: for every choice of supports, smallest first, all mixtures that make all strategies of
 * the supports equally good and best. Where at most two players mix these are found exactly: of a continuum, the corners of the polytopes that
 * make it up. Where more mix, all solutions are enclosed in boxes, each alone in its own, by interval arithmetic with allowance for
 * rounding (Krawczyk 1969), so that `complete` is a proof. Where that stays undecided, as on curves of equilibria, it says so. For small games: the
 * number of supports grows as 2 to the number of all strategies.
 *
 * @category Methods for many players
 * @example
 * ```ts
 * import { manySupports, readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame({ players: ['row', 'column'], payoffs: [[[2, 0], [0, 1]], [[1, 0], [0, 2]]] });
 * const { results, complete } = manySupports(game).now();
 * results.map(({ exact }) => String(exact?.profile)); // => ['1,0,1,0', '0,1,0,1', '2/3,1/3,1/3,2/3']
 * complete; // => true
 * ```
 */
export function manySupports(
  game: NormalFormGame,
  options: SearchOptions = {},
): Search<ApproximateEquilibrium, SupportsSummary> {
  return new Search((pace) => steps(game, pace), options);
}

function* steps(game: NormalFormGame, pace: Pace): Steps<ApproximateEquilibrium, SupportsSummary> {
  const left = pace.stopped === undefined ? yield* undominated(game, pace) : undefined;
  if (left === undefined) return { complete: false, reason: pace.stopped as string };
  const payoffs = new TablePayoffs(game);
  const map = new NormalFormMap(game);
  const choices = payoffs.players.map(
    (own, player) => new PlanSupports(own, (sequence) => (left[player] as readonly number[]).includes(sequence - 1)),
  );
  const sets = new EquilibriumSets();
  let undecided = 0;
  for (const cell of cellsOf(payoffs, choices, pace)) {
    if (cell === pause) {
      yield pause;
      continue;
    }
    if (cell.kind === 'undecided') undecided += 1;
    else if (cell.kind === 'pieces') {
      for (const piece of cell.pieces) {
        const corners = sets.cornersOf(cell.supports, piece);
        if (corners === undefined) undecided += 1;
        for (const { isNew, played } of corners ?? []) if (isNew) yield exactly(game, map, played);
      }
    } else if (cell.kind === 'points') {
      for (const plans of cell.points) {
        const { isNew, played } = sets.point(cell.supports, plans);
        if (isNew) yield exactly(game, map, played);
      }
    } else if (cell.exact !== undefined) {
      const { isNew, played } = sets.point(cell.supports, cell.exact);
      if (isNew) yield exactly(game, map, played);
    } else {
      sets.isolated();
      const weights = new Float64Array(map.size);
      for (const [player, { sequences }] of cell.supports.entries()) {
        sequences.forEach((sequence, place) => {
          weights[(map.offsets[player] as number) + sequence - 1] = cell.plans[player]?.[place] as number;
        });
      }
      yield approximateEquilibrium(map, weights);
    }
  }
  return supportsEnding(sets, undecided, pace);
}

/** How a search through supports ended. */
export function supportsEnding(sets: EquilibriumSets, undecided: number, { stopped }: Pace): Ending<SupportsSummary> {
  if (stopped !== undefined) return { complete: false, reason: stopped };
  if (undecided === 0) return { complete: true, components: sets.components() };
  const supports = undecided === 1 ? 'one choice of supports is' : `${undecided} choices of supports are`;
  return { complete: false, reason: `${supports} undecided: there may be more equilibria, such as curves of them` };
}

function exactly(game: NormalFormGame, map: NormalFormMap, played: PlayedSequences): ApproximateEquilibrium {
  const profile = game.shape.map((count) => new Array<Rational>(count).fill(Rational.zero));
  played.forEach((own, player) => {
    for (const [sequence, probability] of own) (profile[player] as Rational[])[sequence - 1] = probability;
  });
  const weights = Float64Array.from(profile.flat(), (weight) => weight.toNumber());
  return { ...approximateEquilibrium(map, weights), exact: exactEquilibrium(game, profile) };
}
