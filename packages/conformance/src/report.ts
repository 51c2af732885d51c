import type { AgentId, ClaimMode, LawName } from '@mechane/core';

/**
 * What became of a claim. Good are `holds`, `witnessed` (it is claimed not to hold, and the witness shows it), `not-applicable` (the law, or the claim,
 * says nothing about this subject) and `unclaimed`; everything else is not.
 *
 * @category Reports
 */
export type Verdict =
  | 'holds'
  | 'witnessed'
  | 'not-applicable'
  | 'unclaimed'
  | 'refuted'
  | 'undecided'
  | 'vacuous'
  | 'nondeterministic'
  | 'does-not-end';

const good: ReadonlySet<Verdict> = new Set(['holds', 'witnessed', 'not-applicable', 'unclaimed']);

/**
 * Whether a verdict is no reason to say "no".
 *
 * @category Reports
 */
export function isGood(verdict: Verdict): boolean {
  return good.has(verdict);
}

/**
 * How thoroughly it was looked at, the strongest first.
 *
 * @category Reports
 */
export type Method = 'exhaustive' | 'search' | 'statistical';

/**
 * The smallest case found in which a law is broken, or what showed that there is nothing to be found.
 *
 * @category Reports
 */
export interface Counterexample {
  readonly settings: unknown;
  /** The run's seed, where the mechanism draws lots. */
  readonly seed?: number;
  /** The true types of all agents. */
  readonly types: Readonly<Record<AgentId, unknown>>;
  /** Who gains or is wronged. */
  readonly agent?: AgentId;
  /** What that agent says instead of its type. */
  readonly report?: unknown;
  /** What some say instead, where it is not one agent's report: `null` is staying away, a new name a further participant. */
  readonly deviation?: Readonly<Record<AgentId, unknown>>;
  /** When all are truthful. */
  readonly truthful?: Situation;
  /** When some are not. */
  readonly deviating?: Situation;
  /** What came out when the same was played twice. */
  readonly outcomes?: readonly [unknown, unknown];
}

/**
 * An outcome, and what it is worth to the agent the counterexample is about.
 *
 * @category Reports
 */
export interface Situation {
  readonly utility?: number;
  readonly outcome?: object;
}

/**
 * What became of one law.
 *
 * @category Reports
 */
export interface LawVerdict {
  readonly law: LawName;
  /** How the claim means the law, where it says so. */
  readonly mode?: ClaimMode;
  /** What the mechanism claims: that it holds, that it does not, or that it holds up to a number; `null` if nothing. */
  readonly claim: boolean | { readonly approximately: number } | null;
  readonly verdict: Verdict;
  readonly method: Method;
  /** How many cases were looked at. */
  readonly examined: number;
  readonly counterexample?: Counterexample;
  /** In words. */
  readonly reason?: string;
  /** A shell command that shows the counterexample. */
  readonly replay?: string;
}

/**
 * What the kit found out about a mechanism: the JSON of `mechane verify --json`.
 *
 * @category Reports
 */
export interface ConformanceReport {
  readonly mechanism: string;
  readonly seed: number;
  /** The version of the kit. */
  readonly kit: string;
  readonly laws: readonly LawVerdict[];
}
