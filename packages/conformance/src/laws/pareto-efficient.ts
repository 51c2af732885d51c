import { revenueOf } from '@mechane/core/host';
import type { Arena } from '../arena.ts';
import type { Bench } from '../bench.ts';
import { type Case, truthfulCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { withoutUtility } from '../temptation.ts';
import { allSaying } from '../words.ts';
import { bestWelfareIn, explainWaste, welfareIn } from './efficient.ts';

/**
 * Where money can change hands, an outcome is Pareto efficient if and only if no other is worth more in sum; where it cannot, every
 * alternative the domain knows is compared.
 */
export const paretoEfficient: Law = caseLaw({
  name: 'pareto-efficient',
  says: 'no other outcome is better for one agent and worse for none',
  undecidable: (bench) =>
    withoutUtility(bench) ??
    (comparesWelfare(bench.arena) || bench.arena.domain.alternatives ? undefined : withoutAlternatives(bench)),
  cases: (_bench, { types, seed }) => [truthfulCase(types, seed)],
  excess(arena, given, approximately = 0) {
    if (comparesWelfare(arena)) return bestWelfareIn(arena, given) - welfareIn(arena, given) - approximately;
    return improvementOn(arena, given) ? 1 : 0;
  },
  explain(arena, given) {
    if (comparesWelfare(arena)) return explainWaste(arena, given);
    const better = improvementOn(arena, given);
    return {
      counterexample: { ...counterexampleOf(arena, given), deviating: { outcome: better as object } },
      reason:
        `when ${allSaying(given.types)}, the outcome ${JSON.stringify(better)} would be better for somebody and worse for nobody ` +
        `than ${JSON.stringify(arena.play(given.types, given.seed))}`,
      scenarios: scenariosOf(arena, given),
    };
  },
});

/** Money moves where there are values and payments. */
function comparesWelfare({ mechanism, domain }: Arena): boolean {
  return mechanism.value !== undefined && mechanism.utility === undefined && domain.bestWelfare !== undefined;
}

function improvementOn(arena: Arena, { types, seed }: Case): object | undefined {
  const outcome = arena.play(types, seed);
  const utilities = [...types].map(([agent, type]) => arena.utility(agent, type, outcome));
  const revenue = revenueOf(outcome) ?? 0;
  for (const other of arena.domain.alternatives?.(types, arena.settings) ?? []) {
    if ((revenueOf(other) ?? 0) < revenue) continue;
    const changes = [...types].map(([agent, type], index) => {
      return arena.utility(agent, type, other) - (utilities[index] as number);
    });
    if (changes.every((change) => change >= 0) && changes.some((change) => change > 0)) return other;
  }
  return undefined;
}

function withoutAlternatives({ arena: { domain } }: Bench): string {
  return `the domain ${domain.name} does not know what else could have come out (alternatives)`;
}
