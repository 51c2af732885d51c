import type { Arena } from '../arena.ts';
import type { Case } from '../case.ts';
import { truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { allSaying, numberInWords } from '../words.ts';
import { bestWelfareIn } from './efficient.ts';

/** The metric `efficiency` is only as good as the best welfare it is measured by. */
export const bestWelfare: Law = caseLaw({
  name: 'structural/best-welfare',
  says: 'the best welfare that efficiency is measured by is the best there is',
  irrelevant: ({ arena: { mechanism, domain } }) =>
    mechanism.bestWelfare && domain.bestWelfare ? undefined : 'there are not two opinions on it',
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given) => Math.abs(claimedBest(arena, given) - bestWelfareIn(arena, given)),
  explain: (arena, given) => ({
    counterexample: counterexampleOf(arena, given),
    reason:
      `when ${allSaying(given.types)}, the mechanism says the best welfare is ${numberInWords(claimedBest(arena, given))}, and trying ` +
      `everything finds ${numberInWords(bestWelfareIn(arena, given))}`,
    scenarios: scenariosOf(arena, given),
  }),
});

function claimedBest(arena: Arena, { types }: Case): number {
  return Number(arena.mechanism.bestWelfare?.(arena.parsedAll(types), arena.settings));
}
