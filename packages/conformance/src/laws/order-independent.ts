import { type AgentId, byCodeUnit } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, type Reports, truthfulCase } from '../case.ts';
import { counterexampleOf, scenarioOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law, Scenario } from '../law.ts';
import { renamed } from '../renamed.ts';
import { same } from '../same.ts';
import { allSaying } from '../words.ts';

/** Names that come in the opposite order of those the kit uses, and mean nothing else. */
const otherNames: readonly AgentId[] = ['zac', 'yan', 'xia', 'wim', 'vic', 'uwe', 'tom', 'sue'];

/** Ties are broken by the same ranking before and after, so that names may matter to nothing else. */
export const orderIndependent: Law = caseLaw({
  name: 'structural/order-independent',
  says: 'the order in which agents report, and what they are called, does not matter beyond ties',
  irrelevant: ({ arena }) => (arena.mechanism.report ? undefined : 'messages come in an order that matters'),
  cost: 20,
  cases: (_bench, { types, seed }) => (types.size === 0 ? [] : [truthfulCase(types, seed)]),
  excess: (arena, given) => (discrepancy(arena, given) ? 1 : 0),
  explain(arena, given) {
    const { how, outcome, scenario } = discrepancy(arena, given) as Discrepancy;
    return {
      counterexample: { ...counterexampleOf(arena, given), deviating: { outcome } },
      reason: `when ${allSaying(given.types)}, the outcome changes if ${how}: it is ${JSON.stringify(outcome)}`,
      scenarios: [scenarioOf(arena, given.types, given.seed), scenario],
    };
  },
});

interface Discrepancy {
  readonly how: string;
  readonly outcome: object;
  readonly scenario: Scenario;
}

function discrepancy(arena: Arena, given: Case): Discrepancy | undefined {
  return reordered(arena, given) ?? (arena.drawsLots ? undefined : underOtherNames(arena, given));
}

function reordered(arena: Arena, { types, seed }: Case): Discrepancy | undefined {
  const backwards: Reports = new Map([...types].reverse());
  const outcome = arena.play(backwards, seed);
  if (same(outcome, arena.play(types, seed), 1e-9)) return undefined;
  return { how: 'they report in the opposite order', outcome, scenario: scenarioOf(arena, backwards, seed) };
}

/** Plays a case with its agents renamed, also where reports and settings name them, and says how the outcome differs. */
function underOtherNames(arena: Arena, { types, seed }: Case): Discrepancy | undefined {
  if (types.size > otherNames.length || arena.breakTie !== 'agent-id') return undefined;
  const inOrder = [...types.keys()].sort(byCodeUnit);
  const names = new Map(inOrder.map((agent, position) => [agent, otherNames[position] as AgentId]));
  const back = new Map([...names].map(([agent, name]) => [name, agent]));
  const settings = renamed(arena.given as object, names);
  const elsewhere = arena.under({ ...settings, breakTie: { priority: [...names.values()] } });
  const reports = new Map([...types].map(([agent, type]) => [names.get(agent) as AgentId, renamed(type, names)]));
  const outcome = elsewhere.play(reports, seed);
  if (same(renamed(outcome, back), arena.play(types, seed), 1e-9)) return undefined;
  const called = [...names].map(([agent, name]) => `${agent} is called ${name}`).join(', ');
  return { how: `${called}, with ties broken in that order`, outcome, scenario: scenarioOf(elsewhere, reports, seed) };
}
