import { aliasOf } from '../agent-names.ts';
import type { Arena } from '../arena.ts';
import { type Case, deviated } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law, Violation } from '../law.ts';
import { misreportsOf } from '../misreports.ts';
import { mergedAliases } from '../renamed.ts';
import { withoutUtility } from '../temptation.ts';
import { meanwhile, numberInWords, reportingInWords, typeInWords } from '../words.ts';

const liesPerName = { grid: Number.POSITIVE_INFINITY, few: 4, many: 5 } as const;

/**
 * Yokoo, Sakurai and Matsubara 2004. What an agent's names get and pay is added up, as outcomes of the public data format tell it.
 * Two names are tried.
 */
export const falseNameProof: Law = caseLaw({
  name: 'false-name-proof',
  says: 'no agent gains by taking part under several names',
  undecidable: withoutUtility,
  *cases(bench, { types, seed }, reach) {
    const random = bench.random(`false names ${seed}`);
    for (const agent of types.keys()) {
      const own = types.get(agent);
      const lies = misreportsOf(bench, types, agent, reach, random);
      const said = [
        own,
        ...(lies.length > liesPerName[reach] ? random.shuffled(lies).slice(0, liesPerName[reach]) : lies),
      ];
      for (const one of said) {
        for (const other of said) {
          yield {
            types,
            seed,
            agent,
            deviation: new Map([
              [agent, one],
              [aliasOf(agent), other],
            ]),
          };
        }
      }
    }
  },
  excess(arena, given, approximately = 0) {
    const { agent, types, seed } = given;
    if (agent === undefined) return Number.NEGATIVE_INFINITY;
    return underNames(arena, given) - arena.utility(agent, types.get(agent), arena.play(types, seed)) - approximately;
  },
  explain,
});

/** What the outcome is worth to an agent that is also everybody new. */
function underNames(arena: Arena, given: Case): number {
  const { agent = '', types, deviation, seed } = given;
  const aliases = new Set([...deviation.keys()].filter((name) => !types.has(name)));
  return arena.utility(agent, types.get(agent), mergedAliases(arena.play(deviated(given), seed), agent, aliases));
}

function explain(arena: Arena, given: Case): Violation {
  const { agent = '', types, deviation, seed } = given;
  const before = arena.utility(agent, types.get(agent), arena.play(types, seed));
  const after = underNames(arena, given);
  const names = [...deviation].map(([name, report]) => `${reportingInWords(report)} as ${name}`);
  const counterexample = counterexampleOf(arena, given);
  return {
    counterexample: { ...counterexample, deviating: { ...counterexample.deviating, utility: after } },
    reason:
      `${agent}, ${typeInWords(types.get(agent))}, gains ${numberInWords(after - before)} under several names, ` +
      `${names.join(' and ')}${meanwhile(given, agent)}: its utility is ${numberInWords(after)} rather than ${numberInWords(before)}`,
    scenarios: scenariosOf(arena, given),
  };
}
