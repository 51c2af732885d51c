import type { AgentId, Mechanism, Provider, ReportOf, SettingsOf } from '@mechane/core';
import type { Domain } from './domain.ts';
import type { OutcomeLaw } from './outcome-law.ts';
import type { Scenario } from './scenario.ts';

/**
 * Reports, as the mechanism's schema read them, that will be played with a seed.
 *
 * @category Examinations
 */
export interface ForeseenPlay {
  readonly reports: ReadonlyMap<AgentId, unknown>;
  readonly seed: number;
}

/**
 * What there is to know of a mechanism whose rule is at work outside of this thread, such as in a process of another language. How it breaks ties is
 * its own affair, so that laws about names and orders look at reports that leave nothing to tie.
 *
 * @category Examinations
 */
export interface Elsewhere {
  /** Milliseconds that have been waited for it so far: they count as computing. */
  computed(): number;
  /** Milliseconds after which the rule itself ends what takes too long. */
  readonly patience: number;
  /**
   * Hears what will be played next under these settings, as far as that is known: lines that are sent together cost less than one by one. Every
   * play that comes of it may be answered by this once.
   */
  foresee?(settings: unknown, plays: readonly ForeseenPlay[]): void;
  /** A shell command that plays these scenarios; where there are none, that examines again. */
  replay(scenarios: readonly Scenario[], again: { readonly seed: number; readonly runs: number | undefined }): string;
}

/**
 * What the kit examines: a mechanism, the types it is examined on, and the settings to try.
 *
 * @category Examinations
 */
export interface Subject {
  readonly mechanism: Mechanism;
  readonly domain: Domain;
  /** Each is checked, the first is taken to be the simplest; `[{}]` unless given. */
  readonly settings?: readonly unknown[];
  /** How many agents take part: 1 to 5 unless given. */
  readonly participants?: { readonly min?: number; readonly max?: number };
  /** Services the mechanism asks for, such as an optimizer. */
  readonly providers?: readonly Provider[];
  /** Laws besides those that the kit knows, for the mechanism to claim: see {@link lawFor}. */
  readonly laws?: readonly OutcomeLaw[];
  /** Where the rule is not computed here. */
  readonly elsewhere?: Elsewhere;
  /** How much work is done for each law where the caller of `verify` does not say: less for a mechanism that solves programs. */
  readonly runs?: number;
}

/**
 * A {@link Subject} whose parts are known to fit together.
 *
 * @category Examinations
 */
export interface SubjectOf<M extends Mechanism> extends Subject {
  readonly mechanism: M;
  readonly domain: Domain<SettingsOf<M>, ReportOf<M>>;
  readonly settings?: readonly SettingsOf<M>[];
}

/**
 * Says what to examine, and lets the compiler check that domain and settings are the mechanism's.
 *
 * @category Examinations
 * @example
 * ```ts
 * import { singleItem, subject, verify } from '@mechane/conformance';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 *
 * const [mechanism] = sealedAuctions.mechanisms;
 * const examined = subject({ mechanism, domain: singleItem(), settings: [{}, { reserve: 3 }] });
 * examined.domain.name; // => 'single-item'
 * ```
 */
export function subject<const M extends Mechanism>(given: SubjectOf<M>): Subject {
  return given as object as Subject;
}
