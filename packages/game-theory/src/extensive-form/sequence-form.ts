import { type Pace, type pause, Rational, type SearchOptions } from '@mechane/numerics';
import { tooLarge, unsuitableGame } from '../errors.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { type BehaviourEquilibrium, sameProfile } from './behaviour-equilibrium.ts';
import { treeOfPair } from './choosers.ts';
import { complementaryPath, type PathEnd } from './complementary-path.ts';
import { bestReplies, evaluationSteps, worthSteps } from './evaluate.ts';
import { type BehaviourProfile, type ExtensiveGame, uniformProfile } from './extensive-game.ts';
import { behaviourOf, exactly } from './realization.ts';
import { pathSystem, plansAt } from './sequence-form-path.ts';
import { type SequenceForm, sequenceForm } from './sequences.ts';

/**
 * More sequences of both players together are refused: the exact table grows with their square.
 *
 * @category Methods for trees
 */
export const mostSequences = 2_000;

/** @category Methods for trees */
export interface SequenceFormOptions extends SearchOptions {
  /** Where to start from, one path each: what players expect of each other before they learn better. Uniform by default. */
  readonly starts?: readonly BehaviourProfile[];
}

/**
 * Exact equilibria of a two-player game with perfect recall, by Lemke's algorithm on its sequence form (Koller, Megiddo & von
 * Stengel 1996), started from a prior as von Stengel, van den Elzen & Talman (2002) do: each start leads to one equilibrium. Steps
 * of the budget are pivots. In sets that a player's own moves do not come to, it plays best replies, evenly mixed.
 *
 * @throws MechaneError `unsuitable-game` where three players have something to choose or one has imperfect recall, with the witness; `too-large`
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { sequenceFormEquilibria, strippedDownPoker } from '@mechane/game-theory';
 *
 * const [equilibrium] = (await sequenceFormEquilibria(strippedDownPoker()).all()).results;
 * equilibrium?.payoffs.map(String); // => ['1/3', '-1/3']
 * equilibrium?.profile[0]?.map(String); // => ['1,0', '1/3,2/3']
 * equilibrium?.regret.toString(); // => '0'
 * ```
 */
export function sequenceFormEquilibria(
  game: ExtensiveGame,
  { starts, ...options }: SequenceFormOptions = {},
): Search<BehaviourEquilibrium> {
  const begin = sequenceFormPaths(game, starts);
  return new Search(begin, options);
}

/** The search as steps of another one; checks the tree at once. */
export function sequenceFormPaths(
  game: ExtensiveGame,
  starts?: readonly BehaviourProfile[],
): (pace: Pace) => Steps<BehaviourEquilibrium> {
  const { tree, whole, part } = treeOfPair(game);
  const form = twoPlayerSequenceForm(tree, 'sequence-form');
  const size = sequencesIn(tree);
  if (size > mostSequences) throw tooLarge('the number of sequences', size, mostSequences);
  const uniform = (): BehaviourProfile => uniformProfile(tree, (actions) => Rational.ratio(1n, BigInt(actions)));
  return (pace) => {
    const all = tree === game ? undefined : sequenceForm(game);
    return paths(form, starts?.map(part) ?? [uniform()], pace, function* (found) {
      if (all === undefined) return found;
      const profile = whole(found.profile);
      const evaluation = yield* evaluationSteps(all, profile, exactly, pace);
      return evaluation && { profile, payoffs: evaluation.payoffs, regret: evaluation.regret };
    });
  };
}

/** How many sequences all players have together. */
export function sequencesIn({ informationSets, players }: ExtensiveGame): number {
  return informationSets.flat().reduce((total, { actions }) => total + actions.length, players.length);
}

/** @throws MechaneError `unsuitable-game` unless there are at most two players, with perfect recall */
export function twoPlayerSequenceForm(game: ExtensiveGame, method: string): SequenceForm {
  if (game.players.length > 2) {
    throw unsuitableGame(
      method,
      `${game.players.length} players have something to choose, and only two can be treated`,
      'ask for any-equilibrium',
    );
  }
  return sequenceForm(game, method);
}

type Told = Generator<typeof pause, BehaviourEquilibrium | undefined, void>;

function* paths(
  form: SequenceForm,
  priors: readonly BehaviourProfile[],
  pace: Pace,
  told: (found: BehaviourEquilibrium) => Told,
): Steps<BehaviourEquilibrium> {
  const stopped = (): Ending => ({ complete: false, reason: pace.stopped as string });
  const found: BehaviourProfile[] = [];
  for (const prior of priors) {
    const system = yield* pathSystem(form, prior, pace);
    if (system === undefined) return stopped();
    // There is no ray on this path (von Stengel, van den Elzen & Talman 2002), so it has an end.
    const end = yield* complementaryPath(system, pace);
    if (end === 'stopped') return stopped();
    const plans = yield* plansAt(form, end as PathEnd, system.chosen, pace);
    const own = plans && (yield* equilibriumOfPlans(form, plans, pace));
    const equilibrium = own && (yield* told(own));
    if (equilibrium === undefined) return stopped();
    if (found.some((profile) => sameProfile(profile, equilibrium.profile))) continue;
    found.push(equilibrium.profile);
    yield equilibrium;
    if (pace.stopped !== undefined) return stopped();
  }
  return pathEnding;
}

const pathEnding: Ending = {
  complete: false,
  reason: 'each path leads to one equilibrium; the game may have others',
};

/**
 * The profile of realization plans, with best replies where a player's own moves do not come to; `undefined` where the pace stopped it.
 */
export function* equilibriumOfPlans(
  form: SequenceForm,
  plans: readonly (readonly Rational[])[],
  pace: Pace,
): Generator<typeof pause, BehaviourEquilibrium | undefined, void> {
  const found = yield* worthSteps(form, plans, exactly, pace);
  if (found === undefined) return undefined;
  const profile = form.players.map((own, player) =>
    behaviourOf(
      own,
      plans[player] as readonly Rational[],
      exactly,
      bestReplies(own, found.worth[player] as Rational[]),
    ),
  );
  const evaluation = yield* evaluationSteps(form, profile, exactly, pace);
  return evaluation && { profile, payoffs: evaluation.payoffs, regret: evaluation.regret };
}
