import type { AgentId, Random } from '@mechane/core';
import { type Case, deviatingCase, type Reports } from '../case.ts';
import { misreportsOf } from '../draw/misreports.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { departs } from '../game/departing.ts';
import { numbersIn } from '../game/leaves.ts';
import { Unplayable } from '../game/unplayable.ts';
import type { Steps } from '../law.ts';
import type { Found, Judge } from './case-law.ts';
import { type Choice, choiceOf, lineOf, steppedNumbers } from './line.ts';

/** How what others say is drawn. */
export interface MenuOptions {
  /** Changes what is said by the others, where the law is not only about others who are truthful. */
  readonly others: (trial: Trial, profile: Profile, random: Random) => Reports;
}

const everybodyUpTo = 2;
const mostTempted = 3;
/** Truths that are compared with everything, as far as that is no more work than playing. */
const fewestTruths = 5;
const mostCompared = 400;
const mostComparedInRange = 12_000;
const longestRange = 1_200;
const rangePerRun = 4;

/**
 * Looks for a lie that pays, by menus: while the others' reports are fixed, whatever an agent says picks one of the outcomes that it can get,
 * and truth must pick the best of them for every type. K reports take K plays, and are K² truths and lies.
 */
export function* searchMenus(
  { others }: MenuOptions,
  trial: Trial,
  judge: Judge,
  approximately: number,
): Steps<Found | undefined> {
  const random = trial.random('menus');
  let ranged = trial.drawn;
  while (!trial.budget.isSpent) {
    const profile = trial.profiles.next();
    const reports = others(trial, profile, random);
    for (const agent of someOf([...reports.keys()], random)) {
      if (departs(reports.get(agent))) continue;
      const given = menu(trial, reports, profile.seed, agent, random, judge, approximately);
      if (given) return { given, profile };
      yield undefined;
    }
    if (ranged || trial.budget.share < 0.3 || trial.most < 2) continue;
    ranged = true;
    const small = trial.profiles.small(2);
    const given = yield* ranges(trial, small, random, judge, approximately);
    if (given) return { given, profile: small };
  }
  return undefined;
}

function someOf(agents: readonly AgentId[], random: Random): readonly AgentId[] {
  return agents.length <= everybodyUpTo ? agents : [agents[random.below(agents.length)] as AgentId];
}

/** Compares everything that an agent can get when the others say this. */
function menu(
  trial: Trial,
  reports: Reports,
  seed: number,
  agent: AgentId,
  random: Random,
  judge: Judge,
  approximately: number,
): Case | undefined {
  const { domain, settings } = trial.game;
  const isType = (report: unknown): boolean => !departs(report) && (domain.isType?.(report, settings) ?? false);
  const own = choiceOf(trial, reports, seed, agent, reports.get(agent), true);
  if (own.outcome) trial.numbers.note(own.outcome, random);
  const lies = misreportsOf(trial, reports, agent, 'many', random);
  if (trial.game.elsewhere)
    trial.game.foresee(lies.map((report) => [new Map(reports).set(agent, report), seed] as const));
  const choices = [
    own,
    ...lies.map((report) => choiceOf(trial, reports, seed, agent, report, isType(report))),
    ...lineOf(trial, reports, seed, agent, random),
  ];
  return bestLie(trial, choices, reports, seed, agent, judge, approximately);
}

/** The truth and the lie that pays most, if any does. */
function bestLie(
  { game }: Trial,
  choices: readonly Choice[],
  reports: Reports,
  seed: number,
  agent: AgentId,
  judge: Judge,
  approximately: number,
  mostToCompare: number = mostCompared,
): Case | undefined {
  const spoilt = choices.find(({ isSpoilt }) => isSpoilt);
  if (spoilt) {
    // What is spoilt breaks any law, and the judge knows how to say so.
    const given = deviatingCase(reports, seed, agent, spoilt.report);
    if (judge(given)) return given;
  }
  const outcomes = new Map<string, Choice[]>();
  for (const choice of choices) {
    if (choice.outcome === undefined) continue;
    const alike = outcomes.get(choice.key);
    if (alike) alike.push(choice);
    else outcomes.set(choice.key, [choice]);
  }
  const groups = [...outcomes.values()];
  const truths = choices.filter(({ isType, outcome }) => isType && outcome !== undefined);
  const most = Math.max(fewestTruths, Math.floor(mostToCompare / groups.length));
  const tempted: { readonly truth: Choice; readonly lie: Choice; readonly gain: number }[] = [];
  let compared = 0;
  for (const [position, truth] of truths.entries()) {
    // The first is the agent's own, and those at which outcomes change come last.
    if (truth.outcome === undefined || (position > 0 && position < truths.length - most)) continue;
    const own = worth(game, agent, truth.report, truth.outcome);
    if (own === undefined) continue;
    compared += choices.length - 1;
    for (const alike of groups) {
      const [first] = alike;
      if (first?.outcome === undefined || first.key === truth.key) continue;
      const gain = Number(worth(game, agent, truth.report, first.outcome)) - own;
      if (gain <= approximately) continue;
      const lie = alike.find(({ report }) => game.mayReport(truth.report, report));
      if (lie) tempted.push({ truth, lie, gain });
    }
  }
  judge.count(compared);
  tempted.sort((a, b) => b.gain - a.gain);
  for (const { truth, lie } of tempted.slice(0, mostTempted)) {
    const given = deviatingCase(truth.reports, seed, agent, lie.report);
    if (judge(given)) return given;
  }
  return undefined;
}

/** What an outcome is worth to an agent of this type; `undefined` where nobody can say, no number where what is said is none. */
function worth(game: Trial['game'], agent: AgentId, type: unknown, outcome: object): number | undefined {
  try {
    return game.utility(agent, type, outcome);
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    return thrown.kind === 'spoilt' ? Number.NaN : undefined;
  }
}

/**
 * Tries every whole number, and every half, as what an agent says, and whole ones as what a rival does: what happens once in a thousand
 * numbers is found by nothing else.
 */
function* ranges(
  trial: Trial,
  { types, seed }: Profile,
  random: Random,
  judge: Judge,
  approximately: number,
): Steps<Case | undefined> {
  const length = Math.min(longestRange, rangePerRun * trial.runs);
  const [agent, rival] = random.shuffled([...types.keys()]) as [AgentId, AgentId];
  const [leaf] = numbersIn(types.get(agent));
  if (leaf === undefined || trial.game.domain.isType === undefined) return undefined;
  const [path] = leaf;
  for (const from of [0, 0.5]) {
    const choices = steppedNumbers(trial, types, seed, agent, path, from, length);
    const given = bestLie(trial, choices, types, seed, agent, judge, approximately, mostComparedInRange);
    if (given) return given;
    yield undefined;
  }
  const rivals = steppedNumbers(trial, types, seed, rival, path, 0, length);
  for (const [index, { reports, isType }] of rivals.entries()) {
    if (!isType) continue;
    const near = steppedNumbers(trial, reports, seed, agent, path, Math.max(0, index - 1), 3);
    const found = bestLie(trial, near, reports, seed, agent, judge, approximately);
    if (found) return found;
    if (index % 16 === 0) yield undefined;
  }
  return undefined;
}
