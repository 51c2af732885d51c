import { pause, Rational, type SearchOptions } from '@mechane/numerics';
import { type SupportsSummary, supportsEnding } from '../many-players/many-supports.ts';
import { Search } from '../search.ts';
import { type Cell, cellsOf } from '../supports/all-equilibria.ts';
import { EquilibriumSets } from '../supports/equilibrium-sets.ts';
import type { ExactPlans } from '../supports/exact-plans.ts';
import { TreePayoffs } from '../supports/multilinear-payoffs.ts';
import { PlanSupports } from '../supports/plan-support.ts';
import { type ApproximateBehaviour, exactBehaviour, inDoublesOnly } from './approximate-behaviour.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { behaviourOf, exactly, inDoubles } from './realization.ts';
import { type PlayerSequences, sequenceForm } from './sequences.ts';

/**
 * Support enumeration in a tree, for any number of players with perfect recall: of sequences of own moves instead of whole strategies (von Stengel
 * 1996), so that mixtures that do the same are one. What is exact and what is proved is as in `manySupports`. In information sets that a
 * player's own moves do not come to, all actions are as likely. For small trees.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness
 *
 * @category Methods for trees
 * @example
 * ```ts
 * import { seltensHorse, treeSupports } from '@mechane/game-theory';
 *
 * // Selten 1975: equilibria form two sets.
 * const { results, complete, components } = treeSupports(seltensHorse()).now();
 * results.map(({ exact }) => String(exact?.payoffs)); // => ['1,1,1', '3,2,2', '1,1,1', '3,2,2']
 * [complete, components]; // => [true, [[0, 2], [1, 3]]]
 * ```
 */
export function treeSupports(
  tree: ExtensiveGame,
  options: SearchOptions = {},
): Search<ApproximateBehaviour, SupportsSummary> {
  const form = sequenceForm(tree, 'support-enumeration');
  return new Search(function* (pace) {
    const choices = form.players.map((own) => new PlanSupports(own));
    const sets = new EquilibriumSets();
    let undecided = 0;
    for (const cell of cellsOf(new TreePayoffs(form), choices, pace)) {
      if (cell === pause) {
        yield pause;
        continue;
      }
      if (cell.kind === 'undecided') {
        undecided += 1;
        continue;
      }
      if (cell.kind === 'isolated' && cell.exact === undefined) {
        sets.isolated();
        const profile = form.players.map((own, player) => {
          const plan = new Float64Array(own.size);
          plan[0] = 1;
          cell.supports[player]?.sequences.forEach((sequence, place) => {
            plan[sequence] = Math.max(0, cell.plans[player]?.[place] as number);
          });
          return behaviourOf(own, plan, inDoubles);
        });
        yield inDoublesOnly(form, profile);
        continue;
      }
      const found =
        cell.kind === 'pieces'
          ? cell.pieces.map((piece) => sets.cornersOf(cell.supports, piece))
          : [pointsOf(cell).map((plans) => sets.point(cell.supports, plans))];
      for (const corners of found) {
        if (corners === undefined) undecided += 1;
        for (const { isNew, played } of corners ?? []) {
          if (!isNew) continue;
          const profile = form.players.map((own, player) =>
            behaviourOf(own, planOf(own, played[player] ?? []), exactly),
          );
          yield exactBehaviour(form, profile);
        }
      }
    }
    return supportsEnding(sets, undecided, pace);
  }, options);
}

function pointsOf(cell: Extract<Cell, { kind: 'points' | 'isolated' }>): readonly ExactPlans[] {
  if (cell.kind === 'points') return cell.points;
  return cell.exact === undefined ? [] : [cell.exact];
}

function planOf(
  { size }: PlayerSequences,
  played: readonly (readonly [sequence: number, probability: Rational])[],
): Rational[] {
  const plan = new Array<Rational>(size).fill(Rational.zero);
  plan[0] = Rational.one;
  for (const [sequence, probability] of played) plan[sequence] = probability;
  return plan;
}
