import type { LawName } from '@mechane/core';
import type { Case } from '../case.ts';
import type { Reach } from '../draw/misreports.ts';
import type { Profile } from '../draw/profiles.ts';
import type { Trial } from '../examination/trial.ts';
import type { Game } from '../game/game.ts';
import type { Steps, Violation } from '../law.ts';

/** A law that is broken, or not, case by case. */
export interface CaseLaw {
  readonly name: LawName;
  readonly says: string;
  /** Plays to spend on it per random profile that a caller asks for. */
  readonly playsPerRun: number;
  /** Sizes of profiles it looks at, where not those of the subject. */
  readonly sizes?: readonly number[];
  /** Whether it has something to say where nobody takes part. */
  readonly alsoOfNobody?: boolean;
  /** How much work a case is on the grid, compared to playing it once or twice. */
  readonly cost?: number;
  /** Whether it may break at one number and hold beside it, so that numbers are worth going through. */
  readonly dependsOnNumbers?: boolean;
  /** Whether it is about what an outcome is worth to somebody. */
  readonly aboutValues?: boolean;
  /** Whether it is about what agents say in conversations, of which reports are only some. */
  readonly aboutStrategies?: boolean;
  irrelevant?(trial: Trial): string | undefined;
  pointless?(trial: Trial): string | undefined;
  undecidable?(trial: Trial): string | undefined;
  /** The cases to look at when these are the types. */
  cases(trial: Trial, profile: Profile, reach: Reach): Iterable<Case>;
  /**
   * By how much a case breaks the law beyond what is allowed: not at all where it is 0 or less. Minus infinity where the case could not have
   * broken it. @throws Unplayable
   */
  excess(game: Game, given: Case, approximately: number | undefined): number;
  explain(game: Game, given: Case): Violation;
  /** Another way to look for a case that breaks it than to judge the cases of one profile after the other. */
  search?(trial: Trial, judge: Judge, approximately: number): Steps<Found | undefined>;
  /** Another way to go through the grid than to judge the cases of all its profiles. */
  exhaust?(trial: Trial, judge: Judge): Steps<Exhausted>;
}

/** What going through the whole grid came to. */
export interface Exhausted {
  /** The profiles that were all gone through, in words; `undefined` when there are none. */
  readonly complete: string | undefined;
  /** Whether that is a proof: all profiles of two agents are among them. */
  readonly isProof: boolean;
  readonly found: Found | undefined;
}

/** Whether a case breaks the law, having been counted. */
export type Judge = ((given: Case) => boolean) & {
  /** Counts comparisons that were made on the way. */
  count(compared: number): void;
  /** Counts what could not be played. */
  refuse(): void;
};

/** A case that breaks a law, and where it was found. */
export interface Found {
  readonly given: Case;
  readonly profile: Profile | undefined;
}
