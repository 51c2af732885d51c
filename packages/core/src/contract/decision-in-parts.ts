import type { AgentId } from './agent.ts';
import type { Certificate, Returned } from './certificate.ts';
import type { Setup } from './setup.ts';

/**
 * A decision up to where it falls into parts. All of it is plain JSON, in whatever shape its mechanism likes.
 *
 * @category Mechanisms
 */
export interface InParts {
  /** What is decided before any part is solved. */
  readonly decided: unknown;
  /** Problems that do not depend on each other: each may be solved on another machine. */
  readonly parts: readonly unknown[];
}

/**
 * How a decision falls into parts that can be solved apart from each other, as the payments of an auction by Vickrey, Clarke and Groves do: each is
 * what the others would have without one winner. What comes of it is what `decide` gives: the kit checks that, as `structural/shortcut`. Nothing is
 * kept in between but plain JSON, so that it can go on in another process: `solve` and `combine` are given the same reports, settings and seed as
 * `divide` was, and refuse what does not fit them, as it may come from anywhere.
 *
 * @category Mechanisms
 */
export interface DecisionInParts<
  Report = unknown,
  Settings = unknown,
  Outcome = object,
  Proof extends Certificate | undefined = Certificate | undefined,
> {
  /** Decides what all parts need, and says what they are. */
  divide(reports: ReadonlyMap<AgentId, Report>, setup: Setup<Settings>): InParts;
  /**
   * Solves some of the parts, and gives their solutions in the same order. What they have in common need be found once, but the outcome must not hang on
   * which are solved together.
   */
  solve(parts: readonly unknown[], reports: ReadonlyMap<AgentId, Report>, setup: Setup<Settings>): readonly unknown[];
  /** The outcome, by the solutions of all parts in their order. */
  combine(
    decided: unknown,
    solutions: readonly unknown[],
    reports: ReadonlyMap<AgentId, Report>,
    setup: Setup<Settings>,
  ): Returned<Outcome, Proof>;
}
