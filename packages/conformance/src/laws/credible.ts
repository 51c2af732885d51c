import type { AgentId } from '@mechane/core';
import type { Case, Reports } from '../case.ts';
import { agentName, drawSeed } from '../draw/names.ts';
import { gridProfiles, type Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { reportIn } from '../game/departing.ts';
import type { Game } from '../game/game.ts';
import type { Finding, Law, Steps, Violation } from '../law.ts';
import { completed, gridSizes } from '../search/exhaust.ts';
import { type World, worldOf } from '../search/extremes.ts';
import { profilesOfFew } from '../search/obvious-temptation.ts';
import { type Deviation, SealedDeviations, type Story } from '../search/sealed-deviation.ts';
import { counterexampleOf, scenarioOf } from '../words/counterexamples.ts';
import { allSaying, numberInWords } from '../words/words.ts';
import { credibleConversation } from './credible-conversation.ts';
import { drawsLots, withoutPayments, withoutTruth } from './needs.ts';

const largestCircle = 3;

/**
 * Akbarpour and Li 2020: an operator that talks to everybody alone has no way to earn more than by the rules that nobody could tell from them.
 * An agent knows what it was asked, what it said, what it gets and what it pays. Where all is sealed the operator knows all reports before it answers, so
 * one profile at which it gains is enough; where it has to ask, the prior says what it may hope for.
 */
export const credible: Law = {
  name: 'credible',
  says: 'no deviation of the operator that no agent could tell from honest play earns more',
  playsPerRun: 30,
  pointless: (trial) => withoutTruth(trial) ?? withoutPayments(trial),
  undecidable(trial) {
    const hindrance = withoutTruth(trial) ?? withoutPayments(trial);
    if (hindrance !== undefined) return hindrance;
    return drawsLots(trial) ? 'it draws lots, and what may be told of them is not looked at' : undefined;
  },
  examine: (trial, approximately = 0) =>
    trial.game.mechanism.direct ? examineSealed(trial, approximately) : credibleConversation(trial, approximately),
  *judge(trial, given, approximately = 0) {
    if (!trial.game.mechanism.direct) return (yield* credibleConversation(trial, approximately)).violation;
    yield undefined;
    const deviations = new SealedDeviations(trial.game, worldsAround(trial.game, given));
    const at = deviations.worlds[0];
    const found = at && deviations.at(at);
    return found && isGain(trial.game, found, approximately) ? explain(trial.game, found, given.seed) : undefined;
  },
};

function* examineSealed(trial: Trial, approximately: number): Steps<Finding> {
  const { game, budget } = trial;
  const seed = drawSeed(trial.random('grid'));
  const complete: number[] = [];
  let examined = 0;
  for (const size of trial.drawn ? [] : gridSizes(trial)) {
    if (game.grid.length === 0 || game.grid.length ** size > budget.limit) break;
    const looked = yield* lookAt(game, gridProfiles(game, size, seed), approximately);
    examined += looked.examined;
    if (looked.violation) return { method: 'exhaustive', examined, extent: '', violation: looked.violation };
    complete.push(size);
  }
  const random = trial.random('few');
  while (!budget.isSpent) {
    const looked = yield* lookAt(game, profilesOfFew(trial, random), approximately);
    examined += looked.examined;
    if (looked.violation) return { method: 'search', examined, extent: '', violation: looked.violation };
    trial.profiles.drawn += 1;
    if (looked.examined === 0) break;
  }
  yield* game.recall();
  const { complete: extent = '', isProof } = completed(complete, gridSizes(trial), game.grid.length);
  const method = isProof ? 'exhaustive' : 'search';
  const finding = { method, examined, extent, profiles: trial.profiles.drawn } as const;
  return examined === 0 ? { ...finding, undecided: 'no profile could be played' } : finding;
}

interface Looked {
  readonly examined: number;
  readonly violation: Violation | undefined;
}

/** Plays profiles, and looks at each for what the operator could do instead, by what it could do at all of them. */
function* lookAt(game: Game, profiles: Iterable<Profile>, approximately: number): Steps<Looked> {
  const worlds: World[] = [];
  let seed = 1;
  for (const profile of profiles) {
    yield undefined;
    seed = profile.seed;
    const named = [...profile.types.values()].map((type, position) => [agentName(position), type] as const);
    const world = worldOf(game, new Map(named), seed);
    if (world) worlds.push(world);
  }
  const deviations = new SealedDeviations(game, worlds);
  for (const [index, world] of deviations.worlds.entries()) {
    yield undefined;
    const found = deviations.at(world);
    if (found && isGain(game, found, approximately)) {
      return { examined: index + 1, violation: explain(game, found, seed) };
    }
  }
  return { examined: deviations.worlds.length, violation: undefined };
}

/** The profile of a case, and all that some of its agents may be told: that the others are of the grid, or of the case. */
function worldsAround(game: Game, { types, seed }: Case): readonly World[] {
  const agents = [...types.keys()];
  const own = agents.map((agent) => reportIn(types.get(agent)));
  const all = [...new Map([...own, ...game.grid].map((type) => [JSON.stringify(type), type])).values()];
  const profiles = agents
    .slice(0, largestCircle)
    .reduce<readonly (readonly unknown[])[]>(
      (some) => some.flatMap((said) => all.map((type) => [...said, type])),
      [[]],
    );
  const worlds = [own, ...profiles].map((some) => {
    const said = [...some, ...own.slice(some.length)];
    const together = game.domain.together?.(said, game.settings) ?? said;
    const reports: Reports = new Map(agents.map((agent, position) => [agent, together[position]]));
    return worldOf(game, reports, seed);
  });
  return worlds.filter((world) => world !== undefined);
}

function isGain(game: Game, { honest, revenue, reports, stories }: Deviation, approximately: number): boolean {
  game.amounts.reset();
  for (const amount of [honest, revenue]) game.amounts.add(amount);
  const gain = revenue - honest - approximately;
  return gain > 0 && gain > game.amounts.allowance(reports, ...stories.map(({ told }) => told));
}

function explain(game: Game, { reports, honest, revenue, stories }: Deviation, seed: number): Violation {
  const [agent] = stories.map((story) => story.agent);
  const told = stories
    .slice(0, 1)
    .flatMap(othersIn)
    .filter(([other, said]) => reports.get(other) !== said);
  const given: Case = { types: reports, seed, agent, deviation: new Map(told) };
  const lies = stories.map((story) => `${story.agent} that ${allSaying(new Map(othersIn(story)))}`);
  const pays = stories.map((story) => {
    const was = game.payment(story.agent, game.play(reports, seed));
    return `${story.agent} then pays ${numberInWords(story.payment)} rather than ${numberInWords(was)}`;
  });
  return {
    counterexample: counterexampleOf(game, given),
    reason:
      `when ${allSaying(reports)}, the operator earns ${numberInWords(revenue)} rather than ${numberInWords(honest)} by telling ` +
      `${lies.join(' and ')}: ${pays.join(', ')}, and cannot know better`,
    scenarios: [reports, ...stories.map((story) => story.told)].map((said) => scenarioOf(game, said, seed)),
  };
}

function othersIn({ agent, told }: Story): readonly (readonly [AgentId, unknown])[] {
  return [...told].filter(([other]) => other !== agent);
}
