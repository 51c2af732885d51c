import type { LawName } from '@mechane/core';
import { type Arena, Unplayable } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import { exhaust } from './exhaust.ts';
import type { Finding, Law, Violation } from './law.ts';
import { minimal } from './minimal.ts';
import type { Profile } from './profile.ts';
import { search } from './search.ts';
import { nothingSeen, type Seen } from './seen.ts';

/** Where deviations come from: the grid alone, a few that are worth trying, or all that come to mind. */
export type Reach = 'grid' | 'few' | 'many';

/** A law that is broken, or not, case by case. */
export interface CaseLaw {
  readonly name: LawName;
  readonly says: string;
  /** Sizes of profiles it looks at, where not those of the subject. */
  readonly sizes?: readonly number[];
  /** Whether misreports that come close are worth improving step by step. */
  readonly climbs?: boolean;
  irrelevant?(bench: Bench): string | undefined;
  undecidable?(bench: Bench): string | undefined;
  /** The cases to look at when these are the types. */
  cases(bench: Bench, profile: Profile, reach: Reach): Iterable<Case>;
  /** By how much a case breaks the law beyond what is allowed: nothing where it does not. @throws Unplayable */
  excess(arena: Arena, given: Case, approximately: number | undefined): number;
  explain(arena: Arena, given: Case): Violation;
}

/** The law with its search: all of the grid, then random profiles, then the smallest counterexample. */
export function caseLaw(law: CaseLaw): Law {
  return {
    ...law,
    async judge(bench, given, approximately) {
      return broken(law, bench.arena, given, approximately) ? law.explain(bench.arena, given) : undefined;
    },
    async examine(bench, approximately) {
      const breaks = (given: Case): boolean => broken(law, bench.arena, given, approximately, seen);
      const seen = nothingSeen();
      const { proved, found } = await exhaust(law, bench, breaks);
      const culprit = found ?? (await search(law, bench, breaks, approximately));
      if (!culprit) return conclude(seen, proved, bench);
      const smallest = await minimal(law, bench, culprit, (given) => broken(law, bench.arena, given, approximately));
      return {
        method: found ? 'exhaustive' : 'search',
        examined: seen.judged,
        extent: '',
        violation: law.explain(bench.arena, smallest),
      };
    },
  };
}

/** Whether a case breaks a law; one that cannot be played breaks none but those about being played. */
function broken(
  law: CaseLaw,
  arena: Arena,
  given: Case,
  approximately: number | undefined,
  seen: Seen = nothingSeen(),
): boolean {
  try {
    seen.judged += 1;
    return law.excess(arena, given, approximately) > arena.toleranceFor(given.types, given.deviation);
  } catch (thrown) {
    if (!(thrown instanceof Unplayable)) throw thrown;
    seen.judged -= 1;
    seen[thrown.kind] += 1;
    return false;
  }
}

function conclude({ judged, refused, broke }: Seen, proved: string | undefined, bench: Bench): Finding {
  const looked = [proved, bench.profiles.length > 0 ? `${bench.profiles.length} random profiles` : undefined];
  const failures = broke > 0 ? `; ${broke} cases could not be played because the mechanism failed` : '';
  const finding: Finding = {
    method: proved === undefined ? 'search' : 'exhaustive',
    examined: judged,
    extent: `${looked.filter((part) => part !== undefined).join(' and ')}${failures}`,
  };
  if (judged > 0 && broke <= judged) return finding;
  const why =
    broke > 0
      ? `it failed in ${broke} cases`
      : refused > 0
        ? `it refused all ${refused} cases`
        : 'there was no case to look at';
  return { ...finding, undecided: `too little could be examined: ${why}` };
}
