import type { LawName } from '@mechane/core';
import type { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import { type Exhausted, exhaust } from './exhaust.ts';
import type { Finding, Law, Violation } from './law.ts';
import { minimal } from './minimal.ts';
import type { Profile } from './profile.ts';
import { search } from './search.ts';
import { nothingSeen, type Seen } from './seen.ts';
import { Unplayable } from './unplayable.ts';

/** Where deviations come from: the grid alone, a few that are worth trying, or all that come to mind. */
export type Reach = 'grid' | 'few' | 'many';

/** A law that is broken, or not, case by case. */
export interface CaseLaw {
  readonly name: LawName;
  readonly says: string;
  /** Sizes of profiles it looks at, where not those of the subject. */
  readonly sizes?: readonly number[];
  /** Whether it looks at the grid and at nothing else. */
  readonly gridOnly?: boolean;
  /** How much work a case is, compared to playing it once or twice. */
  readonly cost?: number;
  /** Whether misreports that come close are worth improving step by step. */
  readonly climbs?: boolean;
  irrelevant?(bench: Bench): string | undefined;
  undecidable?(bench: Bench): string | undefined;
  /** Whether it is about whatever others report, be it a type of the domain or not. */
  readonly othersLie?: boolean;
  /** The cases to look at when these are the types. */
  cases(bench: Bench, profile: Profile, reach: Reach): Iterable<Case>;
  /** By how much a case breaks the law beyond what is allowed: nothing where it does not. @throws Unplayable */
  excess(arena: Arena, given: Case, approximately: number | undefined): number;
  explain(arena: Arena, given: Case): Violation;
}

/** By how much a case breaks a law: infinitely where it does, as near to it as it came where it does not. */
export type Height = (given: Case) => number;

export const broken: number = Number.POSITIVE_INFINITY;

/** The law with its search: all of the grid, then random profiles, then the smallest counterexample. */
export function caseLaw(law: CaseLaw): Law {
  return {
    ...law,
    async judge(bench, given, approximately) {
      const height = heightIn(law, bench.arena, approximately, nothingSeen());
      return height(given) === broken ? law.explain(bench.arena, given) : undefined;
    },
    async examine(bench, approximately) {
      const seen = nothingSeen();
      const height = heightIn(law, bench.arena, approximately, seen);
      const { found, ...exhausted } = await exhaust(law, bench, height);
      const culprit = found ?? (await search(law, bench, height));
      if (!culprit) return conclude(seen, exhausted, law, bench);
      const examined = seen.judged;
      const smallest = await minimal(law, bench, culprit, (given) => height(given) === broken);
      const violation = law.explain(bench.arena, smallest);
      return { method: found ? 'exhaustive' : 'search', examined, extent: '', violation };
    },
  };
}

/** A case that cannot be played breaks no law but those about being played. */
export function heightIn(law: CaseLaw, arena: Arena, approximately: number | undefined, seen: Seen): Height {
  return (given) => {
    if (!canBeSaid(arena, given)) return Number.NEGATIVE_INFINITY;
    try {
      const excess = law.excess(arena, given, approximately);
      seen.judged += 1;
      if (excess > 0 && excess > arena.toleranceFor(given.types, given.deviation)) return broken;
      return excess;
    } catch (thrown) {
      if (!(thrown instanceof Unplayable)) throw thrown;
      seen[thrown.kind] += 1;
      return Number.NEGATIVE_INFINITY;
    }
  };
}

/** Whether nobody lies about what is public, however a case was found. */
function canBeSaid({ domain, settings }: Arena, { types, deviation }: Case): boolean {
  if (domain.mayReport === undefined) return true;
  for (const [agent, report] of deviation) {
    if (report === null || !types.has(agent)) continue;
    if (!domain.mayReport(types.get(agent), report, settings)) return false;
  }
  return true;
}

function conclude(seen: Seen, { complete, isProof }: Omit<Exhausted, 'found'>, law: CaseLaw, bench: Bench): Finding {
  const { judged, refused, broke } = seen;
  const drawn = law.gridOnly || bench.profiles.length === 0 ? [] : [`${searched(law, bench).length} random profiles`];
  const failures = broke > 0 ? `; ${broke} cases could not be played because the mechanism failed` : '';
  const finding: Finding = {
    method: isProof ? 'exhaustive' : 'search',
    examined: judged,
    extent: [...(complete === undefined ? [] : [complete]), ...drawn].join(' and ') + failures,
  };
  if (judged > 0 && broke <= judged) return finding;
  const why = broke > 0 ? `it failed in ${broke} cases` : `it refused ${refused} cases, and there were no others`;
  return { ...finding, undecided: `too little could be examined: ${why}` };
}

/** The random profiles that a law looks at. */
export function searched({ sizes }: CaseLaw, { profiles }: Bench): readonly Profile[] {
  return sizes ? profiles.filter(({ types }) => sizes.includes(types.size)) : profiles;
}
