import { type AgentId, byCodeUnit, seededRandom } from '@mechane/core';
import { type Case, type Reports, truthfulCase } from '../case.ts';
import { drawNames, namesAgents } from '../draw/names.ts';
import { mayTieItsOwnWay } from '../draw/ties.ts';
import type { Game } from '../game/game.ts';
import { renamed } from '../game/renamed.ts';
import { agree } from '../game/same.ts';
import type { Law, Scenario } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenarioOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

/** Ties are broken by the same ranking before and after, so that names may matter to nothing else. */
export const orderIndependent: Law = caseLaw({
  name: 'structural/order-independent',
  says: 'the order in which agents report, and what they are called, does not matter beyond ties',
  playsPerRun: 30,
  irrelevant: ({ game }) => (game.mechanism.report ? undefined : 'messages come in an order that matters'),
  cost: 8,
  cases: ({ examination }, { types, seed }) =>
    types.size === 0 || mayTieItsOwnWay(examination.subject, types) ? [] : [truthfulCase(types, seed)],
  excess: (game, given) => (discrepancy(game, given) ? Number.POSITIVE_INFINITY : 0),
  explain(game, given) {
    const { how, outcome, scenario } = discrepancy(game, given) as Discrepancy;
    return {
      counterexample: { ...counterexampleOf(game, given), deviating: { outcome } },
      reason: `when ${allSaying(given.types)}, the outcome changes if ${how}: it is ${JSON.stringify(outcome)}`,
      scenarios: [scenarioOf(game, given.types, given.seed), scenario],
    };
  },
});

interface Discrepancy {
  readonly how: string;
  readonly outcome: object;
  readonly scenario: Scenario;
}

function discrepancy(game: Game, given: Case): Discrepancy | undefined {
  return reordered(game, given) ?? (game.drawsLots ? undefined : underOtherNames(game, given));
}

function reordered(game: Game, { types, seed }: Case): Discrepancy | undefined {
  const entries = [...types];
  const orders: readonly (readonly [string, Reports])[] = [
    ['they report in the opposite order', new Map(entries.toReversed())],
    ['they report in another order', new Map(seededRandom(seed).shuffled(entries))],
  ];
  for (const [how, reports] of entries.length < 3 ? orders.slice(0, 1) : orders) {
    const outcome = game.play(reports, seed);
    if (!agree(outcome, game.play(types, seed), types, game.given))
      return { how, outcome, scenario: scenarioOf(game, reports, seed) };
  }
  return undefined;
}

/** Plays a case with its agents renamed, also where reports and settings name them, and says how the outcome differs. */
function underOtherNames(game: Game, { types, seed }: Case): Discrepancy | undefined {
  if (game.breakTie !== 'agent-id') return undefined;
  const inOrder = [...types.keys()].sort(byCodeUnit);
  const others = drawNames(inOrder.length, [], seededRandom(seed + inOrder.length));
  const names = new Map(inOrder.map((agent, position) => [agent, others[position] as AgentId]));
  // Somebody who is called as another was before would be taken for it when names are put back.
  if (others.some((name) => types.has(name))) return undefined;
  const back = new Map([...names].map(([agent, name]) => [name, agent]));
  const reports = new Map([...types].map(([agent, type]) => [names.get(agent) as AgentId, renamed(type, names)]));
  const breakTie = { priority: [...names.values()] };
  const elsewhere = (): Game => game.under({ ...renamed(game.given as object, names), breakTie });
  const outcome = namesAgents(game.given)
    ? elsewhere().play(reports, seed)
    : game.playAfresh(reports, seed, { breakTie }).outcome;
  if (agree(renamed(outcome, back), game.play(types, seed), types, game.given)) return undefined;
  const called = [...names].map(([agent, name]) => `${agent} is called ${name}`).join(', ');
  return {
    how: `${called}, with ties broken in that order`,
    outcome,
    scenario: scenarioOf(elsewhere(), reports, seed),
  };
}
