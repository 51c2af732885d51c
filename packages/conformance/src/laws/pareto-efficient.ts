import { type Case, truthfulCase } from '../case.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import type { Law } from '../law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { allSaying } from '../words/words.ts';
import { explainWaste, infeasibilityIn, welfareIn } from './efficient.ts';
import { withoutUtility } from './needs.ts';

/** Where outcomes are compared one by one, there are too many of them with more agents. */
const mostAgents = 6;
/** Comparing an alternative is so much work, compared with a play. */
const workPerAlternative = 0.4;

/**
 * Where money can change hands, an outcome is Pareto efficient if and only if no other is worth more in sum; where it cannot, every
 * alternative the domain knows is compared.
 */
export const paretoEfficient: Law = caseLaw({
  name: 'pareto-efficient',
  says: 'no other outcome is better for one agent and worse for none',
  playsPerRun: 50,
  aboutValues: true,
  dependsOnNumbers: true,
  undecidable(trial) {
    const { domain } = trial.game;
    const isComparable = domain.alternatives !== undefined || (domain.bestWelfare !== undefined && addsUp(trial.game));
    return withoutUtility(trial) ?? (isComparable ? undefined : withoutAlternatives(trial));
  },
  cases: (_trial, { types, seed }) => [truthfulCase(types, seed)],
  excess(game, given, approximately = 0) {
    if (infeasibilityIn(game, given) !== undefined) return Number.POSITIVE_INFINITY;
    if (comparesWelfare(game, given)) {
      const [welfare, best] = [welfareIn(game, given), game.bestWelfare(given.types)];
      return Math.max(best - welfare - approximately, welfare - best);
    }
    if (given.types.size > mostAgents) return Number.NEGATIVE_INFINITY;
    return improvementOn(game, given) ? Number.POSITIVE_INFINITY : 0;
  },
  explain(game, given) {
    if (infeasibilityIn(game, given) !== undefined || comparesWelfare(game, given)) return explainWaste(game, given);
    const better = improvementOn(game, given);
    return {
      counterexample: { ...counterexampleOf(game, given), deviating: { outcome: better as object } },
      reason:
        `when ${allSaying(given.types)}, the outcome ${JSON.stringify(better)} would be better for somebody and worse for nobody ` +
        `than ${JSON.stringify(game.play(given.types, given.seed))}`,
      scenarios: scenariosOf(game, given),
    };
  },
});

/** Money moves where there are payments; where nobody knows alternatives, it is as if it could. */
function comparesWelfare(game: Game, { types, seed }: Case): boolean {
  if (game.domain.bestWelfare === undefined || !addsUp(game)) return false;
  return game.domain.alternatives === undefined || game.revenue(game.play(types, seed)) !== undefined;
}

/** Whether values are amounts, which can be added up. */
function addsUp({ domain, mechanism }: Game): boolean {
  if (domain.value) return !domain.ordinal;
  return mechanism.value !== undefined && mechanism.utility === undefined;
}

function improvementOn(game: Game, { types, seed }: Case): object | undefined {
  const outcome = game.play(types, seed);
  const utilities = [...types].map(([agent, type]) => game.utility(agent, type, outcome));
  const revenue = game.revenue(outcome) ?? 0;
  for (const other of game.domain.alternatives?.(types, game.settings) ?? []) {
    game.work += workPerAlternative;
    if ((game.revenue(other) ?? 0) < revenue) continue;
    const changes = [...types].map(([agent, type], index) => {
      return game.utility(agent, type, other) - (utilities[index] as number);
    });
    const lost = game.amounts.allowance(types);
    if (changes.every((change) => change >= 0) && changes.some((change) => change > lost)) return other;
  }
  return undefined;
}

function withoutAlternatives({ game: { domain } }: Trial): string {
  return `the domain ${domain.name} does not know what else could have come out (alternatives)`;
}
