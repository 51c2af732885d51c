import type { ClaimMode, LawName } from '@mechane/core';
import type { Case } from './case.ts';
import type { Trial } from './examination/trial.ts';
import type { Counterexample, Method } from './report.ts';
import type { Scenario } from './scenario.ts';

export type { Scenario } from './scenario.ts';

/**
 * Work in steps: it gives way now and then, or waits for what it yields. Between two steps no mechanism is at work, so that one that never
 * comes to an end can be told.
 */
export type Steps<Result> = Generator<Promise<unknown> | undefined, Result, unknown>;

/** Something that can be true of a mechanism, and how to find out. */
export interface Law {
  readonly name: LawName;
  /** What it says, in one sentence. */
  readonly says: string;
  /** Plays to spend on it per random profile that a caller asks for. */
  readonly playsPerRun: number;
  /** Whether it is about what an outcome is worth to somebody. */
  readonly aboutValues?: boolean;
  /** What it says in another mode than its own, where a claim names one. */
  readonly inMode?: Readonly<Partial<Record<ClaimMode, Law>>>;
  /** Why it says nothing about this mechanism, where it does not. */
  irrelevant?(trial: Trial): string | undefined;
  /** Why there is nothing to claim about this mechanism: it lacks what the law is about, or another law says as much of it. */
  pointless?(trial: Trial): string | undefined;
  /** Why it cannot be decided here. */
  undecidable?(trial: Trial): string | undefined;
  /** Looks for a counterexample. */
  examine(trial: Trial, approximately: number | undefined): Steps<Finding>;
  /** Whether a case breaks the law; none where no case by itself can show that. */
  judge?(trial: Trial, given: Case, approximately: number | undefined): Steps<Violation | undefined>;
}

/** A broken law. */
export interface Violation {
  readonly counterexample: Counterexample;
  /** What happened, for a reader who knows no mechanism design. */
  readonly reason: string;
  /** Scenarios that show it when they are run; none where a scenario cannot show it. */
  readonly scenarios: readonly Scenario[];
}

/** What an examination came to. */
export interface Finding {
  readonly method: Method;
  readonly examined: number;
  /** What was looked at, in words. */
  readonly extent: string;
  /** Random profiles that were looked at besides. */
  readonly profiles?: number;
  readonly violation?: Violation;
  /** Why it came to nothing. */
  readonly undecided?: string;
  /** Why nothing could have broken the law. */
  readonly vacuous?: string;
}
