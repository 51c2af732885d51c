import { type Pace, pause, type SearchOptions } from '@mechane/numerics';
import { invalidGame, unsuitableGame } from '../errors.ts';
import { Search, type Steps } from '../search.ts';
import type { BehaviourEquilibrium } from './behaviour-equilibrium.ts';
import type { BehaviourProfile, ExtensiveGame } from './extensive-game.ts';
import { evaluateInDoubles } from './levelled-form.ts';
import { type Exploitability, RegretMinimization, type RegretRule } from './regret-minimization.ts';
import { type SequenceForm, sequenceForm } from './sequences.ts';

/** @category Methods for trees */
export interface CounterfactualRegretOptions extends SearchOptions {
  /** `cfr+` by default. */
  readonly rule?: RegretRule;
  /** How many iterations to run: 1,000 by default. */
  readonly iterations?: number;
  /** Stop as soon as no player can gain more than this, looked at now and then. */
  readonly target?: number;
  /** Give the average strategies every so many iterations, besides at the end. */
  readonly every?: number;
}

/**
 * Average strategies after so many iterations.
 *
 * @category Methods for trees
 */
export interface AverageProfile extends BehaviourEquilibrium<number>, Exploitability {
  readonly iterations: number;
}

/**
 * Average strategies by counterfactual regret minimisation, in doubles, with what true best responses gain against them. Where
 * two play for a constant sum they converge to equilibrium; elsewhere the regret says how far they came. Steps of the
 * budget are iterations.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall, with the witness, or payoffs are beyond doubles; `invalid-game`
 * for options that make no sense
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { counterfactualRegret, kuhnPoker } from '@mechane/game-theory';
 *
 * const [average] = counterfactualRegret(kuhnPoker(), { rule: 'cfr', iterations: 100 }).now().results;
 * average?.exploitability.toFixed(6); // => '0.008226'
 * ```
 */
export function counterfactualRegret(
  game: ExtensiveGame,
  { rule = 'cfr+', iterations = 1_000, target = -1, every = Infinity, ...options }: CounterfactualRegretOptions = {},
): Search<AverageProfile> {
  if (!['cfr', 'cfr+', 'discounted'].includes(rule)) throw unfit('rule', 'cfr, cfr+ or discounted');
  if (!Number.isSafeInteger(iterations) || iterations < 1) throw unfit('iterations', 'a whole number, 1 or more');
  if (!(every >= 1)) throw unfit('every', 'a number, 1 or more');
  const form = sequenceForm(game, 'cfr');
  requireDoubles(form);
  const minimization = new RegretMinimization(form, rule);
  return new Search((pace) => averages(minimization, { iterations, target, every: Math.floor(every) }, pace), options);
}

function* averages(
  minimization: RegretMinimization,
  { iterations, target, every }: { readonly iterations: number; readonly target: number; readonly every: number },
  pace: Pace,
): Steps<AverageProfile> {
  const average = (): AverageProfile => ({
    profile: minimization.average(),
    ...minimization.exploitability(),
    iterations: minimization.iterations,
  });
  let shown = 0;
  let nextLook = 16;
  while (minimization.iterations < iterations && pace.stopped === undefined) {
    minimization.run(1);
    const done = minimization.iterations;
    if (pace.due()) yield pause;
    if (target >= 0 && done >= nextLook) {
      nextLook = Math.ceil(nextLook * 1.25);
      if (minimization.exploitability().regret <= target) break;
    }
    if (done % every === 0 && done < iterations) {
      shown = done;
      yield average();
    }
  }
  if (shown < minimization.iterations) yield average();
  return {
    complete: false,
    reason:
      pace.stopped ??
      `an average of ${minimization.iterations.toLocaleString('en')} iterations comes near to one equilibrium at best`,
  };
}

/** Sums of payoffs that no double holds would be no numbers. */
function requireDoubles({ leaves }: SequenceForm): void {
  const isHeld = leaves.every(({ payoffs }) => payoffs.every((payoff) => Math.abs(payoff.toNumber()) < mostPaid));
  if (!isHeld) throw unsuitableGame('cfr', `there are payoffs of ${mostPaid} and more`, 'write them in a larger unit');
}

/** Sums over leaves are finite. */
const mostPaid = 1e300;

function unfit(option: string, expected: string): Error {
  return invalidGame({ problem: `the option ${option} makes no sense`, path: [option], expected });
}

/**
 * What true best responses gain against a profile, in doubles.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall
 * @category Methods for trees
 *
 * @example
 * ```ts
 * import { exploitability, kuhnPoker, uniformProfile } from '@mechane/game-theory';
 *
 * const game = kuhnPoker();
 * exploitability(game, uniformProfile(game, (actions) => 1 / actions)).exploitability.toFixed(6); // => '0.458333'
 * ```
 */
export function exploitability(game: ExtensiveGame, profile: BehaviourProfile<number>): Exploitability {
  const { payoffs, gains: rounded, regret } = evaluateInDoubles(sequenceForm(game, 'exploitability'), profile);
  const gains = rounded.map((gain) => Math.max(0, gain));
  return { payoffs, gains, regret, exploitability: gains.reduce((sum, gain) => sum + gain, 0) / gains.length };
}
