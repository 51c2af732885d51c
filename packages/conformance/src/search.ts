import type { Random } from '@mechane/core';
import { Unplayable } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import type { CaseLaw } from './case-law.ts';
import { climb } from './climb.ts';
import { numbersIn, withLeaf } from './leaves.ts';
import type { Profile } from './profile.ts';

/** Every how many profiles a search climbs, and how many profiles it sweeps. */
const climbEvery = 3;
const sweptProfiles = 6;
/** How many whole numbers a sweep tries, per random profile that the search is given. */
const sweepPerRun = 4;

/** Looks for a broken case at random types: likely deviations, then better ones near the best, then every number in turn. */
export async function search(
  law: CaseLaw,
  bench: Bench,
  breaks: (given: Case) => boolean,
  approximately: number | undefined,
): Promise<Case | undefined> {
  const random = bench.random(`search ${law.name}`);
  const profiles = law.sizes ? bench.profiles.filter(({ types }) => law.sizes?.includes(types.size)) : bench.profiles;
  for (const [run, profile] of profiles.entries()) {
    await bench.breathe();
    let nearest: { given: Case; excess: number } | undefined;
    for (const given of law.cases(bench, profile, 'many')) {
      if (breaks(given)) return given;
      if (!law.climbs || run % climbEvery !== 0) continue;
      const excess = excessOf(law, bench, given, approximately);
      if (excess !== 0 && (nearest === undefined || excess > nearest.excess)) nearest = { given, excess };
    }
    if (!nearest) continue;
    const climbed = climb(nearest.given, random, (given) =>
      breaks(given) ? Number.POSITIVE_INFINITY : excessOf(law, bench, given, approximately),
    );
    if (climbed) return climbed;
  }
  return law.climbs ? sweep(bench, profiles, breaks) : undefined;
}

/**
 * Tries every whole number as a misreport, one agent and one number of its report at a time: what is profitable once in a
 * thousand is found by nothing else.
 */
async function sweep(
  bench: Bench,
  profiles: readonly Profile[],
  breaks: (given: Case) => boolean,
): Promise<Case | undefined> {
  const length = Math.min(1_200, sweepPerRun * bench.runs);
  const swept = profiles.filter(({ types }) => types.size > 1).slice(0, sweptProfiles);
  for (const { types, seed } of swept) {
    for (const given of sweptCases(types, seed, length, bench.random('sweep'))) {
      if (breaks(given)) return given;
    }
    await bench.breathe();
  }
  return undefined;
}

function* sweptCases(types: Case['types'], seed: number, length: number, random: Random): Generator<Case> {
  const agents = [...types.keys()];
  const agent = agents[random.below(agents.length)] as string;
  const type = types.get(agent);
  const [first] = numbersIn(type);
  if (!first) return;
  for (let number = 0; number < length; number++) {
    yield { types, seed, agent, deviation: new Map([[agent, withLeaf(type, first[0], number)]]) };
  }
}

function excessOf(law: CaseLaw, bench: Bench, given: Case, approximately: number | undefined): number {
  try {
    const excess = law.excess(bench.arena, given, approximately);
    return Number.isNaN(excess) ? Number.NEGATIVE_INFINITY : excess;
  } catch (thrown) {
    if (thrown instanceof Unplayable) return Number.NEGATIVE_INFINITY;
    throw thrown;
  }
}
