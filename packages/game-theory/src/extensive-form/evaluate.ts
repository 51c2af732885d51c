import { atOnce, maximum, Pace, pause, Rational } from '@mechane/numerics';
import type { BehaviourProfile, ExtensiveGame } from './extensive-game.ts';
import { type Arithmetic, exactly, realizationOf } from './realization.ts';
import { type PlayerSequences, type SequenceForm, sequenceForm } from './sequences.ts';

/**
 * What a profile comes to, and how much each player could gain by another strategy.
 *
 * @category Games in trees
 */
export interface Evaluation<Value> {
  readonly payoffs: readonly Value[];
  /** For each player, what the best response gets on top: exact where the arithmetic is. */
  readonly gains: readonly Value[];
  /** The largest gain: 0 in equilibrium. */
  readonly regret: Value;
}

/** Evaluates a profile against true best responses, which are found by going back through each player's information sets. */
export function evaluateIn<Value>(
  form: SequenceForm,
  profile: BehaviourProfile<Value>,
  arithmetic: Arithmetic<Value>,
): Evaluation<Value> {
  return atOnce(evaluationSteps(form, profile, arithmetic, new Pace({}))) as Evaluation<Value>;
}

/** Evaluates a profile step by step; `undefined` where the pace stopped it. */
export function* evaluationSteps<Value>(
  form: SequenceForm,
  profile: BehaviourProfile<Value>,
  arithmetic: Arithmetic<Value>,
  pace: Pace,
): Generator<typeof pause, Evaluation<Value> | undefined, void> {
  const { players } = form;
  const { zero, plus, times, of, isLess } = arithmetic;
  const realizations = players.map((own, player) =>
    realizationOf(own, profile[player] as readonly (readonly Value[])[], arithmetic),
  );
  const found = yield* worthSteps(form, realizations, arithmetic, pace);
  if (found === undefined) return undefined;
  const { worth, payoffs } = found;
  const minusOne = of(Rational.of(-1));
  const gains = players.map((own, player) => {
    const best = bestWorth(own, worth[player] as Value[], arithmetic);
    return plus(best, times(minusOne, payoffs[player] as Value));
  });
  return { payoffs, gains, regret: gains.reduce((most, gain) => (isLess(most, gain) ? gain : most), zero) };
}

/**
 * What each sequence earns its player where it ends the game, against the others' realization plans, and what all expect; `undefined` where the pace
 * stopped it.
 */
export function* worthSteps<Value>(
  { players, leaves }: SequenceForm,
  realizations: readonly (readonly Value[])[],
  { zero, plus, times, of }: Arithmetic<Value>,
  pace: Pace,
): Generator<typeof pause, { readonly worth: Value[][]; readonly payoffs: Value[] } | undefined, void> {
  const payoffs = players.map(() => zero);
  const worth = players.map(({ size }) => new Array<Value>(size).fill(zero));
  for (const { sequences, probability, payoffs: paid } of leaves) {
    for (let player = 0; player < players.length; player++) {
      let others = of(probability.times(paid[player] as Rational));
      for (let other = 0; other < players.length; other++) {
        if (other !== player) others = times(others, realizations[other]?.[sequences[other] as number] as Value);
      }
      const own = sequences[player] as number;
      const sums = worth[player] as Value[];
      sums[own] = plus(sums[own] as Value, others);
      payoffs[player] = plus(payoffs[player] as Value, times(others, realizations[player]?.[own] as Value));
    }
    if (pace.due(0)) {
      yield pause;
      if (pace.stopped !== undefined) return undefined;
    }
  }
  return { worth, payoffs };
}

/** Changes `worth` on the way. */
function bestWorth<Value>(
  { sets, parent, first, actions }: PlayerSequences,
  worth: Value[],
  { plus, isLess }: Arithmetic<Value>,
): Value {
  for (let at = sets.length - 1; at >= 0; at--) {
    const start = first[at] as number;
    let best = worth[start] as Value;
    for (let action = 1; action < (actions[at] as number); action++) {
      const other = worth[start + action] as Value;
      if (isLess(best, other)) best = other;
    }
    const before = parent[at] as number;
    worth[before] = plus(worth[before] as Value, best);
  }
  return worth[0] as Value;
}

/**
 * What each player expects under a profile, what each could gain, and the largest gain, exactly.
 *
 * @throws MechaneError `unsuitable-game` when a player has imperfect recall
 * @category Games in trees
 *
 * @example
 * ```ts
 * import { evaluate, kuhnPoker, Rational, uniformProfile } from '@mechane/game-theory';
 *
 * const game = kuhnPoker();
 * const uniform = uniformProfile(game, (actions) => Rational.ratio(1n, BigInt(actions)));
 * evaluate(game, uniform).payoffs.map(String); // => ['1/8', '-1/8']
 * ```
 */
export function evaluate(game: ExtensiveGame, profile: BehaviourProfile): Evaluation<Rational> {
  return evaluateIn(sequenceForm(game, 'evaluate'), profile, exactly);
}

/**
 * For each information set, all actions that are best against the others' realization plans, provided that best actions follow, as a
 * strategy that mixes them evenly. Changes `worth` on the way.
 */
export function bestReplies(own: PlayerSequences, worth: Rational[]): Rational[][] {
  const { sets, parent, first, actions } = own;
  const strategy: Rational[][] = [];
  for (let at = sets.length - 1; at >= 0; at--) {
    const values = worth.slice(first[at], (first[at] as number) + (actions[at] as number));
    const best = maximum(values);
    const count = values.filter((value) => value.equals(best)).length;
    const share = Rational.ratio(1n, BigInt(count));
    strategy[sets[at] as number] = values.map((value) => (value.equals(best) ? share : Rational.zero));
    const before = parent[at] as number;
    worth[before] = (worth[before] as Rational).plus(best);
  }
  return strategy;
}
