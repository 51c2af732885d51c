import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, deviated } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law, Violation } from '../law.ts';
import { misreportsOf } from '../misreports.ts';
import { withoutUtility } from '../temptation.ts';
import { meanwhile, numberInWords, reportingInWords, typeInWords } from '../words.ts';

/** Misreports per member that a coalition tries in the search. */
const liesPerMember = { grid: Number.POSITIVE_INFINITY, few: 4, many: 6 } as const;

/**
 * The strong form (Moulin 1999): no coalition has misreports that harm none of its members and help one. Coalitions of one and of two
 * are looked at.
 */
export const groupStrategyProof: Law = caseLaw({
  name: 'group-strategy-proof',
  says: 'no coalition can misreport so that one of its members gains and none loses',
  undecidable: withoutUtility,
  *cases(bench, { types, seed }, reach) {
    const random = bench.random(`group ${seed}`);
    const lies = new Map<AgentId, readonly unknown[]>();
    for (const agent of types.keys()) {
      const all = misreportsOf(bench, types, agent, reach, random);
      lies.set(agent, all.length > liesPerMember[reach] ? random.shuffled(all).slice(0, liesPerMember[reach]) : all);
    }
    yield* coalitions([...types.keys()], types, seed, lies);
  },
  excess(arena, given, approximately = 0) {
    const gains = gainsOf(arena, given).map(([, gain]) => gain);
    if (gains.length === 0 || gains.some((gain) => gain < 0)) return Number.NEGATIVE_INFINITY;
    return Math.max(...gains) - approximately;
  },
  explain,
});

function* coalitions(
  agents: readonly AgentId[],
  types: Case['types'],
  seed: number,
  lies: ReadonlyMap<AgentId, readonly unknown[]>,
): Generator<Case> {
  for (const [index, one] of agents.entries()) {
    for (const report of lies.get(one) as readonly unknown[]) {
      yield { types, seed, agent: one, deviation: new Map([[one, report]]) };
      for (const other of agents.slice(index + 1)) {
        for (const theirs of lies.get(other) as readonly unknown[]) {
          yield {
            types,
            seed,
            agent: one,
            deviation: new Map([
              [one, report],
              [other, theirs],
            ]),
          };
        }
      }
    }
  }
}

/** What each member of the coalition gains. */
function gainsOf(arena: Arena, given: Case): readonly (readonly [AgentId, number])[] {
  const { types, deviation, seed } = given;
  const truthful = arena.play(types, seed);
  const deviating = arena.play(deviated(given), seed);
  return [...deviation.keys()]
    .filter((agent) => types.has(agent))
    .map((agent) => {
      const type = types.get(agent);
      return [agent, arena.utility(agent, type, deviating) - arena.utility(agent, type, truthful)] as const;
    });
}

function explain(arena: Arena, given: Case): Violation {
  const gains = gainsOf(arena, given);
  const [agent, gain] = gains.reduce((most, next) => (next[1] > most[1] ? next : most));
  const members = [...given.deviation].map(
    ([member, report]) => `${member}, ${typeInWords(given.types.get(member))}, ${reportingInWords(report)}`,
  );
  const others = gains.length > 1 ? ' and no member loses' : '';
  return {
    counterexample: counterexampleOf(arena, { ...given, agent }),
    reason: `${agent} gains ${numberInWords(gain)}${others} with ${members.join(' and ')}${meanwhile(given, agent)}`,
    scenarios: scenariosOf(arena, given),
  };
}
