import { type Pace, Rational, type SearchOptions } from '@mechane/numerics';
import { tooLarge, unsuitableGame } from '../errors.ts';
import { type Ending, Search, type Steps } from '../search.ts';
import { type BehaviourEquilibrium, sameProfile } from './behaviour-equilibrium.ts';
import { complementaryPath, type PathEnd } from './complementary-path.ts';
import { bestReplies, evaluateIn, worthOf } from './evaluate.ts';
import { type BehaviourProfile, type ExtensiveGame, uniformProfile } from './extensive-game.ts';
import { behaviourOf, exactly } from './realization.ts';
import { pathSystem, plansAt } from './sequence-form-path.ts';
import { type SequenceForm, sequenceForm } from './sequences.ts';

/** More sequences of both players together are refused: the exact table grows with their square. */
export const mostSequences = 2_000;

export interface SequenceFormOptions extends SearchOptions {
  /** Where to start from, one path each: what players expect of each other before they learn better. Uniform by default. */
  readonly starts?: readonly BehaviourProfile[];
}

/**
 * Exact equilibria of a two-player game with perfect recall, by Lemke's algorithm on its sequence form (Koller, Megiddo & von
 * Stengel 1996), started from a prior as von Stengel, van den Elzen & Talman (2002) do: each start leads to one equilibrium. Steps
 * of the budget are pivots. In sets that a player's own moves do not come to, it plays best replies, evenly mixed.
 *
 * @throws MechaneError `unsuitable-game` for three players or imperfect recall, with the witness; `too-large`
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
  const form = twoPlayerSequenceForm(game, 'sequence-form');
  const size = form.players.reduce((total, own) => total + own.size, 0);
  if (size > mostSequences) throw tooLarge('the number of sequences', size, mostSequences);
  const priors = starts ?? [uniformProfile(game, (actions) => Rational.ratio(1n, BigInt(actions)))];
  return new Search((pace) => paths(form, priors, pace), options);
}

/** @throws MechaneError `unsuitable-game` unless there are at most two players, with perfect recall */
export function twoPlayerSequenceForm(game: ExtensiveGame, method: string): SequenceForm {
  if (game.players.length > 2) {
    throw unsuitableGame(
      method,
      `the game has ${game.players.length} players, and only two can be treated`,
      'ask for cfr',
    );
  }
  return sequenceForm(game, method);
}

function* paths(form: SequenceForm, priors: readonly BehaviourProfile[], pace: Pace): Steps<BehaviourEquilibrium> {
  const found: BehaviourProfile[] = [];
  for (const prior of priors) {
    const system = pathSystem(form, prior);
    // There is no ray on this path (von Stengel, van den Elzen & Talman 2002), so it has an end.
    const end = yield* complementaryPath(system, pace);
    if (end === 'stopped') return { complete: false, reason: pace.stopped as string };
    const equilibrium = equilibriumAt(form, end as PathEnd, system.chosen);
    if (found.some((profile) => sameProfile(profile, equilibrium.profile))) continue;
    found.push(equilibrium.profile);
    yield equilibrium;
    if (pace.stopped !== undefined) return { complete: false, reason: pace.stopped };
  }
  return pathEnding;
}

const pathEnding: Ending = {
  complete: false,
  reason: 'each path leads to one equilibrium; the game may have others',
};

function equilibriumAt(form: SequenceForm, end: PathEnd, chosen: readonly boolean[]): BehaviourEquilibrium {
  return equilibriumOfPlans(form, plansAt(form, end, chosen));
}

/** The profile of realization plans, with best replies where a player's own moves do not come to. */
export function equilibriumOfPlans(form: SequenceForm, plans: readonly (readonly Rational[])[]): BehaviourEquilibrium {
  const { worth } = worthOf(form, plans, exactly);
  const profile = form.players.map((own, player) =>
    behaviourOf(own, plans[player] as readonly Rational[], exactly, bestReplies(own, worth[player] as Rational[])),
  );
  const { payoffs, regret } = evaluateIn(form, profile, exactly);
  return { profile, payoffs, regret };
}
