import type { AgentId } from '@mechane/core';
import type { Case } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import { agentName } from '../draw/names.ts';
import { drawEvenly } from '../draw/shrink-tree.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Finding, Law, Steps, Violation } from '../law.ts';
import {
  type Estimate,
  estimateInWords,
  estimateOver,
  isGain,
  othersDrawn,
  priorOf,
  reportsWith,
  sigmas,
  sizesExpected,
  sureDraws,
} from '../search/expectation.ts';
import { inWords, numberInWords, reportingInWords, typeInWords } from '../words/words.ts';
import { withoutUtility } from './needs.ts';

const typesTried = 7;
const liesTried = 9;
const gamblesTried = 3;
const draftDraws = 90;

interface Gamble {
  readonly agent: AgentId;
  readonly type: unknown;
  readonly report: unknown;
  readonly size: number;
}

/**
 * What an agent gains on average over what the others may be, by the domain's prior. A first, rough look goes through the menus that the others'
 * types leave an agent, all its truths against all its lies; the most tempting are looked at again with other draws, so that luck refutes nothing.
 */
export const bayesianIncentiveCompatible: Law = {
  name: 'bayesian-incentive-compatible',
  says: 'no agent gains on average by any misreport, when the others are truthful and drawn from the prior',
  playsPerRun: 60,
  aboutValues: true,
  undecidable: withoutUtility,
  *examine(trial, approximately = 0): Steps<Finding> {
    const method = 'statistical';
    let examined = 0;
    let surest: { gamble: Gamble; estimate: Estimate } | undefined;
    for (const gamble of yield* tempting(trial, (draws) => {
      examined += draws;
    })) {
      const estimate = yield* estimateOf(trial, gamble, sureDraws(trial), 'sure');
      examined += estimate.draws;
      const extent = '';
      if (isGain(estimate, approximately)) {
        return { method, examined, extent, violation: violationOf(trial, gamble, estimate) };
      }
      if (surest === undefined || estimate.mean > surest.estimate.mean) surest = { gamble, estimate };
    }
    yield* trial.game.recall();
    if (!surest) return { method, examined, extent: '', undecided: 'no misreport could be played' };
    const { mean, error } = surest.estimate;
    const margin = numberInWords(Number((sigmas * error).toPrecision(2)));
    return {
      method,
      examined,
      extent: `the most tempting misreport found gains ${numberInWords(Number(mean.toPrecision(2)))} ± ${margin} on average`,
    };
  },
  *judge(trial, given, approximately = 0) {
    const gamble = gambleOf(given);
    if (!gamble) return undefined;
    const estimate = yield* estimateOf(trial, gamble, sureDraws(trial), 'witness');
    return isGain(estimate, approximately) ? violationOf(trial, gamble, estimate) : undefined;
  },
};

function gambleOf({ agent, types, deviation }: Case): Gamble | undefined {
  if (agent === undefined || !deviation.has(agent)) return undefined;
  return { agent, type: types.get(agent), report: deviation.get(agent), size: types.size };
}

/** The lies that look best after a rough look, one per type and number of agents. */
function* tempting(trial: Trial, count: (draws: number) => void): Steps<readonly Gamble[]> {
  const { game } = trial;
  const random = trial.random('bayesian');
  const types = drawEvenly(priorOf(game), typesTried, random.below(2 ** 31));
  const chosen: { gamble: Gamble; mean: number }[] = [];
  for (const size of sizesExpected(trial)) {
    const agent = agentName(random.below(size));
    const lies = misreportsOf(trial, new Map([[agent, types[0]]]), agent, 'many', random).filter(
      (lie) => !departs(lie),
    );
    const reports = [...types, ...random.shuffled(lies).slice(0, liesTried)];
    const means = yield* meansOf(trial, agent, size, types, reports, count);
    for (const [truth, row] of means.entries()) {
      const lies = row.map((_, lie) => lie).filter((lie) => lie !== truth && row[lie] !== Number.NEGATIVE_INFINITY);
      const [first] = lies;
      if (first === undefined) continue;
      const best = lies.reduce((most, lie) => ((row[lie] as number) > (row[most] as number) ? lie : most), first);
      const gamble = { agent, type: types[truth], report: reports[best], size };
      chosen.push({ gamble, mean: (row[best] as number) - (row[truth] as number) });
    }
    yield undefined;
  }
  return chosen
    .toSorted((a, b) => b.mean - a.mean)
    .slice(0, gamblesTried)
    .map(({ gamble }) => gamble);
}

/** What each type makes of each report on average, over some draws of the others. */
function* meansOf(
  trial: Trial,
  agent: AgentId,
  size: number,
  types: readonly unknown[],
  reports: readonly unknown[],
  count: (draws: number) => void,
): Steps<readonly (readonly number[])[]> {
  const { game } = trial;
  const sums = types.map(() => reports.map(() => 0));
  const draws = size === 1 ? 3 : draftDraws;
  for (const { drawn, seed } of othersDrawn(trial, size, draws, 'bayesian draft')) {
    for (const [lie, report] of reports.entries()) {
      const outcome = playable(() => game.play(reportsWith(game, agent, size, drawn, report), seed));
      for (const [truth, type] of types.entries()) {
        const row = sums[truth] as number[];
        const worth =
          outcome && game.mayReport(type, report) ? playable(() => game.utility(agent, type, outcome)) : undefined;
        row[lie] = (row[lie] as number) + (worth ?? Number.NEGATIVE_INFINITY);
      }
    }
    count(reports.length);
    yield undefined;
  }
  return sums.map((row) => row.map((sum) => sum / draws));
}

function playable<Value>(play: () => Value): Value | undefined {
  try {
    return play();
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    return undefined;
  }
}

function estimateOf(trial: Trial, gamble: Gamble, draws: number, purpose: string): Steps<Estimate> {
  const { game } = trial;
  const { agent, type, report, size } = gamble;
  return estimateOver(othersDrawn(trial, size, draws, `bayesian ${purpose}`), ({ drawn, seed }) => {
    const truthful = reportsWith(game, agent, size, drawn, type);
    const deviating = reportsWith(game, agent, size, drawn, report);
    const actual = truthful.get(agent);
    const before = game.utility(agent, actual, game.play(truthful, seed));
    return game.utility(agent, actual, game.play(deviating, seed)) - before;
  });
}

function violationOf({ game }: Trial, { agent, type, report, size }: Gamble, estimate: Estimate): Violation {
  const against = size === 1 ? '' : ` against ${size - 1} other${size === 2 ? '' : 's'} drawn from the prior`;
  return {
    counterexample: { settings: game.given, types: { [agent]: type }, agent, report },
    reason:
      `${agent}, ${typeInWords(type)}, gains ${estimateInWords(estimate)} on average by ${reportingInWords(report)} instead of ` +
      `${inWords(type)}${against} (${estimate.draws.toLocaleString('en')} draws)`,
    scenarios: [],
  };
}
