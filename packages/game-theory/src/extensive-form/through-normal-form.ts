/*
 * What methods for tables find in the reduced normal form of a tree, told as behaviour strategies. Many mixed strategies do the same in the tree, so that
 * many equilibria there are one here: each is given once.
 */
import { type Pace, pause, type SearchOptions } from '@mechane/numerics';
import type { Equilibrium } from '../equilibrium.ts';
import type { NormalFormGame } from '../normal-form/game.ts';
import { pureSteps } from '../normal-form/pure.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { extremePointSteps } from '../two-player/extreme-points.ts';
import { lemkeHowsonSteps } from '../two-player/lemke-howson.ts';
import type { EquilibriumStructure } from '../two-player/nash-subsets.ts';
import { pairOf } from '../two-player/pair.ts';
import { supportSteps } from '../two-player/support-enumeration.ts';
import type { BehaviourEquilibrium } from './behaviour-equilibrium.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { requirePerfectRecall } from './perfect-recall.ts';
import { behaviourOf, type ReducedNormalForm, reducedNormalFormSteps } from './reduced-normal-form.ts';

/**
 * All extreme equilibria of the reduced normal form of a tree in which two have something to choose, as behaviour strategies, with maximal Nash
 * subsets and components. Whatever mixed strategies do the same is one, so that components are those of behaviour strategies, too.
 *
 * @throws MechaneError `unsuitable-game` when more than two players have something to choose, or one has imperfect recall; `too-large`
 */
export function extremeBehaviour(
  tree: ExtensiveGame,
  options: SearchOptions = {},
): Search<BehaviourEquilibrium, EquilibriumStructure> {
  requirePerfectRecall(tree, 'extreme-points');
  return new Search(function* (pace) {
    const reduced = yield* reducedNormalFormSteps(tree, pace);
    if (reduced === undefined) return { ...stoppedBy(pace), components: [], subsets: [] };
    const pair = pairOf(reduced.game, 'extreme-points');
    const ending = yield* extremePointSteps(reduced.game, pair, pace, (found) => behaviour(tree, reduced, found));
    // In the reduced normal form of a tree, nearly all equilibria are degenerate.
    const { degenerate: _, ...rest } = ending;
    return rest as Ending<EquilibriumStructure>;
  }, options);
}

/**
 * All equilibria in pure strategies, as behaviour strategies, for any number of players. With imperfect recall, too: players then compare pure strategies.
 *
 * @throws MechaneError `too-large`
 */
export function pureBehaviour(tree: ExtensiveGame, options: SearchOptions = {}): Search<BehaviourEquilibrium> {
  return new Search((pace) => distinctBehaviour(tree, pace, pureSteps), options);
}

/** What support enumeration finds in the reduced normal form of a tree in which two have something to choose. */
export function supportBehaviour(tree: ExtensiveGame, options: SearchOptions = {}): Search<BehaviourEquilibrium> {
  requirePerfectRecall(tree, 'support-enumeration');
  return new Search(
    (pace) => distinctBehaviour(tree, pace, (game) => supportSteps(game, pairOf(game, 'support-enumeration'), pace)),
    options,
  );
}

/** What the paths of Lemke and Howson lead to in the reduced normal form of a tree in which two have something to choose. */
export function lemkeHowsonBehaviour(tree: ExtensiveGame, options: SearchOptions = {}): Search<BehaviourEquilibrium> {
  requirePerfectRecall(tree, 'lemke-howson');
  return new Search(
    (pace) =>
      distinctBehaviour(tree, pace, function* (game) {
        const pair = pairOf(game, 'lemke-howson');
        const labels = Array.from({ length: pair.m + pair.n }, (_, label) => label);
        const { paths: _, ...ending } = yield* lemkeHowsonSteps(game, pair, labels, pace);
        return ending as Ending;
      }),
    options,
  );
}

function* distinctBehaviour(
  tree: ExtensiveGame,
  pace: Pace,
  search: (game: NormalFormGame, pace: Pace) => Steps<Equilibrium>,
): Steps<BehaviourEquilibrium> {
  const reduced = yield* reducedNormalFormSteps(tree, pace);
  if (reduced === undefined) return stoppedBy(pace);
  const seen = new Set<string>();
  const steps = search(reduced.game, pace);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (step.value === pause) {
      yield pause;
      continue;
    }
    const told = behaviour(tree, reduced, step.value);
    const key = JSON.stringify(told.profile);
    if (!seen.has(key)) yield told;
    seen.add(key);
  }
}

function behaviour(tree: ExtensiveGame, reduced: ReducedNormalForm, found: Equilibrium): BehaviourEquilibrium {
  return { ...found, profile: behaviourOf(tree, reduced, found.profile) };
}

function stoppedBy({ stopped }: Pace): { readonly complete: false; readonly reason: string } {
  return { complete: false, reason: stopped as string };
}
