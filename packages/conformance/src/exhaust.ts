import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import { broken, type CaseLaw, type Height } from './case-law.ts';
import { gridProfiles } from './profile.ts';

/** What going through the whole grid came to. */
export interface Exhausted {
  /** The profiles that were all gone through, in words; `undefined` when there are none. */
  readonly complete: string | undefined;
  /** Whether that is a proof: all profiles of two agents are among them. */
  readonly isProof: boolean;
  readonly found: Case | undefined;
}

const nothing: Exhausted = { complete: undefined, isProof: false, found: undefined };
const largestProof = 3;
/** Cases that the grid may take, per random profile that the search is given. */
const casesPerRun = 120;

/**
 * Goes through every profile over the grid, of one agent, of two, of three, as long as that is affordable. A size that is too much is
 * given up, and what follows is no proof of it.
 */
export async function exhaust(law: CaseLaw, bench: Bench, height: Height): Promise<Exhausted> {
  const { arena } = bench;
  const sizes = law.sizes ?? range(bench.fewest, Math.max(bench.fewest, Math.min(bench.most, largestProof)));
  const affordable = (casesPerRun * bench.runs) / (law.cost ?? 1);
  const complete: number[] = [];
  if (arena.grid.length === 0) return nothing;
  for (const size of sizes) {
    const profiles = arena.grid.length ** size;
    if (profiles > affordable || profiles * casesOf(law, bench, size) > affordable) break;
    for (const profile of gridProfiles(arena, size, 1)) {
      await bench.breathe();
      for (const given of law.cases(bench, profile, 'grid')) {
        if (height(given) === broken) return { ...nothing, found: given };
      }
    }
    complete.push(size);
  }
  if (complete.length === 0) return nothing;
  const enough = Math.min(2, Math.max(...sizes));
  const isProof = complete.some((size) => size >= enough);
  const agents = `${listed(complete)} ${complete.every((size) => size === 1) ? 'agent' : 'agents'}`;
  return { complete: `every profile of ${agents} over ${arena.grid.length} types`, isProof, found: undefined };
}

/** How many cases there are for the first profile of a size; for the others there are about as many. */
function casesOf(law: CaseLaw, bench: Bench, size: number): number {
  let cases = 0;
  for (const profile of gridProfiles(bench.arena, size, 1)) {
    for (const _ of law.cases(bench, profile, 'grid')) cases += 1;
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
