import type { AgentId } from '@mechane/core';
import type { Arena } from '../arena.ts';
import { type Case, deviated, deviatingCase } from '../case.ts';
import { counterexampleOf, scenariosOf } from '../counterexamples.ts';
import { amountGiven } from '../domains/allocated.ts';
import { caseLaw } from '../examine-cases.ts';
import type { Law } from '../law.ts';
import { numbersIn } from '../leaves.ts';
import { misreportsOf } from '../misreports.ts';
import { inWords, meanwhile, numberInWords } from '../words.ts';

/** Myerson 1981: what truthful payments are built on. */
export const allocationMonotone: Law = caseLaw({
  name: 'allocation-monotone',
  says: 'an agent that bids more never gets less',
  *cases(bench, { types, seed }, reach) {
    const random = bench.random(`monotone ${seed}`);
    for (const agent of types.keys()) {
      for (const report of misreportsOf(bench, types, agent, reach === 'grid' ? 'grid' : 'few', random)) {
        const [own, other] = [types.get(agent), report];
        if (isRaise(bench.arena, own, other)) yield deviatingCase(types, seed, agent, other);
        else if (reach !== 'grid' && isRaise(bench.arena, other, own)) {
          yield deviatingCase(new Map(types).set(agent, other), seed, agent, own);
        }
      }
    }
  },
  excess(arena, given, approximately = 0) {
    const { agent } = given;
    if (agent === undefined || !isRaise(arena, given.types.get(agent), given.deviation.get(agent))) return 0;
    const [before, after] = sharesOf(arena, given, agent);
    return before - after - approximately;
  },
  explain(arena, given) {
    const { agent = '' } = given;
    const [before, after] = sharesOf(arena, given, agent).map(numberInWords);
    const [from, to] = [given.types.get(agent), given.deviation.get(agent)].map(inWords);
    return {
      counterexample: counterexampleOf(arena, given),
      reason: `${agent} raises its bid from ${from} to ${to} and gets ${after} rather than ${before}${meanwhile(given, agent)}`,
      scenarios: scenariosOf(arena, given),
    };
  },
});

function sharesOf(arena: Arena, given: Case, agent: AgentId): readonly [number, number] {
  const { domain, settings } = arena;
  const { share = amountGiven } = domain;
  const before = share(agent, arena.play(given.types, given.seed), settings);
  return [before, share(agent, arena.play(deviated(given), given.seed), settings)];
}

function isRaise({ domain: { raises = dominates } }: Arena, from: unknown, to: unknown): boolean {
  return raises(from, to);
}

/** Every number at least as large, one of them larger. */
function dominates(from: unknown, to: unknown): boolean {
  const [lower, higher] = [[...numbersIn(from)], [...numbersIn(to)]];
  const steps = lower.map(([, number], index) => Number(higher[index]?.[1]) - number);
  return lower.length === higher.length && steps.every((step) => step >= 0) && steps.some((step) => step > 0);
}
