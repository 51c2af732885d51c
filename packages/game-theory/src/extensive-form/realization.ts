import { Rational } from '@mechane/numerics';
import type { PlayerSequences } from './sequences.ts';

/** How to add and multiply: exact or in doubles. */
export interface Arithmetic<Value> {
  readonly zero: Value;
  readonly one: Value;
  plus(a: Value, b: Value): Value;
  times(a: Value, b: Value): Value;
  over(a: Value, b: Value): Value;
  isLess(a: Value, b: Value): boolean;
  of(value: Rational): Value;
}

export const exactly: Arithmetic<Rational> = {
  zero: Rational.zero,
  one: Rational.one,
  plus: (a, b) => a.plus(b),
  times: (a, b) => a.times(b),
  over: (a, b) => a.over(b),
  isLess: (a, b) => a.isLess(b),
  of: (value) => value,
};

export const inDoubles: Arithmetic<number> = {
  zero: 0,
  one: 1,
  plus: (a, b) => a + b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,
  isLess: (a, b) => a < b,
  of: (value) => value.toNumber(),
};

/** How likely a player's behaviour strategy makes each sequence, as far as the player is concerned. */
export function realizationOf<Value>(
  { size, sets, parent, first, actions }: PlayerSequences,
  strategy: readonly (readonly Value[])[],
  { one, times }: Arithmetic<Value>,
): Value[] {
  const realization = new Array<Value>(size).fill(one);
  for (let at = 0; at < sets.length; at++) {
    const before = realization[parent[at] as number] as Value;
    const probabilities = strategy[sets[at] as number] as readonly Value[];
    for (let action = 0; action < (actions[at] as number); action++) {
      realization[(first[at] as number) + action] = times(before, probabilities[action] as Value);
    }
  }
  return realization;
}

/**
 * The behaviour strategy of a realization plan. In information sets that the player's own moves do not come to, it is that of
 * `elsewhere`; unless there is one, all actions are as likely.
 */
export function behaviourOf<Value>(
  { sets, parent, first, actions }: PlayerSequences,
  realization: ArrayLike<Value>,
  { zero, over, of, isLess }: Arithmetic<Value>,
  elsewhere?: readonly (readonly Value[])[],
): Value[][] {
  const strategy: Value[][] = [];
  for (let at = 0; at < sets.length; at++) {
    const count = actions[at] as number;
    const before = realization[parent[at] as number] as Value;
    const set = sets[at] as number;
    const uniform = of(Rational.ratio(1n, BigInt(count)));
    strategy[set] = Array.from({ length: count }, (_, action) =>
      isLess(zero, before)
        ? over(realization[(first[at] as number) + action] as Value, before)
        : (elsewhere?.[set]?.[action] ?? uniform),
    );
  }
  return strategy;
}
