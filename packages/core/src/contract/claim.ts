import type { AgentId } from './agent.ts';

/**
 * The laws the conformance kit knows. Third parties may claim laws of their own, named `package/law`.
 *
 * @category Claims
 */
export type LawName =
  | 'strategy-proof'
  | 'ex-post-incentive-compatible'
  | 'bayesian-incentive-compatible'
  | 'obviously-strategy-proof'
  | 'not-obviously-manipulable'
  | 'group-strategy-proof'
  | 'false-name-proof'
  | 'shill-proof'
  | 'credible'
  | 'non-bossy'
  | 'non-bossy-in-allocation'
  | 'individually-rational'
  | 'participation'
  | 'budget-balanced'
  | 'no-deficit'
  | 'efficient'
  | 'pareto-efficient'
  | 'core'
  | 'envy-free'
  | 'anonymous'
  | 'allocation-monotone'
  | 'revenue-monotone'
  | `${string}/${string}`;

/**
 * What an agent does that no report says: it lets the mechanism's proxy play a report, but in some of the rounds in which it is asked, counted
 * from 1, it sends a message of its own, or none.
 *
 * @category Claims
 */
export interface DepartingReport<Report = unknown> {
  readonly report: Report;
  readonly departures: readonly { readonly from: number; readonly to: number; readonly message?: unknown }[];
}

/**
 * A case that shows a law broken. `reports` are the true types of all agents, or, for an agent in `deviation`, what it
 * would say if it were truthful; `deviation` is what some say instead: a report, `null` for staying away, or how they depart from what a
 * proxy would play. An id that is not in `reports` is a new participant.
 *
 * @category Claims
 */
export interface Witness<Settings = unknown, Report = unknown> {
  readonly settings?: Settings;
  readonly reports: Readonly<Record<AgentId, Report>>;
  readonly deviation?: Readonly<Record<AgentId, Report | DepartingReport<Report> | null>>;
  /** Who gains or is wronged. */
  readonly agent?: AgentId;
  readonly seed?: number;
}

/**
 * How a law is meant that can be meant in two ways: `ex-post` of every outcome, `interim` of what an agent expects that knows its own type, and
 * the others by the domain's prior. Of `individually-rational` there are both.
 *
 * @category Claims
 */
export type ClaimMode = 'ex-post' | 'interim';

/**
 * What a mechanism says of itself, for the conformance kit to check.
 *
 * @category Claims
 */
export interface Claim<Settings = unknown, Report = unknown> {
  readonly law: LawName;
  /** Whether the law holds; `approximately` when it holds up to that much (utility units, or a share of the optimum). */
  readonly holds: boolean | { readonly approximately: number };
  /** The types it is claimed for, where it does not hold for all that the report can say. */
  readonly domain?: string;
  /** How the law is meant: `ex-post` unless given. */
  readonly mode?: ClaimMode;
  /** Why: the paper and its result. */
  readonly because: string;
  /** Needed where the law does not hold: the case that shows it, which the kit plays again. */
  readonly witness?: Witness<Settings, Report>;
}
