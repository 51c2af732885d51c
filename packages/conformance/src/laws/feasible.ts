import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { isRecord } from '../leaves.ts';
import { allSaying } from '../words.ts';

/** What is feasible, the domain knows; that nobody gets anything without taking part is true of all. */
export const feasible: Law = caseLaw({
  name: 'structural/feasible',
  says: 'no more is given away than there is, and only to those who take part',
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given) => (infeasibility(arena, given) === undefined ? 0 : 1),
  explain: (arena, given) => ({
    counterexample: counterexampleOf(arena, given),
    reason: `when ${allSaying(given.types)}, ${infeasibility(arena, given)}`,
    scenarios: scenariosOf(arena, given),
  }),
});

function infeasibility(arena: Arena, { types, seed }: Case): string | undefined {
  const outcome = arena.play(types, seed);
  for (const part of ['allocation', 'trades', 'matches']) {
    const shares = (outcome as Readonly<Record<string, unknown>>)[part];
    const stranger = isRecord(shares) ? Object.keys(shares).find((agent) => !types.has(agent)) : undefined;
    if (stranger !== undefined) return `the ${part} names ${stranger}, who does not take part`;
  }
  return arena.domain.infeasible?.(outcome, types, arena.settings);
}
