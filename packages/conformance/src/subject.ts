import type { Mechanism, Provider, ReportOf, SettingsOf } from '@mechane/core';
import type { Domain } from './domain.ts';
import type { OutcomeLaw } from './outcome-law.ts';

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
