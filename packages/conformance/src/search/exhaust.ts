import { drawSeed } from '../draw/names.ts';
import { gridProfiles, type Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Steps } from '../law.ts';
import type { CaseLaw, Exhausted, Judge } from './case-law.ts';
import { foreseen, type SeededReports } from './foreseen.ts';

export const nothingExhausted: Exhausted = { complete: undefined, isProof: false, found: undefined };
const largestProof = 3;
/** Cases that the grid may take, per play of the budget: most are of plays that are remembered. */
const casesPerPlay = 1;

/**
 * Goes through every profile over the grid, of one agent, of two, of three, as long as that is affordable. A size that is too much is
 * given up, and what follows is no proof of it.
 */
export function* exhaust(law: CaseLaw, trial: Trial, judge: Judge): Steps<Exhausted> {
  const { game } = trial;
  if (game.grid.length === 0) return nothingExhausted;
  game.rememberGrid(true);
  try {
    return yield* allSizes(law, trial, judge);
  } finally {
    game.rememberGrid(false);
  }
}

function* allSizes(law: CaseLaw, trial: Trial, judge: Judge): Steps<Exhausted> {
  const { game, budget } = trial;
  const sizes = law.sizes ?? gridSizes(trial);
  const affordable = (casesPerPlay * budget.limit) / (law.cost ?? 1);
  const complete: number[] = [];
  const seed = drawSeed(trial.random('grid'));
  for (const size of sizes) {
    const profiles = game.grid.length ** size;
    if (profiles > affordable || profiles * casesOf(law, trial, size) > affordable) break;
    let isWhole = true;
    for (const profile of foreseen(game, gridProfiles(game, size, seed), playsOnGrid)) {
      let looked = 0;
      for (const given of law.cases(trial, profile, 'grid')) {
        looked += 1;
        if (judge(given)) return { ...nothingExhausted, found: { given, profile } };
        yield undefined;
      }
      // Profiles in which a rule breaks ties in its own way may have no cases: what is left is not the whole grid.
      isWhole &&= looked > 0 || game.elsewhere === undefined;
    }
    if (isWhole) complete.push(size);
  }
  return completed(complete, sizes, game.grid.length);
}

/** The profile itself: what deviates from it on the grid is another one. */
function playsOnGrid({ types, seed }: Profile): readonly SeededReports[] {
  return [[types, seed]];
}

/** What it comes to that all profiles of these sizes were gone through, of those that there are. */
export function completed(complete: readonly number[], sizes: readonly number[], types: number): Exhausted {
  if (complete.length === 0) return nothingExhausted;
  const enough = Math.min(2, Math.max(...sizes));
  const isProof = complete.some((size) => size >= enough);
  const agents = `${listed(complete)} ${complete.every((size) => size === 1) ? 'agent' : 'agents'}`;
  return { complete: `every profile of ${agents} over ${types} types`, isProof, found: undefined };
}

/** Sizes of profiles that may be gone through. */
export function gridSizes({ fewest, most }: Trial): readonly number[] {
  return range(fewest, Math.max(fewest, Math.min(most, largestProof)));
}

/** How many cases there are for the first profile of a size; for the others there are about as many. */
function casesOf(law: CaseLaw, trial: Trial, size: number): number {
  let cases = 0;
  for (const profile of gridProfiles(trial.game, size, 1)) {
    for (const _ of law.cases(trial, profile, 'grid')) cases += 1;
    break;
  }
  return cases;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function listed(numbers: readonly number[]): string {
  return numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
