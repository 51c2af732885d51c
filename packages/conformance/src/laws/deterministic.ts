import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { same } from '../same.ts';
import { ifPlayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

/** Another auction takes place in between, so that nothing may be remembered from one to the next. */
export const deterministic: Law = caseLaw({
  name: 'structural/deterministic',
  says: 'the same reports, settings and seed give the same outcome, whatever was played before',
  cost: 20,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess(arena, given) {
    const [one, other] = playedTwice(arena, given);
    return same(one, other) ? 0 : 1;
  },
  explain(arena, given) {
    const [outcome, another] = playedTwice(arena, given);
    return {
      counterexample: {
        ...counterexampleOf(arena, given),
        seed: given.seed,
        truthful: { outcome },
        deviating: { outcome: another },
      },
      reason: `when ${allSaying(given.types)}, the same run gives ${JSON.stringify(outcome)} first and ${JSON.stringify(another)} then`,
      scenarios: [],
    };
  },
});

function playedTwice(arena: Arena, { types, seed }: Case): readonly [object, object] {
  const first = arena.playAfresh(types, seed).outcome;
  ifPlayable(() => arena.playAfresh(new Map([...types].slice(1)), seed + 1));
  return [first, arena.playAfresh(types, seed).outcome];
}
