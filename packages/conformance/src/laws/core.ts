import type { AgentId } from '@mechane/core';
import { type Case, type Reports, truthfulCase } from '../case.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords } from '../words/words.ts';
import { explainWaste, infeasibilityIn } from './efficient.ts';
import { withoutUtility } from './needs.ts';

const mostAgents = 6;
/** Comparing an alternative is so much work, compared with a play. */
const workPerAlternative = 0.4;

/** A coalition that would rather do without the others. */
interface Block {
  readonly members: readonly AgentId[];
  readonly gain: number;
}

/**
 * With money: no coalition, together with whoever takes the payments, could share more than it has (Ausubel and Milgrom 2002). Without: no
 * coalition has an outcome of its own that is better for one member and worse for none (Shapley and Scarf 1974).
 */
export const core: Law = caseLaw({
  name: 'core',
  says: 'no coalition does better among its own',
  playsPerRun: 35,
  aboutValues: true,
  dependsOnNumbers: true,
  undecidable: (trial) => {
    const { domain } = trial.game;
    if (trial.fewest > mostAgents) return `there are too many coalitions of ${trial.fewest} agents to look at`;
    if (domain.bestWelfare || domain.alternatives) return withoutUtility(trial);
    return `the domain ${domain.name} does not know what coalitions can do (bestWelfare or alternatives)`;
  },
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess(game, given, approximately = 0) {
    const { size } = given.types;
    if (size === 0 || size > mostAgents) return Number.NEGATIVE_INFINITY;
    if (infeasibilityIn(game, given) !== undefined) return Number.POSITIVE_INFINITY;
    return strongestBlock(game, given).gain - approximately;
  },
  explain(game, given) {
    if (infeasibilityIn(game, given) !== undefined) return explainWaste(game, given);
    const { members, gain } = strongestBlock(game, given);
    return {
      counterexample: counterexampleOf(game, given),
      reason:
        `when ${allSaying(given.types)}, ${members.join(' and ')} ` +
        `would do better by ${numberInWords(gain)} without the others`,
      scenarios: scenariosOf(game, given),
    };
  },
});

function strongestBlock(game: Game, given: Case): Block {
  let strongest: Block = { members: [], gain: Number.NEGATIVE_INFINITY };
  for (const coalition of coalitionsOf(given.types)) {
    const gain = gainOf(game, given, coalition);
    if (gain > strongest.gain) strongest = { members: [...coalition.keys()], gain };
  }
  return strongest;
}

function gainOf(game: Game, { types, seed }: Case, coalition: Reports): number {
  const { domain, settings } = game;
  const outcome = game.play(types, seed);
  const utilities = [...coalition].map(([agent, type]) => game.utility(agent, type, outcome));
  if (domain.bestWelfare && !domain.ordinal) {
    const has = utilities.reduce((sum, utility) => sum + utility, game.revenue(outcome) ?? 0);
    return game.bestWelfare(coalition) - game.amounts.add(has);
  }
  let most = 0;
  for (const other of domain.alternatives?.(coalition, settings) ?? []) {
    game.work += workPerAlternative;
    const changes = [...coalition].map(([agent, type], index) => {
      return game.utility(agent, type, other) - (utilities[index] as number);
    });
    if (changes.every((change) => change >= 0)) most = Math.max(most, ...changes);
  }
  return most;
}

function* coalitionsOf(types: Reports): Generator<Reports> {
  const entries = [...types];
  for (let members = 1; members < 2 ** entries.length; members++) {
    yield new Map(entries.filter((_, position) => members & (1 << position)));
  }
}
