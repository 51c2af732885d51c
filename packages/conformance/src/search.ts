import type { AgentId } from '@mechane/core';
import type { Bench } from './bench.ts';
import { type Case, deviatingCase } from './case.ts';
import { broken, type CaseLaw, type Height, searched } from './case-law.ts';
import { climb } from './climb.ts';
import { numbersIn, withLeaf } from './leaves.ts';
import type { Profile } from './profile.ts';

/** Every how many profiles a search climbs, and how many profiles it sweeps. */
const climbEvery = 3;
const sweptProfiles = 6;
/** How many whole numbers a sweep tries, per random profile that the search is given. */
const sweepPerRun = 4;
const longestSweep = 1_200;

/** Looks for a broken case at random types: likely deviations, then better ones near the best, then every number in turn. */
export async function search(law: CaseLaw, bench: Bench, height: Height): Promise<Case | undefined> {
  if (law.gridOnly) return undefined;
  const random = bench.random(`search ${law.name}`);
  const profiles = searched(law, bench);
  for (const [run, profile] of profiles.entries()) {
    await bench.breathe();
    let nearest: { given: Case; reached: number } | undefined;
    for (const given of law.cases(bench, profile, 'many')) {
      const reached = height(given);
      if (reached === broken) return given;
      if (reached !== 0 && (nearest === undefined || reached > nearest.reached)) nearest = { given, reached };
    }
    if (!law.climbs || run % climbEvery !== 0 || !nearest) continue;
    const climbed = climb(nearest.given, random, height);
    if (climbed) return climbed;
  }
  return law.climbs ? sweep(law, bench, profiles, height) : undefined;
}

/**
 * Tries every whole number as a misreport, one agent and one number of its report at a time: what is profitable once in a
 * thousand is found by nothing else. Where others may say anything, every whole number is tried as what one of them says, too.
 */
async function sweep(
  law: CaseLaw,
  bench: Bench,
  profiles: readonly Profile[],
  height: Height,
): Promise<Case | undefined> {
  const length = Math.min(longestSweep, sweepPerRun * bench.runs);
  const random = bench.random('sweep');
  for (const { types, seed } of profiles.filter(({ types }) => types.size > 1).slice(0, sweptProfiles)) {
    await bench.breathe();
    const [agent, rival] = random.shuffled([...types.keys()]) as [AgentId, AgentId];
    const [leaf] = numbersIn(types.get(agent));
    if (!leaf) continue;
    const says = (who: AgentId, number: number): unknown => withLeaf(types.get(who), leaf[0], number);
    for (let number = 0; number < length; number++) {
      const lie = deviatingCase(types, seed, agent, says(agent, number));
      if (height(lie) === broken) return lie;
      if (!law.othersLie) continue;
      const answer = deviatingCase(
        new Map(types).set(rival, says(rival, number)),
        seed,
        agent,
        says(agent, number + 1),
      );
      if (height(answer) === broken) return answer;
    }
  }
  return undefined;
}
