import type { AgentId, Random } from '@mechane/core';
import { type Case, deviated, type Reports } from '../case.ts';
import { misreportsOf, type Reach } from '../draw/misreports.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import { ifPlayable } from '../game/unplayable.ts';
import type { Law, Steps, Violation } from '../law.ts';
import type { Found, Judge } from '../search/case-law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { meanwhile, numberInWords, reportingInWords, typeInWords } from '../words/words.ts';
import { withoutUtility } from './needs.ts';

const largestCoalition = 3;
/** Reports of each member, by how many they are: all their combinations are compared with each other. */
const reportsEach = [0, 12, 6, 4] as const;
const mostTempted = 3;

/**
 * The strong form (Moulin 1999): no coalition has misreports that harm none of its members and help one. Coalitions of one, two and three
 * are looked at.
 */
export const groupStrategyProof: Law = caseLaw({
  name: 'group-strategy-proof',
  says: 'no coalition can misreport so that one of its members gains and none loses',
  playsPerRun: 110,
  aboutValues: true,
  aboutStrategies: true,
  undecidable: withoutUtility,
  *cases(trial, { types, seed }, reach) {
    const random = trial.random(`group ${seed}`);
    const lies = new Map([...types.keys()].map((agent) => [agent, liesOf(trial, types, agent, reach, random)]));
    for (const members of coalitionsOf([...types.keys()])) {
      for (const deviation of combinations(members, lies)) {
        const areLies = members.some((member) => deviation.get(member) !== types.get(member));
        if (areLies) yield { types, seed, agent: members[0], deviation };
      }
    }
  },
  search: searchCoalitions,
  excess(game, given, approximately = 0) {
    const gains = gainsOf(game, given).map(([, gain]) => gain);
    if (gains.length === 0 || gains.some((gain) => gain < 0)) return Number.NEGATIVE_INFINITY;
    return Math.max(...gains) - approximately;
  },
  explain,
});

function liesOf(trial: Trial, types: Reports, agent: AgentId, reach: Reach, random: Random): readonly unknown[] {
  const lies = misreportsOf(trial, types, agent, reach, random);
  const some = reach === 'grid' ? lies : random.shuffled(lies).slice(0, reach === 'few' ? 4 : 5);
  return [types.get(agent), ...some];
}

function* coalitionsOf(
  agents: readonly AgentId[],
  from = 0,
  members: readonly AgentId[] = [],
): Generator<readonly AgentId[]> {
  if (members.length > 0) yield members;
  if (members.length === largestCoalition) return;
  for (let next = from; next < agents.length; next++) {
    yield* coalitionsOf(agents, next + 1, [...members, agents[next] as AgentId]);
  }
}

function* combinations(
  [member, ...others]: readonly AgentId[],
  lies: ReadonlyMap<AgentId, readonly unknown[]>,
): Generator<Map<AgentId, unknown>> {
  if (member === undefined) yield new Map();
  else {
    for (const report of lies.get(member) as readonly unknown[]) {
      for (const rest of combinations(others, lies)) yield new Map([[member, report], ...rest]);
    }
  }
}

/** A way for the members of a coalition to report, and what comes of it. */
interface Joint {
  readonly reports: Reports;
  readonly outcome: object;
  readonly areTypes: boolean;
  /** What each member would make of each outcome, were this its type; filled in when it is asked for. */
  readonly said: readonly unknown[];
}

/** Everything that a coalition can report together is a truth and a lie to everything else. */
function* searchCoalitions(trial: Trial, judge: Judge, approximately: number): Steps<Found | undefined> {
  const random = trial.random('coalitions');
  while (!trial.budget.isSpent) {
    const profile = trial.profiles.next();
    const agents = random.shuffled([...profile.types.keys()]);
    const size = Math.min(agents.length, 1 + random.below(largestCoalition));
    if (size > 0) {
      const given = temptedCoalition(
        trial,
        profile.types,
        profile.seed,
        agents.slice(0, size),
        random,
        judge,
        approximately,
      );
      if (given) return { given, profile };
    }
    yield undefined;
  }
  return undefined;
}

function temptedCoalition(
  trial: Trial,
  types: Reports,
  seed: number,
  members: readonly AgentId[],
  random: Random,
  judge: Judge,
  approximately: number,
): Case | undefined {
  const { game } = trial;
  const { domain, settings } = game;
  const each = members.map((agent) =>
    [types.get(agent), ...random.shuffled(misreportsOf(trial, types, agent, 'many', random))].slice(
      0,
      reportsEach[members.length],
    ),
  );
  const joints = product(each).flatMap((said): readonly Joint[] => {
    const reports = new Map(types);
    for (const [index, agent] of members.entries()) reports.set(agent, said[index]);
    const outcome = ifPlayable(() => game.play(reports, seed));
    const areTypes = said.every(
      (report, index) => report === types.get(members[index] as AgentId) || domain.isType?.(report, settings),
    );
    return outcome === undefined ? [] : [{ reports, outcome, areTypes, said }];
  });
  const worth = utilitiesOf(game, members, each, joints);
  const tempted: { readonly truth: Joint; readonly lie: Joint; readonly gain: number }[] = [];
  for (const [position, truth] of joints.entries()) {
    if (!truth.areTypes) continue;
    for (const [other, lie] of joints.entries()) {
      const gain = other === position ? 0 : jointGain(worth, members, each, truth, position, other);
      if (gain > approximately) tempted.push({ truth, lie, gain });
    }
  }
  judge.count(joints.length * Math.max(0, joints.length - 1));
  tempted.sort((a, b) => b.gain - a.gain);
  for (const { truth, lie } of tempted.slice(0, mostTempted)) {
    // Whoever keeps to the truth may be the one who gains.
    const deviation = new Map(members.map((agent) => [agent, lie.reports.get(agent)]));
    const given: Case = { types: truth.reports, seed, agent: members[0], deviation };
    if (judge(given)) return given;
  }
  return undefined;
}

/** What each member makes of each outcome, were it of each of the types that it may report. */
type Utilities = readonly (readonly (readonly number[])[])[];

function utilitiesOf(
  game: Game,
  members: readonly AgentId[],
  each: readonly (readonly unknown[])[],
  joints: readonly Joint[],
): Utilities {
  return members.map((agent, index) =>
    (each[index] as readonly unknown[]).map((type) =>
      joints.map(({ outcome }) => ifPlayable(() => game.utility(agent, type, outcome)) ?? Number.NaN),
    ),
  );
}

/** The most that a member gains by the lie, where none loses and something changes for those who lie. */
function jointGain(
  worth: Utilities,
  members: readonly AgentId[],
  each: readonly (readonly unknown[])[],
  truth: Joint,
  position: number,
  other: number,
): number {
  let most = 0;
  for (const index of members.keys()) {
    const type = (each[index] as readonly unknown[]).indexOf(truth.said[index]);
    const row = worth[index]?.[type] as readonly number[];
    const gain = (row[other] as number) - (row[position] as number);
    if (!(gain >= 0)) return 0;
    most = Math.max(most, gain);
  }
  return most;
}

function product(each: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  return each.reduce<readonly (readonly unknown[])[]>(
    (some, values) => some.flatMap((chosen) => values.map((value) => [...chosen, value])),
    [[]],
  );
}

/** What each member of the coalition gains. */
function gainsOf(game: Game, given: Case): readonly (readonly [AgentId, number])[] {
  const { types, deviation, seed } = given;
  const truthful = game.play(types, seed);
  const deviating = game.play(deviated(given), seed);
  return [...deviation.keys()]
    .filter((agent) => types.has(agent))
    .map((agent) => {
      const type = types.get(agent);
      return [agent, game.utility(agent, type, deviating) - game.utility(agent, type, truthful)] as const;
    });
}

function explain(game: Game, given: Case): Violation {
  const gains = gainsOf(game, given);
  const [agent, gain] = gains.reduce((most, next) => (next[1] > most[1] ? next : most));
  const members = [...given.deviation].map(
    ([member, report]) => `${member}, ${typeInWords(given.types.get(member))}, ${reportingInWords(report)}`,
  );
  const others = gains.length > 1 ? ' and no member loses' : '';
  return {
    counterexample: counterexampleOf(game, { ...given, agent }),
    reason: `${agent} gains ${numberInWords(gain)}${others} with ${members.join(' and ')}${meanwhile(given, agent)}`,
    scenarios: scenariosOf(game, given),
  };
}
