import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { withoutUtility } from '../temptation.ts';
import { meanwhile, numberInWords, typeInWords } from '../words.ts';

/** Ex post: it is true of every outcome, not only on average. */
export const individuallyRational: Law = caseLaw({
  name: 'individually-rational',
  says: 'a truthful agent never ends below what staying away is worth to it',
  undecidable: withoutUtility,
  cases: (_bench, { types, seed }) => (types.size === 0 ? [] : [truthfulCase(types, seed)]),
  excess: (arena, given, approximately = 0) => worstLoss(arena, given).loss - approximately,
  explain(arena, given) {
    const { agent } = worstLoss(arena, given);
    const outcome = arena.play(given.types, given.seed);
    const type = given.types.get(agent);
    return {
      counterexample: counterexampleOf(arena, { ...given, agent }),
      reason:
        `${agent}, ${typeInWords(type)}, is truthful and ends with ${numberInWords(arena.utility(agent, type, outcome))}, though staying ` +
        `away is worth ${numberInWords(arena.outsideOption(agent, type))}${meanwhile(given, agent)}`,
      scenarios: scenariosOf(arena, given),
    };
  },
});

/** Who loses most by having come. */
function worstLoss(arena: Arena, { types, seed }: Case): { readonly agent: AgentId; readonly loss: number } {
  const outcome = arena.play(types, seed);
  return [...types]
    .map(([agent, type]) => ({ agent, loss: arena.outsideOption(agent, type) - arena.utility(agent, type, outcome) }))
    .reduce((worst, next) => (next.loss > worst.loss ? next : worst));
}
