import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { Unplayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

export const answers: Law = caseLaw({
  name: 'structural/answers',
  says: 'valid reports always have an outcome',
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given) => (failureIn(arena, given) === undefined ? 0 : 1),
  explain: (arena, given) => ({
    counterexample: counterexampleOf(arena, given),
    reason: `when ${allSaying(given.types)}, the mechanism fails: ${failureIn(arena, given)}`,
    scenarios: scenariosOf(arena, given),
  }),
});

/** How a play failed, in the mechanism's words. @throws Unplayable when the reports are refused, as those that are not valid may be. */
export function failureIn(arena: Arena, { types, seed }: Case): string | undefined {
  try {
    arena.play(types, seed);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Unplayable && thrown.kind === 'broke') return thrown.message;
    throw thrown;
  }
}
