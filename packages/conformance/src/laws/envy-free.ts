import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { renamed } from '../renamed.ts';
import { withoutUtility } from '../temptation.ts';
import { meanwhile, numberInWords, typeInWords } from '../words.ts';

/** Foley 1967. Payments count: an agent envies what another gets for what the other pays. */
export const envyFree: Law = caseLaw({
  name: 'envy-free',
  says: 'no agent would rather have what another gets for what the other pays',
  undecidable: withoutUtility,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given, approximately = 0) => strongestEnvy(arena, given).envy - approximately,
  explain(arena, given) {
    const { agent, other, envy } = strongestEnvy(arena, given);
    return {
      counterexample: counterexampleOf(arena, { ...given, agent }),
      reason:
        `${agent}, ${typeInWords(given.types.get(agent))}, would gain ${numberInWords(envy)} in the place of ${other}` +
        meanwhile(given, agent),
      scenarios: scenariosOf(arena, given),
    };
  },
});

interface Envy {
  readonly agent: AgentId;
  readonly other: AgentId;
  readonly envy: number;
}

function strongestEnvy(arena: Arena, { types, seed }: Case): Envy {
  const outcome = arena.play(types, seed);
  let strongest: Envy = { agent: '', other: '', envy: Number.NEGATIVE_INFINITY };
  for (const [agent, type] of types) {
    const own = arena.utility(agent, type, outcome);
    for (const other of types.keys()) {
      if (other === agent) continue;
      const swapped = renamed(
        outcome,
        new Map([
          [agent, other],
          [other, agent],
        ]),
      );
      const envy = arena.utility(agent, type, swapped) - own;
      if (envy > strongest.envy) strongest = { agent, other, envy };
    }
  }
  return strongest;
}
