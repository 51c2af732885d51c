import type { Rational } from '@mechane/numerics';
import { commonPart } from '../normal-form/payoff-shares.ts';
import { type Evaluation, evaluateIn } from './evaluate.ts';
import type { BehaviourProfile } from './extensive-game.ts';
import { inDoubles } from './realization.ts';
import type { SequenceForm } from './sequences.ts';

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
  return { form: { ...form, leaves }, levels: levels.map((level) => level.toNumber()) };
}

/** Evaluates a profile in doubles against true best responses: gains are as near as doubles of the differences in payoffs are. */
export function evaluateInDoubles(given: SequenceForm, profile: BehaviourProfile<number>): Evaluation<number> {
  const { form, levels } = levelled(given);
  const { payoffs, ...gains } = evaluateIn(form, profile, inDoubles);
  return { ...gains, payoffs: payoffs.map((payoff, player) => payoff + (levels[player] as number)) };
}
