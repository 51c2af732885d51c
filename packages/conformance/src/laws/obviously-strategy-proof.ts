import type { AgentId } from '@mechane/core';
import { type Case, deviated } from '../case.ts';
import { drawSeed } from '../draw/names.ts';
import { gridProfiles } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import type { Law, Steps } from '../law.ts';
import type { CaseLaw, Exhausted, Found, Judge } from '../search/case-law.ts';
import { caseLaw } from '../search/examine-cases.ts';
import { completed, gridSizes, nothingExhausted } from '../search/exhaust.ts';
import { explore, obviousTemptation, profilesOfFew } from '../search/obvious-temptation.ts';
import { partingOf, type Transcript, transcriptOf } from '../search/transcript.ts';
import { counterexampleOf, scenariosOf } from '../words/counterexamples.ts';
import { inWords, meanwhile, numberInWords, reportingInWords, saying, typeInWords } from '../words/words.ts';
import { withoutTruth, withoutUtility } from './needs.ts';

/**
 * Li 2017: wherever truth and a lie first part, the worst that can still come of the truth is no worse than the best that can come of the
 * lie, whatever the others are. A sealed auction has one such point, at which an agent knows nothing.
 */
const worlds: CaseLaw = {
  name: 'obviously-strategy-proof',
  says: 'at the point of departure, the worst case of staying truthful is no worse than the best case of deviating',
  playsPerRun: 15,
  aboutValues: true,
  pointless: withoutTruth,
  undecidable: (trial) => withoutTruth(trial) ?? withoutUtility(trial),
  cases: () => [],
  exhaust: exhaustWorlds,
  search: searchWorlds,
  /** `types` is the world that is bad for the truth; with `deviation`, the world that is good for the lie. */
  excess(game, given, approximately = 0) {
    const { agent, type, truth, lie, parting } = comparedWorlds(game, given);
    if (parting === undefined) return Number.NEGATIVE_INFINITY;
    return game.utility(agent, type, lie.outcome) - game.utility(agent, type, truth.outcome) - approximately;
  },
  explain(game, given) {
    const { agent, type, truth, lie, parting = 0 } = comparedWorlds(game, given);
    const report = given.deviation.get(agent);
    const [bad, good] = [truth, lie].map(({ outcome }) => numberInWords(game.utility(agent, type, outcome)));
    const asked = truth.seenBy.get(agent)?.[parting]?.asked;
    const others = [...deviated(given)]
      .filter(([other]) => other !== agent)
      .map(([other, theirs]) => saying(other, theirs));
    const inBest = others.length === 0 ? '' : ` if ${others.join(' and ')}`;
    const inWorst = meanwhile({ ...given, deviation: new Map([[agent, report]]) }, agent).replace(' while ', ' if ');
    return {
      counterexample: counterexampleOf(game, given),
      reason:
        `${agent}, ${typeInWords(type)}, may end with ${bad} when it is truthful${inWorst}, and with ${good} by ` +
        `${reportingInWords(report)} instead of ${inWords(type)}${inBest}; asked ${asked} in round ${parting + 1}, it cannot tell which`,
      scenarios: scenariosOf(game, given),
    };
  },
};

export const obviouslyStrategyProof: Law = caseLaw(worlds);

/** All worlds over the grid, of as many agents as is affordable. */
function* exhaustWorlds(trial: Trial, judge: Judge): Steps<Exhausted> {
  const { game, budget } = trial;
  const seed = drawSeed(trial.random('grid'));
  const complete: number[] = [];
  for (const size of gridSizes(trial)) {
    if (game.grid.length === 0 || game.grid.length ** size > budget.limit / 2) break;
    const worlds = yield* explore(trial, gridProfiles(game, size, seed), judge);
    judge.count(worlds.length);
    const given = obviousTemptation(game, worlds, judge);
    if (given) return { ...nothingExhausted, found: { given, profile: undefined } };
    if (worlds.length > 0) complete.push(size);
  }
  return completed(complete, gridSizes(trial), game.grid.length);
}

/** All worlds over a few random types at a time. */
function* searchWorlds(trial: Trial, judge: Judge): Steps<Found | undefined> {
  const random = trial.random('few');
  while (!trial.budget.isSpent) {
    const worlds = yield* explore(trial, profilesOfFew(trial, random), judge);
    if (worlds.length === 0) return undefined;
    judge.count(worlds.length);
    trial.profiles.drawn += worlds.length;
    const given = obviousTemptation(trial.game, worlds, judge);
    if (given) return { given, profile: undefined };
  }
  return undefined;
}

/** What the agent of a case sees in its two worlds, and where it parts from the truth. */
function comparedWorlds(
  game: Game,
  given: Case,
): { agent: AgentId; type: unknown; truth: Transcript; lie: Transcript; parting: number | undefined } {
  const { agent = '', types, seed } = given;
  const truth = transcriptOf(game, types, seed);
  const lie = transcriptOf(game, deviated(given), seed);
  return {
    agent,
    type: types.get(agent),
    truth,
    lie,
    parting: partingOf(truth.seenBy.get(agent), lie.seenBy.get(agent)),
  };
}
