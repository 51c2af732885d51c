import type { Arena } from '../arena.ts';
import type { Bench } from '../bench.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law, Violation } from '../law.ts';
import { allSaying, numberInWords } from '../words.ts';

/** Measured against the domain's own optimum, never against the mechanism's word. */
export const efficient: Law = caseLaw({
  name: 'efficient',
  says: 'no other outcome is worth more to the agents together',
  undecidable: withoutOracle,
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess: (arena, given, share = 1) => share * bestWelfareIn(arena, given) - welfareIn(arena, given),
  explain: explainWaste,
});

export function welfareIn(arena: Arena, { types, seed }: Case): number {
  return arena.welfare(types, arena.play(types, seed));
}

export function bestWelfareIn({ domain, settings }: Arena, { types }: Case): number {
  return Number(domain.bestWelfare?.(types, settings));
}

export function explainWaste(arena: Arena, given: Case): Violation {
  const [welfare, best] = [welfareIn(arena, given), bestWelfareIn(arena, given)].map(numberInWords);
  return {
    counterexample: counterexampleOf(arena, given),
    reason: `when ${allSaying(given.types)}, the outcome is worth ${welfare} to them together, and ${best} was possible`,
    scenarios: scenariosOf(arena, given),
  };
}

/** Laws about welfare need values, and somebody else's word for what is possible. */
export function withoutOracle({ arena: { mechanism, domain } }: Bench): string | undefined {
  if (!mechanism.value) return 'the mechanism does not say what an outcome is worth to an agent (value)';
  return domain.bestWelfare ? undefined : `the domain ${domain.name} does not know the best welfare (bestWelfare)`;
}
