import { type Pace, type pause, Rational, type SearchOptions } from '@mechane/numerics';
import { firstOf } from '../first-of.ts';
import { anySteps } from '../many-players/any-equilibrium.ts';
import { Search } from '../search.ts';
import {
  type ApproximateBehaviour,
  exactBehaviour,
  inDoublesOnly,
  nearestEquilibrium,
} from './approximate-behaviour.ts';
import type { ExtensiveGame } from './extensive-game.ts';
import { behaviourOf, reducedNormalFormSteps, reducedShape } from './reduced-normal-form.ts';
import { RegretMinimization } from './regret-minimization.ts';
import { type SequenceForm, sequenceForm } from './sequences.ts';
import { logitSteps, mostActions } from './tree-logit.ts';

/** How many paths of logit responses are followed, and how far at most. */
const [mostPaths, mostSteps] = [4, 3_000];
/** Larger reduced normal forms are not made. */
const mostNumbers = 100_000;
const mostIterations = 3_000;

/**
 * Finds an equilibrium of a tree with perfect recall and any number of players: at the end of a path of logit responses or, where paths get stuck, in
 * the reduced normal form. If the tree is too large for both, it gives an average of self-play, with its regret.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness
 * @category Methods for trees
 */
export function anyBehaviour(tree: ExtensiveGame, options: SearchOptions = {}): Search<ApproximateBehaviour> {
  const form = sequenceForm(tree, 'any-equilibrium');
  return new Search(function* (pace) {
    const found = (yield* pathEnd(form, pace)) ?? (yield* inNormalForm(tree, form, pace));
    if (found !== undefined) {
      yield found;
      return { complete: false, reason: pace.stopped ?? 'one equilibrium is shown; there may be others' };
    }
    const average = yield* averageOfPlay(form, pace);
    if (average !== undefined) yield average;
    return { complete: false, reason: pace.stopped ?? 'the tree is too large: an average of self-play is shown' };
  }, options);
}

function* pathEnd(form: SequenceForm, pace: Pace): Generator<typeof pause, ApproximateBehaviour | undefined, void> {
  const actions = form.players.reduce((sum, { size }) => sum + size - 1, 0);
  if (actions > mostActions) return undefined;
  for (let path = 0; path < mostPaths && pace.stopped === undefined; path++) {
    const end = yield* firstOf(logitSteps(form, pace, { mostSteps, unit: path === 0 ? 'own' : { drawnBy: path } }));
    if (end === undefined) continue;
    const { lambda: _, ...found } = end;
    return found;
  }
  return undefined;
}

function* inNormalForm(
  tree: ExtensiveGame,
  form: SequenceForm,
  pace: Pace,
): Generator<typeof pause, ApproximateBehaviour | undefined, void> {
  const numbers = reducedShape(form).reduce((product, count) => product * count, form.players.length);
  if (pace.stopped !== undefined || numbers > mostNumbers) return undefined;
  const reduced = yield* reducedNormalFormSteps(tree, pace);
  if (reduced === undefined) return undefined;
  const found = yield* firstOf(anySteps(reduced.game, pace));
  if (found === undefined) return undefined;
  if (found.exact !== undefined) return exactBehaviour(form, behaviourOf(tree, reduced, found.exact.profile));
  const mixed = found.profile.map((own) => own.map((weight) => Rational.fromDouble(Math.max(0, weight))));
  const profile = behaviourOf(tree, reduced, mixed);
  return inDoublesOnly(
    form,
    profile.map((sets) => sets.map((own) => own.map((share) => share.toNumber()))),
  );
}

function* averageOfPlay(
  form: SequenceForm,
  pace: Pace,
): Generator<typeof pause, ApproximateBehaviour | undefined, void> {
  const minimization = new RegretMinimization(form, 'cfr+');
  while (minimization.iterations < mostIterations && pace.stopped === undefined) {
    minimization.run(1);
    yield* pace.goesOn();
  }
  return minimization.iterations === 0 ? undefined : nearestEquilibrium(form, minimization.average());
}
