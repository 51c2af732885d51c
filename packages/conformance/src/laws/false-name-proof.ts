import type { AgentId, Random } from '@mechane/core';
import { type Case, deviated, type Reports } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import { drawAlias, plainAlias } from '../draw/names.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { mergedAliases } from '../game/renamed.ts';
import type { Law, Violation } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { meanwhile, numberInWords, reportingInWords, typeInWords } from '../words/words.ts';
import { withoutUtility } from './needs.ts';

const reportsPerName = { grid: Number.POSITIVE_INFINITY, few: 5, many: 5 } as const;
const triplesTried = { grid: 0, few: 40, many: 16 } as const;
const agentsTried = 2;

/**
 * Yokoo, Sakurai and Matsubara 2004. What an agent's names get and pay is added up, as outcomes of the public data format tell it.
 * Two names are tried, and three.
 */
export const falseNameProof: Law = caseLaw({
  name: 'false-name-proof',
  says: 'no agent gains by taking part under several names',
  playsPerRun: 110,
  aboutValues: true,
  undecidable: withoutUtility,
  *cases(trial, { types, seed }, reach) {
    const random = trial.random(`false names ${seed}`);
    const agents = [...types.keys()];
    for (const agent of reach === 'many' ? random.shuffled(agents).slice(0, agentsTried) : agents) {
      const lies = misreportsOf(trial, types, agent, reach, random).filter((report) => !departs(report));
      const few = lies.length > reportsPerName[reach] ? random.shuffled(lies).slice(0, reportsPerName[reach]) : lies;
      const said = [types.get(agent), ...few];
      const names = aliasesFor(agent, types, reach !== 'many' || trial.namedInSettings, random);
      for (const one of said) {
        for (const other of said) yield under(types, seed, agent, [agent, names[0]], [one, other]);
      }
      for (let triple = 0; triple < triplesTried[reach]; triple++) {
        const reports = Array.from({ length: 3 }, () => said[random.below(said.length)]);
        yield under(types, seed, agent, [agent, ...names], reports);
      }
    }
  },
  excess(game, given, approximately = 0) {
    const { agent, types, seed } = given;
    if (agent === undefined) return Number.NEGATIVE_INFINITY;
    return underNames(game, given) - game.utility(agent, types.get(agent), game.play(types, seed)) - approximately;
  },
  explain,
});

function aliasesFor(agent: AgentId, types: Reports, areKept: boolean, random: Random): readonly [AgentId, AgentId] {
  if (areKept) return [plainAlias(agent, 1), plainAlias(agent, 2)];
  const first = drawAlias(types.keys(), random);
  return [first, drawAlias([...types.keys(), first], random)];
}

function under(
  types: Reports,
  seed: number,
  agent: AgentId,
  names: readonly AgentId[],
  reports: readonly unknown[],
): Case {
  return { types, seed, agent, deviation: new Map(names.map((name, index) => [name, reports[index]])) };
}

/** What the outcome is worth to an agent that is also everybody new. */
function underNames(game: Game, given: Case): number {
  const { agent = '', types, deviation, seed } = given;
  const aliases = new Set([...deviation.keys()].filter((name) => !types.has(name)));
  return game.utility(agent, types.get(agent), mergedAliases(game.play(deviated(given), seed), agent, aliases));
}

function explain(game: Game, given: Case): Violation {
  const { agent = '', types, deviation, seed } = given;
  const before = game.utility(agent, types.get(agent), game.play(types, seed));
  const after = underNames(game, given);
  const names = [...deviation].map(([name, report]) => `${reportingInWords(report)} as ${name}`);
  const counterexample = counterexampleOf(game, given);
  return {
    counterexample: { ...counterexample, deviating: { ...counterexample.deviating, utility: after } },
    reason:
      `${agent}, ${typeInWords(types.get(agent))}, gains ${numberInWords(after - before)} under several names, ` +
      `${names.join(' and ')}${meanwhile(given, agent)}: its utility is ${numberInWords(after)} rather than ${numberInWords(before)}`,
    scenarios: scenariosOf(game, given),
  };
}
