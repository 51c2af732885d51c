import type { Pace, SearchOptions } from '@mechane/numerics';
import { tooLarge } from '../errors.ts';
import { regretAt } from '../many-players/approximate-equilibrium.ts';
import { LogitPath } from '../many-players/logit-path.ts';
import { WeighedMap } from '../many-players/weighed-map.ts';
import { Search, type Steps } from '../search.ts';
import { type ApproximateBehaviour, inDoublesOnly, nearestEquilibrium } from './approximate-behaviour.ts';
import { CounterfactualMap } from './counterfactual-map.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { type SequenceForm, sequenceForm } from './sequences.ts';

/** The most actions of all players: what a step takes grows with their third power. */
export const mostActions = 400;

/** More than these are refused: a step would take gigabytes. */
const mostEver = 2_000;

/** What is left of regret at an information set, as a share of the range of payoffs, at the end of a path. */
const maxRegret = 1e-10;

/**
 * An equilibrium at the end of a path of responses.
 *
 * @category Methods for trees
 */
export interface LogitBehaviour extends ApproximateBehaviour {
  /** How much payoffs count there: infinitely. */
  readonly lambda: number;
}

/**
 * Follows logit responses in a tree with perfect recall, for any number of players, from all actions being equally likely to an equilibrium, as `logit`
 * does in tables: at every information set, actions are taken in proportion to exp(λ · value). Values are counterfactual: they count as often as the
 * others and chance let play come there, so that the end of the path is an equilibrium of the whole tree. Where simple fractions are near, it is told
 * exactly.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness; `too-large` when there are more than 2,000 actions
 *
 * @category Methods for trees
 * @example
 * ```ts
 * import { seltensHorse, treeLogit } from '@mechane/game-theory';
 *
 * const [equilibrium] = treeLogit(seltensHorse()).now().results;
 * equilibrium?.exact?.payoffs.map(String); // => ['1', '1', '1']
 * ```
 */
export function treeLogit(tree: ExtensiveGame, options: SearchOptions = {}): Search<LogitBehaviour> {
  const form = sequenceForm(tree, 'logit');
  const actions = tree.informationSets.flat().reduce((sum, set) => sum + set.actions.length, 0);
  if (actions > mostEver) throw tooLarge('the number of actions', actions, mostEver);
  return new Search((pace) => logitSteps(form, pace, { unit: 'common' }), options);
}

/**
 * The search as steps of another one: given up after so many steps, on payoffs in one unit or each player's in its own, or weighed by what a seed
 * draws.
 */
export function logitSteps(
  form: SequenceForm,
  pace: Pace,
  { mostSteps, unit }: { readonly mostSteps?: number; readonly unit: 'common' | 'own' | { readonly drawnBy: number } },
): Steps<LogitBehaviour> {
  const map = new CounterfactualMap(form);
  const weighed =
    unit === 'own' ? map : unit === 'common' ? WeighedMap.inOneUnit(map).map : WeighedMap.drawn(map, unit.drawnBy);
  return new LogitPath<ApproximateBehaviour>(weighed, { maxRegret }, pace, {
    ...(mostSteps === undefined ? {} : { mostSteps }),
    regret: (weights) => regretAt(map, weights),
    // Where the others do not let play come to some sets, equilibria are never isolated.
    nearby: () => undefined,
    told: (weights) => inDoublesOnly(form, map.profileOf(weights)),
    limit: (weights) => nearestEquilibrium(form, map.profileOf(weights)),
  }).follow();
}
