import type { LawName } from '@mechane/core';
import type { Bench } from './bench.ts';
import type { Case } from './case.ts';
import type { Counterexample, Method } from './report.ts';

/** Something that can be true of a mechanism, and how to find out. */
export interface Law {
  readonly name: LawName;
  /** What it says, in one sentence. */
  readonly says: string;
  /** Why it says nothing about this mechanism, where it does not: it is left out of the report. */
  irrelevant?(bench: Bench): string | undefined;
  /** Why it cannot be decided here. */
  undecidable?(bench: Bench): string | undefined;
  /** Looks for a counterexample. */
  examine(bench: Bench, approximately: number | undefined): Promise<Finding>;
  /** Whether a case breaks the law. */
  judge(bench: Bench, given: Case, approximately: number | undefined): Promise<Violation | undefined>;
}

/** A broken law. */
export interface Violation {
  readonly counterexample: Counterexample;
  /** What happened, for a reader who knows no mechanism design. */
  readonly reason: string;
  /** Scenarios that show it when they are run; none where a scenario cannot show it. */
  readonly scenarios: readonly Scenario[];
}

/** A scenario of the public data format. */
export interface Scenario {
  readonly mechanism: string;
  readonly settings?: unknown;
  readonly reports?: Readonly<Record<string, unknown>>;
  readonly types?: Readonly<Record<string, unknown>>;
  readonly messages?: readonly (readonly [string, unknown])[];
  readonly seed?: number;
}

/** What an examination came to. */
export interface Finding {
  readonly method: Method;
  readonly examined: number;
  /** What was looked at, in words. */
  readonly extent: string;
  readonly violation?: Violation;
  /** Why it came to nothing. */
  readonly undecided?: string;
}
