import type { AgentId } from '@mechane/core';
import { truthfulCase } from '../case.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { reportIn } from '../game/departing.ts';
import { numbersIn, withLeaf } from '../game/leaves.ts';
import type { Steps } from '../law.ts';
import type { CaseLaw, Found, Judge } from './case-law.ts';
import { lineOf } from './line.ts';

const lineEvery = 3;
const casesPerStep = 32;
const longestRange = 1_200;
const great = 100_000;
const rangePerRun = 4;
/** When ranges of numbers are gone through, as shares of the budget. */
const rangesAt = [0.2, 0.4, 0.6];

/** Looks for a broken case at random types until the budget is spent. */
export function* searchProfiles(law: CaseLaw, trial: Trial, judge: Judge): Steps<Found | undefined> {
  const random = trial.random('lines');
  const ranges = trial.drawn || !law.dependsOnNumbers ? [] : [...rangesAt];
  for (let looked = 0; !trial.budget.isSpent; looked++) {
    const profile = trial.profiles.next(law.sizes);
    const found = yield* amongCases(law, trial, judge, profile);
    if (found) return found;
    if (trial.budget.share > (ranges[0] ?? Number.POSITIVE_INFINITY) && profile.types.size > 0) {
      ranges.shift();
      const base = ranges.length === 2 ? trial.profiles.small(2) : ranges.length === 1 ? amongGiants(trial) : profile;
      for (const varied of alongRange(trial, base, random)) {
        const along = yield* amongCases(law, trial, judge, varied);
        if (along) return along;
      }
    }
    if (!law.dependsOnNumbers || looked % lineEvery !== lineEvery - 1 || trial.game.domain.isType === undefined)
      continue;
    for (const varied of alongLine(trial, profile, random)) {
      const along = yield* amongCases(law, trial, judge, varied);
      if (along) return along;
    }
  }
  return undefined;
}

function* amongCases(law: CaseLaw, trial: Trial, judge: Judge, profile: Profile): Steps<Found | undefined> {
  let count = 0;
  for (const given of law.cases(trial, profile, 'many')) {
    if (judge(given)) return { given, profile };
    count += 1;
    if (count % casesPerStep === 0) {
      if (trial.budget.isSpent) return undefined;
      yield undefined;
    }
  }
  yield undefined;
  return undefined;
}

/** Two agents of simple types, but that one of them has a great number. */
function amongGiants(trial: Trial): Profile {
  const profile = trial.profiles.small(2);
  const { domain, settings } = trial.game;
  const [giant] = [...profile.types.keys()];
  const [leaf] = numbersIn(profile.types.get(giant as AgentId));
  if (giant === undefined || leaf === undefined) return profile;
  const type = withLeaf(profile.types.get(giant), leaf[0], great);
  return domain.isType?.(type, settings) ? { ...profile, types: new Map(profile.types).set(giant, type) } : profile;
}

/** The profile with one agent's number going through all whole ones of a range. */
function* alongRange(
  trial: Trial,
  { types, seed, trees }: Profile,
  random: ReturnType<Trial['random']>,
): Generator<Profile> {
  const agents = [...types.keys()];
  const agent = (agents.length === 2 ? agents[1] : agents[random.below(agents.length)]) as AgentId;
  const [leaf] = numbersIn(reportIn(types.get(agent)));
  const { domain, settings } = trial.game;
  if (leaf === undefined || domain.isType === undefined) return;
  for (let number = 0; number < Math.min(longestRange, rangePerRun * trial.runs); number++) {
    const type = withLeaf(types.get(agent), leaf[0], number);
    if (domain.isType(type, settings)) yield { types: new Map(types).set(agent, type), seed, trees };
  }
}

/** The profile with one agent's number going through all that are worth trying. */
function* alongLine(
  trial: Trial,
  { types, seed, trees }: Profile,
  random: ReturnType<Trial['random']>,
): Generator<Profile> {
  const agents = [...types.keys()];
  const agent = agents[random.below(Math.max(1, agents.length))] as AgentId | undefined;
  if (agent === undefined) return;
  for (const { reports, isType, outcome, isSpoilt } of lineOf(trial, types, seed, agent, random)) {
    if (!isType) continue;
    if (outcome) trial.numbers.note(outcome, random);
    if (outcome ?? isSpoilt) yield { types: truthfulCase(reports, seed).types, seed, trees };
  }
}
