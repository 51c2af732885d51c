import type { AgentId } from '@mechane/core';
import { revenueOf } from '@mechane/core/host';
import type { Arena } from '../arena.ts';
import { type Case, type Reports, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { withoutUtility } from '../temptation.ts';
import { allSaying, numberInWords } from '../words.ts';

const mostAgents = 6;

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
  undecidable: (bench) => {
    const { domain } = bench.arena;
    if (domain.bestWelfare || domain.alternatives) return withoutUtility(bench);
    return `the domain ${domain.name} does not know what coalitions can do (bestWelfare or alternatives)`;
  },
  cases: (_bench, { types, seed }) => (types.size > mostAgents ? [] : [truthfulCase(types, seed)]),
  excess: (arena, given, approximately = 0) => strongestBlock(arena, given).gain - approximately,
  explain(arena, given) {
    const { members, gain } = strongestBlock(arena, given);
    return {
      counterexample: counterexampleOf(arena, given),
      reason:
        `when ${allSaying(given.types)}, ${members.join(' and ')} ` +
        `would do better by ${numberInWords(gain)} without the others`,
      scenarios: scenariosOf(arena, given),
    };
  },
});

function strongestBlock(arena: Arena, given: Case): Block {
  let strongest: Block = { members: [], gain: Number.NEGATIVE_INFINITY };
  for (const coalition of coalitionsOf(given.types)) {
    const gain = gainOf(arena, given, coalition);
    if (gain > strongest.gain) strongest = { members: [...coalition.keys()], gain };
  }
  return strongest;
}

function gainOf(arena: Arena, { types, seed }: Case, coalition: Reports): number {
  const { domain, settings } = arena;
  const outcome = arena.play(types, seed);
  const utilities = [...coalition].map(([agent, type]) => arena.utility(agent, type, outcome));
  if (domain.bestWelfare) {
    const has = utilities.reduce((sum, utility) => sum + utility, revenueOf(outcome) ?? 0);
    return domain.bestWelfare(coalition, settings) - has;
  }
  let most = Number.NEGATIVE_INFINITY;
  for (const other of domain.alternatives?.(coalition, settings) ?? []) {
    const changes = [...coalition].map(([agent, type], index) => {
      return arena.utility(agent, type, other) - (utilities[index] as number);
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
