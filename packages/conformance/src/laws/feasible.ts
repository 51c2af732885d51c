import { type Case, truthfulCase } from '../case.ts';
import { reportIn } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { isRecord } from '../game/leaves.ts';
import { agentOf } from '../game/turns.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { saidVariously } from '../search/said-variously.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';

/** What is feasible, the domain knows; that nobody gets anything without taking part is true of all. */
export const feasible: Law = caseLaw({
  name: 'structural/feasible',
  says: 'no more is given away than there is, and only to those who take part',
  playsPerRun: 35,
  dependsOnNumbers: true,
  alsoOfNobody: true,
  *cases(trial, profile) {
    for (const said of saidVariously(trial, profile)) yield truthfulCase(said, profile.seed);
  },
  excess: (game, given) => (infeasibility(game, given) === undefined ? 0 : Number.POSITIVE_INFINITY),
  explain: (game, given) => ({
    counterexample: counterexampleOf(game, given),
    reason: `when ${allSaying(given.types)}, ${infeasibility(game, given)}`,
    scenarios: scenariosOf(game, given),
  }),
});

function infeasibility(game: Game, { types, seed }: Case): string | undefined {
  const outcome = game.play(types, seed);
  const agents = new Set([...types.keys()].map((key) => agentOf(game.mechanism, key)));
  for (const part of ['allocation', 'trades', 'matches']) {
    const shares = (outcome as Readonly<Record<string, unknown>>)[part];
    const stranger = isRecord(shares) ? Object.keys(shares).find((agent) => !agents.has(agent)) : undefined;
    if (stranger !== undefined) return `the ${part} names ${stranger}, who does not take part`;
  }
  // A domain knows agents by the one thing that each of them says.
  if (agents.size < types.size) return undefined;
  const said = new Map([...types].map(([agent, report]) => [agent, reportIn(report)]));
  return game.domain.infeasible?.(outcome, said, game.settings);
}
