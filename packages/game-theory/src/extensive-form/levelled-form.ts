import { maximum, Rational } from '@mechane/numerics';
import { commonPart, finite } from '../normal-form/payoff-shares.ts';
import { type Evaluation, evaluateIn } from './evaluate.ts';
import type { BehaviourProfile } from './extensive-game.ts';
import { inDoubles } from './realization.ts';
import type { Leaf, SequenceForm } from './sequences.ts';

/** A sequence form of which each player's payoffs are less a level, taken away exactly, so that doubles hold what is left. No gain is another. */
export interface LevelledForm {
  readonly form: SequenceForm;
  readonly levels: readonly number[];
}

/** Levels are 0 where payoffs are in doubles as well as they are. */
export function levelled(form: SequenceForm): LevelledForm {
  const levels = form.players.map((_, player) =>
    commonPart(form.leaves.map(({ payoffs }) => payoffs[player] as Rational)),
  );
  if (levels.every(({ sign }) => sign === 0)) return { form, levels: levels.map(() => 0) };
  const leaves = form.leaves.map((leaf) => ({
    ...leaf,
    payoffs: leaf.payoffs.map((payoff, player) => payoff.minus(levels[player] as Rational)),
  }));
  return { form: { ...form, leaves }, levels: levels.map((level) => finite(level.toNumber())) };
}

/** Evaluates a profile in doubles against true best responses: gains are as near as doubles of the differences in payoffs are. */
export function evaluateInDoubles(given: SequenceForm, profile: BehaviourProfile<number>): Evaluation<number> {
  const { form, levels } = levelled(given);
  const units = form.players.map((_, player) => unitOf(form.leaves.map(({ payoffs }) => payoffs[player] as Rational)));
  const measured = units.every((unit) => unit === undefined) ? form : { ...form, leaves: inUnits(form.leaves, units) };
  const told = evaluateIn(measured, profile, inDoubles);
  const inFull = (value: number, unit: Rational | undefined): number =>
    unit === undefined ? value : finite(Rational.fromDouble(value).times(unit).toNumber());
  const gains = told.gains.map((gain, player) => inFull(gain, units[player]));
  return {
    gains,
    payoffs: told.payoffs.map((payoff, player) => finite(inFull(payoff, units[player]) + (levels[player] as number))),
    regret: gains.reduce((most, gain) => Math.max(most, gain), 0),
  };
}

/** Sums of payoffs that are no larger are numbers. */
const largestSafe = 1e300;

/** The largest payoff, where it is so large that sums of doubles would be no numbers. */
function unitOf(payoffs: readonly Rational[]): Rational | undefined {
  const isLarge = (payoff: Rational): boolean => !(Math.abs(payoff.toNumber()) <= largestSafe);
  return payoffs.some(isLarge) ? maximum(payoffs.map((payoff) => payoff.absolute())) : undefined;
}

function inUnits(leaves: readonly Leaf[], units: readonly (Rational | undefined)[]): readonly Leaf[] {
  return leaves.map((leaf) => ({
    ...leaf,
    payoffs: leaf.payoffs.map((payoff, player) => (units[player] === undefined ? payoff : payoff.over(units[player]))),
  }));
}
