import type { AgentId } from '@mechane/core';
import type { Arbitrary } from 'fast-check';

/**
 * A set of types, and what is true of it whatever the mechanism: the ground on which claims are checked. Reports are in the
 * mechanism's own format, as a user would type them; settings are the mechanism's, with defaults filled in.
 *
 * @category Domains
 */
export interface Domain<Settings = unknown, Report = unknown> {
  /** What `Claim.domain` refers to. */
  readonly name: string;
  /** A small finite set of types, simple ones first: claims are proved on it by exhaustion. */
  grid(settings: Settings): readonly Report[];
  /** Random types, shrinking towards simple ones. */
  types(settings: Settings): Arbitrary<Report>;
  /** Further reports that an agent of this type might try: neighbours, thresholds, extremes. */
  misreports?(type: Report, settings: Settings): readonly Report[];
  /**
   * What an outcome is worth to an agent of this type before payments, read from the outcome itself; `undefined` where it does not tell in words
   * that the domain knows. Without this, the kit has only the mechanism's word for what anything is worth.
   */
  value?(agent: AgentId, type: Report, outcome: object, settings: Settings): number | undefined;
  /** Whether {@link value} only ranks outcomes: its numbers then say what is better, and not by how much. */
  readonly ordinal?: boolean;
  /** What staying away is worth to an agent of this type, where the domain values outcomes: 0 unless given. Minus infinity: nobody can. */
  outsideOption?(type: Report, settings: Settings): number;
  /**
   * Whether a report is the report of one of these types. Only where this is given does the kit put numbers of its own into types: those where
   * rules change, and those that computers get wrong. Whoever changes `types` of a domain changes this as well.
   */
  isType?(report: Report, settings: Settings): boolean;
  /** The largest sum of values that any outcome could have, found by brute force. */
  bestWelfare?(types: ReadonlyMap<AgentId, Report>, settings: Settings): number;

  /**
   * What agents believe of each other, where expectations are taken. Unless given, {@link types}; to an operator, the types of the grid are equally
   * likely then.
   */
  prior?(settings: Settings): Arbitrary<Report>;
  /** Whether an agent of this type can report that at all: what is public cannot be lied about. */
  mayReport?(type: Report, report: Report, settings: Settings): boolean;
  /** How many agents there can be at the most: as many as there are houses, where everybody owns one. */
  mostAgents?(settings: Settings): number;
  /** Makes types that were drawn one by one fit together, as when no two agents may own the same house. */
  together?(types: readonly Report[], settings: Settings): readonly Report[];
  /** What is impossible about an outcome, in words; `undefined` where nothing is. */
  infeasible?(outcome: object, types: ReadonlyMap<AgentId, Report>, settings: Settings): string | undefined;
  /** Every outcome these agents could reach among themselves, as far as it bears on what it is worth to them. */
  alternatives?(types: ReadonlyMap<AgentId, Report>, settings: Settings): Iterable<object>;
  /** How much an agent gets, to see whether bidding more gets it less. */
  share?(agent: AgentId, outcome: object, settings: Settings): number;
  /** Whether the second report bids more than the first in every respect that counts. */
  raises?(from: Report, to: Report): boolean;
}
