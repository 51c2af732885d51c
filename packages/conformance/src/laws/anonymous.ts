import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenarioOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { renamed } from '../renamed.ts';
import { same } from '../same.ts';
import { ifPlayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

/** May 1952: who says something does not matter. Ties go along with the reports, so that they decide nothing here. */
export const anonymous: Law = caseLaw({
  name: 'anonymous',
  says: 'when two agents exchange their reports, they exchange their places',
  undecidable: ({ arena, profiles }) => {
    for (const { types, seed } of profiles.slice(0, 5)) ifPlayable(() => arena.play(types, seed));
    return arena.drawsLots ? 'it draws lots, and what is true on average only is not looked at' : undefined;
  },
  cost: 20,
  cases: (_bench, { types, seed }) => (types.size < 2 ? [] : [truthfulCase(types, seed)]),
  excess: (arena, given) => (favoured(arena, given) ? 1 : 0),
  explain(arena, given) {
    const { exchange, exchanged, outcome } = favoured(arena, given) as Favour;
    const [one, other] = exchange;
    return {
      counterexample: {
        ...counterexampleOf(arena, given),
        deviation: Object.fromEntries(exchanged),
        deviating: { outcome },
      },
      reason: `when ${allSaying(given.types)}, the outcome changes by more than names when ${one} and ${other} exchange their reports`,
      scenarios: [given.types, exchanged].map((reports) => scenarioOf(arena, reports, given.seed)),
    };
  },
});

interface Favour {
  readonly exchange: readonly [AgentId, AgentId];
  readonly exchanged: Case['types'];
  readonly outcome: object;
}

function favoured(arena: Arena, { types, seed }: Case): Favour | undefined {
  const agents = [...types.keys()];
  const expected = ranked(arena, agents).play(types, seed);
  for (const [index, one] of agents.entries()) {
    const other = agents[index + 1];
    if (other === undefined) break;
    const exchange = new Map([
      [one, other],
      [other, one],
    ]);
    const name = (agent: AgentId): AgentId => exchange.get(agent) ?? agent;
    const exchanged = new Map(agents.map((agent) => [agent, renamed(types.get(name(agent)), exchange)]));
    const outcome = ranked(arena, agents.map(name)).play(exchanged, seed);
    if (!same(renamed(outcome, exchange), expected, 1e-9)) return { exchange: [one, other], exchanged, outcome };
  }
  return undefined;
}

/** An arena whose mechanism breaks ties by this ranking. */
export function ranked(arena: Arena, priority: readonly AgentId[]): Arena {
  return arena.under({ ...(arena.given as object), breakTie: { priority } });
}
