import type { AgentId } from '@mechane/core';
import { type Case, truthfulCase } from '../case.ts';
import { mayTieItsOwnWay } from '../draw/ties.ts';
import type { Game } from '../game/game.ts';
import { renamed } from '../game/renamed.ts';
import { agree } from '../game/same.ts';
import type { Law, Scenario } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenarioOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';
import { drawsLots } from './needs.ts';

/** May 1952: who says something does not matter. Ties go along with the reports, so that they decide nothing here. */
export const anonymous: Law = caseLaw({
  name: 'anonymous',
  says: 'when two agents exchange their reports, they exchange their places',
  playsPerRun: 40,
  undecidable: (trial) =>
    drawsLots(trial) ? 'it draws lots, and what is true on average only is not looked at' : undefined,
  cost: 12,
  cases: ({ examination }, { types, seed }) =>
    types.size < 2 || mayTieItsOwnWay(examination.subject, types) ? [] : [truthfulCase(types, seed)],
  excess: (game, given) => (favoured(game, given) ? Number.POSITIVE_INFINITY : 0),
  explain(game, given) {
    const { exchange, exchanged, outcome, scenarios } = favoured(game, given) as Favour;
    return {
      counterexample: {
        ...counterexampleOf(game, given),
        deviation: Object.fromEntries(exchanged),
        deviating: { outcome },
      },
      reason: `when ${allSaying(given.types)}, the outcome changes by more than names when ${exchange.join(' and ')} exchange their reports`,
      scenarios,
    };
  },
});

interface Favour {
  readonly exchange: readonly AgentId[];
  readonly exchanged: Case['types'];
  readonly outcome: object;
  readonly scenarios: readonly Scenario[];
}

function favoured(game: Game, { types, seed }: Case): Favour | undefined {
  const agents = [...types.keys()];
  const expected = ranked(game, agents, types, seed);
  for (const exchange of exchangesAmong(agents)) {
    const name = (agent: AgentId): AgentId => exchange.get(agent) ?? agent;
    const back = new Map([...exchange].map(([from, to]) => [to, from]));
    // Whoever was called one name is now called another, and says under it what it said before.
    const exchanged = new Map(agents.map((agent) => [agent, renamed(types.get(back.get(agent) ?? agent), exchange)]));
    const outcome = ranked(game, agents.map(name), exchanged, seed);
    if (agree(renamed(outcome, back), expected, types, game.given)) continue;
    const scenarios = [agents, agents.map(name)].map((priority, index) =>
      scenarioOf(rankedGame(game, priority), index === 0 ? types : exchanged, seed),
    );
    return { exchange: [...exchange.keys()], exchanged, outcome, scenarios };
  }
  return undefined;
}

/** Neighbours who change places, and three of them in a circle. */
function* exchangesAmong(agents: readonly AgentId[]): Generator<ReadonlyMap<AgentId, AgentId>> {
  for (const [index, one] of agents.entries()) {
    const [other, third] = [agents[index + 1], agents[index + 2]];
    if (other === undefined) return;
    yield new Map([
      [one, other],
      [other, one],
    ]);
    if (third !== undefined && index === 0) {
      yield new Map([
        [one, other],
        [other, third],
        [third, one],
      ]);
    }
  }
}

/** What comes out when ties are broken by this ranking. */
function ranked(game: Game, priority: readonly AgentId[], reports: Case['types'], seed: number): object {
  return game.playAfresh(reports, seed, { breakTie: { priority } }).outcome;
}

/** The game in which ties are broken by this ranking. */
function rankedGame(game: Game, priority: readonly AgentId[]): Game {
  return game.under({ ...(game.given as object), breakTie: { priority } });
}
