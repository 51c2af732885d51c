import type { AgentId, Random } from '@mechane/core';
import type { Case, Reports } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import { agentName, drawSeed } from '../draw/names.ts';
import { drawEvenly } from '../draw/shrink-tree.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Finding, Law, Steps, Violation } from '../law.ts';
import { inWords, numberInWords, reportingInWords, typeInWords } from '../words/words.ts';
import { withoutUtility } from './needs.ts';

/** Standard errors that an estimate may be off: a mistake once in three million, as thousands are compared. */
const sigmas = 5;
const typesTried = 7;
const liesTried = 9;
const gamblesTried = 3;
const draftDraws = 90;
/** Draws of the second look, per random profile that the search is given. */
const drawsPerRun = 5;
const fewestDraws = 400;
const groupSizes = [2, 3, 1, 4] as const;

/** A gain on average, and how sure that is. */
interface Estimate {
  readonly mean: number;
  readonly error: number;
  readonly draws: number;
}

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

/** Whether a gain is beyond doubt; a mean that is no number is worse than any. */
function isGain({ mean, error }: Estimate, approximately: number): boolean {
  return Number.isNaN(mean) || mean - sigmas * error > approximately + 1e-9 * Math.max(1, Math.abs(mean));
}

function gambleOf({ agent, types, deviation }: Case): Gamble | undefined {
  if (agent === undefined || !deviation.has(agent)) return undefined;
  return { agent, type: types.get(agent), report: deviation.get(agent), size: types.size };
}

/** The lies that look best after a rough look, one per type and number of agents. */
function* tempting(trial: Trial, count: (draws: number) => void): Steps<readonly Gamble[]> {
  const { game, fewest, most } = trial;
  const random = trial.random('bayesian');
  const sizes = [...new Set(groupSizes.map((size) => Math.min(most, Math.max(fewest, size))))];
  const types = drawEvenly(priorOf(game), typesTried, random.below(2 ** 31));
  const chosen: { gamble: Gamble; mean: number }[] = [];
  for (const size of sizes) {
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
  for (const { drawn, seed } of othersDrawn(trial, size, draws, 'draft')) {
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

function sureDraws({ runs }: Trial): number {
  return Math.max(fewestDraws, drawsPerRun * runs);
}

function* estimateOf(trial: Trial, gamble: Gamble, draws: number, purpose: string): Steps<Estimate> {
  let [sum, squares, counted] = [0, 0, 0];
  for (const { drawn, seed } of othersDrawn(trial, gamble.size, draws, purpose)) {
    if (counted % 16 === 0) yield undefined;
    const gain = gainIn(trial.game, gamble, drawn, seed);
    if (gain === undefined) continue;
    sum += gain;
    squares += gain * gain;
    counted += 1;
  }
  const mean = counted === 0 ? 0 : sum / counted;
  const variance = counted < 2 ? 0 : Math.max(0, squares / counted - mean * mean) * (counted / (counted - 1));
  return { mean, error: Math.sqrt(variance / Math.max(1, counted)), draws: counted };
}

interface Drawn {
  readonly drawn: readonly unknown[];
  readonly seed: number;
}

/** Draws the types of the others, the same for all lies: differences between lies are then the lies' own. */
function othersDrawn(trial: Trial, size: number, draws: number, purpose: string): readonly Drawn[] {
  const random: Random = trial.random(`bayesian ${purpose} ${size}`);
  const flat = drawEvenly(priorOf(trial.game), draws * size, random.below(2 ** 31));
  return Array.from({ length: draws }, (_, draw) => ({
    drawn: flat.slice(draw * size, (draw + 1) * size),
    seed: drawSeed(random),
  }));
}

function priorOf({ domain, settings }: Game): ReturnType<Game['domain']['types']> {
  return domain.prior?.(settings) ?? domain.types(settings);
}

/** What the lie gains when these are the others; `undefined` when it cannot be told, no number where what is said of it is none. */
function gainIn(game: Game, gamble: Gamble, drawn: readonly unknown[], seed: number): number | undefined {
  const { agent, type, report, size } = gamble;
  const truthful = reportsWith(game, agent, size, drawn, type);
  const deviating = reportsWith(game, agent, size, drawn, report);
  try {
    const actual = truthful.get(agent);
    const before = game.utility(agent, actual, game.play(truthful, seed));
    return game.utility(agent, actual, game.play(deviating, seed)) - before;
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    return thrown.kind === 'spoilt' ? Number.NaN : undefined;
  }
}

/** The agent says this, and everybody else what was drawn. */
function reportsWith(game: Game, agent: AgentId, size: number, drawn: readonly unknown[], said: unknown): Reports {
  const names = Array.from({ length: size }, (_, position) => agentName(position));
  const position = Math.max(0, names.indexOf(agent));
  names[position] = agent;
  const reports = drawn.with(position, said);
  const fitting = game.domain.together?.(reports, game.settings) ?? reports;
  return new Map(names.map((name, index) => [name, fitting[index]]));
}

function violationOf({ game }: Trial, { agent, type, report, size }: Gamble, estimate: Estimate): Violation {
  const { mean, error, draws } = estimate;
  const rounded = (number: number): string => numberInWords(Number(number.toPrecision(3)));
  const against = size === 1 ? '' : ` against ${size - 1} other${size === 2 ? '' : 's'} drawn from the prior`;
  return {
    counterexample: { settings: game.given, types: { [agent]: type }, agent, report },
    reason:
      `${agent}, ${typeInWords(type)}, gains ${rounded(mean)} ± ${rounded(sigmas * error)} on average by ${reportingInWords(report)} instead of ` +
      `${inWords(type)}${against} (${draws.toLocaleString('en')} draws)`,
    scenarios: [],
  };
}
