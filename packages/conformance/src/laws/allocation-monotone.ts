import type { AgentId } from '@mechane/core';
import { type Case, deviated, deviatingCase } from '../case.ts';
import { amountGiven } from '../domains/allocated.ts';
import { misreportsOf } from '../draw/misreports.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { numbersIn } from '../game/leaves.ts';
import type { Law, Steps } from '../law.ts';
import type { Found, Judge } from '../search/case-law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { type Choice, choiceOf, lineOf } from '../search/line.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { inWords, meanwhile, numberInWords } from '../words/words.ts';

/** Myerson 1981: what truthful payments are built on. */
export const allocationMonotone: Law = caseLaw({
  name: 'allocation-monotone',
  says: 'an agent that bids more never gets less',
  playsPerRun: 70,
  *cases(trial, { types, seed }, reach) {
    const random = trial.random(`monotone ${seed}`);
    for (const agent of types.keys()) {
      for (const report of misreportsOf(trial, types, agent, reach, random)) {
        const own = types.get(agent);
        if (departs(report)) continue;
        if (isRaise(trial.game, own, report)) yield deviatingCase(types, seed, agent, report);
        else if (reach !== 'grid' && isRaise(trial.game, report, own)) {
          yield deviatingCase(new Map(types).set(agent, report), seed, agent, own);
        }
      }
    }
  },
  search: searchRaises,
  excess(game, given, approximately = 0) {
    const { agent } = given;
    if (agent === undefined || !isRaise(game, given.types.get(agent), given.deviation.get(agent))) {
      return Number.NEGATIVE_INFINITY;
    }
    const [before, after] = sharesOf(game, given, agent);
    return game.amounts.add(before) - game.amounts.add(after) - approximately;
  },
  explain(game, given) {
    const { agent = '' } = given;
    const [before, after] = sharesOf(game, given, agent).map(numberInWords);
    const [from, to] = [given.types.get(agent), given.deviation.get(agent)].map(inWords);
    return {
      counterexample: counterexampleOf(game, given),
      reason: `${agent} raises its bid from ${from} to ${to} and gets ${after} rather than ${before}${meanwhile(given, agent)}`,
      scenarios: scenariosOf(game, given),
    };
  },
});

/** Compares everything that an agent can report with everything that bids more. */
function* searchRaises(trial: Trial, judge: Judge): Steps<Found | undefined> {
  const random = trial.random('raises');
  while (!trial.budget.isSpent) {
    const profile = trial.profiles.next();
    const { types, seed } = profile;
    const agents = random.shuffled([...types.keys()]).slice(0, 2);
    for (const agent of agents) {
      const reports = [types.get(agent), ...misreportsOf(trial, types, agent, 'many', random)];
      const choices = [
        ...reports
          .filter((report) => !departs(report))
          .map((report) => choiceOf(trial, types, seed, agent, report, true)),
        ...lineOf(trial, types, seed, agent, random),
      ];
      const given = fallen(trial.game, choices, seed, agent, judge);
      if (given) return { given, profile };
      yield undefined;
    }
  }
  return undefined;
}

function fallen(game: Game, choices: readonly Choice[], seed: number, agent: AgentId, judge: Judge): Case | undefined {
  const shares = choices.map(({ outcome }) => (outcome ? shareOf(game, agent, outcome) : Number.NaN));
  for (const [low, from] of choices.entries()) {
    for (const [high, to] of choices.entries()) {
      if (!((shares[high] as number) < (shares[low] as number)) || !isRaise(game, from.report, to.report)) continue;
      const given = deviatingCase(from.reports, seed, agent, to.report);
      if (judge(given)) return given;
    }
  }
  judge.count(choices.length);
  return undefined;
}

function sharesOf(game: Game, given: Case, agent: AgentId): readonly [number, number] {
  const before = shareOf(game, agent, game.play(given.types, given.seed));
  return [before, shareOf(game, agent, game.play(deviated(given), given.seed))];
}

function shareOf({ domain: { share = amountGiven }, settings }: Game, agent: AgentId, outcome: object): number {
  return share(agent, outcome, settings);
}

function isRaise({ domain: { raises = dominates } }: Game, from: unknown, to: unknown): boolean {
  return raises(from, to);
}

/** Every number at least as large, one of them larger. */
function dominates(from: unknown, to: unknown): boolean {
  const [lower, higher] = [numbersIn(from), numbersIn(to)];
  const steps = lower.map(([, number], index) => Number(higher[index]?.[1]) - number);
  return lower.length === higher.length && steps.every((step) => step >= 0) && steps.some((step) => step > 0);
}
