import type { LawName } from '@mechane/core';
import type { Arena } from './arena.ts';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import type { Violation } from './law.ts';
import type { Profile } from './profile.ts';

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

/** The random profiles that a law looks at. */
export function searched({ sizes }: CaseLaw, { profiles }: Bench): readonly Profile[] {
  return sizes ? profiles.filter(({ types }) => sizes.includes(types.size)) : profiles;
}
