import { type AgentId, isMechaneError } from '@mechane/core';
import { answeredByProxies, conduct, type HoldRound } from '@mechane/core/host';
import { type Arena, longestConversation } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { unplayable } from '../unplayable.ts';
import { allSaying } from '../words.ts';

/** Looked at on the grid only, where every sensible conversation is short. */
export const ends: Law = caseLaw({
  name: 'structural/ends',
  says: 'the conversation ends, also when agents never answer',
  irrelevant: ({ arena: { mechanism } }) => (mechanism.report ? undefined : 'it ends with the last message'),
  gridOnly: true,
  cost: 20,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given) => (endlessness(arena, given) === undefined ? 0 : 1),
  explain: (arena, given) => ({
    counterexample: { settings: arena.given, types: Object.fromEntries(given.types) },
    reason: `when ${allSaying(given.types)}, and ${endlessness(arena, given)}`,
    scenarios: [],
  }),
});

function endlessness(arena: Arena, given: Case): string | undefined {
  const silences: readonly (readonly [string, readonly AgentId[]])[] = [
    ['everybody answers', []],
    ['nobody answers', [...given.types.keys()]],
    ...[...given.types.keys()].map((agent) => [`${agent} never answers`, [agent]] as const),
  ];
  for (const [who, silent] of silences) {
    const failure = failureOf(arena, given, new Set(silent));
    if (failure) return `${who}, ${failure}`;
  }
  return undefined;
}

function failureOf(arena: Arena, { types, seed }: Case, silent: ReadonlySet<AgentId>): string | undefined {
  const { mechanism } = arena;
  const answer = answeredByProxies(mechanism, arena.freshInputs(types));
  const hold: HoldRound = (round, number) => {
    const replies = new Map(answer(round, number));
    for (const agent of silent) replies.delete(agent);
    return replies;
  };
  try {
    conduct(mechanism, arena.setup([...types.keys()], seed), hold, longestConversation);
    return undefined;
  } catch (thrown) {
    if (isMechaneError(thrown) && thrown.code === 'too-many-rounds') {
      return `it has not ended after ${longestConversation} rounds`;
    }
    return `the mechanism fails: ${unplayable(thrown).message}`;
  }
}
