import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { paymentFlaw } from '../outcome-flaws.ts';
import { ifPlayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

export const fewParticipants: Law = caseLaw({
  name: 'structural/few-participants',
  says: 'nobody at all, or a single agent, is enough for an outcome',
  sizes: [0, 1],
  irrelevant: ({ fewest }) => (fewest > 1 ? `it takes ${fewest} agents` : undefined),
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given) => (flawIn(arena, given) === undefined ? 0 : 1),
  explain: (arena, given) => ({
    counterexample: counterexampleOf(arena, given),
    reason: `when ${allSaying(given.types)}, ${flawIn(arena, given)}`,
    scenarios: scenariosOf(arena, given),
  }),
});

function flawIn(arena: Arena, { types, seed }: Case): string | undefined {
  const outcome = ifPlayable(() => arena.play(types, seed));
  return outcome === undefined ? 'there is no outcome' : paymentFlaw(outcome, types.keys());
}
