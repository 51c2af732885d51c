import type { AgentId } from '@mechane/core';
import { type Case, truthfulCase } from '../case.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import { reportIn } from '../game/departing.ts';
import { numbersIn, withLeaf } from '../game/leaves.ts';
import type { Steps } from '../law.ts';
import type { CaseLaw, Found, Judge } from './case-law.ts';
import { foreseen, playsOf, type SeededReports } from './foreseen.ts';
import { lineOf } from './line.ts';

const lineEvery = 3;
const casesPerLook = 32;
const longestRange = 1_200;
const great = 100_000;
const rangePerRun = 4;
/** Plays that are drawn ahead, where that is of use. */
const playsAhead = 60;
/** When ranges of numbers are gone through, as shares of the budget. */
const rangesAt = [0.2, 0.4, 0.6];

/** Looks for a broken case at random types until the budget is spent. */
export function* searchProfiles(law: CaseLaw, trial: Trial, judge: Judge): Steps<Found | undefined> {
  const random = trial.random('lines');
  const ranges = trial.drawn || !law.dependsOnNumbers ? [] : [...rangesAt];
  const before = trial.profiles.drawn;
  let looked = 0;
  for (const { profile, cases } of drawn(law, trial)) {
    if (looked > 0 && trial.budget.isSpent) {
      trial.profiles.drawn = before + looked;
      return undefined;
    }
    looked += 1;
    const found = yield* amongCases(trial, judge, profile, cases);
    if (found) return found;
    if (trial.budget.share > (ranges[0] ?? Number.POSITIVE_INFINITY) && profile.types.size > 0) {
      ranges.shift();
      const base = ranges.length === 2 ? trial.profiles.small(2) : ranges.length === 1 ? amongGiants(trial) : profile;
      for (const varied of foreseen(trial.game, alongRange(trial, base, random), truthfulPlay)) {
        const along = yield* amongCases(trial, judge, varied, law.cases(trial, varied, 'many'));
        if (along) return along;
      }
    }
    if (!law.dependsOnNumbers || looked % lineEvery !== 0 || trial.game.domain.isType === undefined) continue;
    for (const varied of alongLine(trial, profile, random)) {
      const along = yield* amongCases(trial, judge, varied, law.cases(trial, varied, 'many'));
      if (along) return along;
    }
  }
  return undefined;
}

interface Drawn {
  readonly profile: Profile;
  readonly cases: Iterable<Case>;
}

/** Random profiles until the budget is spent, each with its cases. Where a rule is at work elsewhere, some are drawn ahead, for it to hear of. */
function drawn(law: CaseLaw, trial: Trial): Iterable<Drawn> {
  const isForeseen = trial.game.elsewhere?.foresee !== undefined;
  function* untilSpent(): Generator<Drawn> {
    while (!trial.budget.isSpent) {
      const profile = trial.profiles.next(law.sizes);
      const cases = law.cases(trial, profile, 'many');
      yield { profile, cases: isForeseen ? [...cases] : cases };
    }
  }
  const ahead = (): number => Math.min(playsAhead, trial.budget.limit - trial.budget.spent);
  return foreseen(trial.game, untilSpent(), ({ cases }) => [...cases].flatMap(playsOf), ahead);
}

function truthfulPlay({ types, seed }: Profile): readonly SeededReports[] {
  return [[types, seed]];
}

function* amongCases(trial: Trial, judge: Judge, profile: Profile, cases: Iterable<Case>): Steps<Found | undefined> {
  let count = 0;
  for (const given of cases) {
    if (judge(given)) return { given, profile };
    count += 1;
    if (count % casesPerLook === 0 && trial.budget.isSpent) return undefined;
    // A case may be a play of many rounds or agents, and a step must not last.
    yield undefined;
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
