import type { Mechanism } from '@mechane/core';
import type { Arena, Played } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { same } from '../same.ts';
import { allSaying } from '../words.ts';

/** A mechanism with rounds may decide at once, if that comes to the same. */
export const shortcut: Law = caseLaw({
  name: 'structural/shortcut',
  says: 'deciding at once gives the outcome and the rounds of the conversation',
  irrelevant: ({ arena: { mechanism } }) =>
    mechanism.decide && !mechanism.direct ? undefined : 'there is one way to the outcome',
  cost: 20,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess(arena, given) {
    const [short, long] = bothWays(arena, given);
    const tolerance = arena.toleranceFor(given.types) === 0 ? 0 : 1e-9;
    const agree = same(short.outcome, long.outcome, tolerance);
    return agree && (!arena.mechanism.roundsOf || short.rounds === long.rounds) ? 0 : 1;
  },
  explain(arena, given) {
    const [short, long] = bothWays(arena, given);
    const told = ({ outcome, rounds }: Played): string => `${JSON.stringify(outcome)} in ${rounds} rounds`;
    return {
      counterexample: {
        ...counterexampleOf(arena, given),
        truthful: { outcome: long.outcome },
        deviating: { outcome: short.outcome },
      },
      reason: `when ${allSaying(given.types)}, the conversation gives ${told(long)}, and deciding at once ${told(short)}`,
      scenarios: [],
    };
  },
});

function bothWays(arena: Arena, { types, seed }: Case): readonly [Played, Played] {
  const { decide: _, ...conversing } = arena.mechanism;
  return [arena.playFully(types, seed), arena.conduct(arena.parsedAll(types), seed, conversing as Mechanism)];
}
