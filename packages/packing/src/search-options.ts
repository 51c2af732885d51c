import type { Budget } from './budget.ts';
import type { Packing, Selection } from './packing.ts';
import type { Proof, ProofLog } from './proof.ts';
import type { WarmStart } from './warm-start.ts';

/** What the search came to. */
export interface SearchResult {
  readonly selection: Selection;
  /** No selection is worth more, in units. */
  readonly bound: number;
  /** Why not, where the search came to its end. */
  readonly proof: Proof | undefined;
}

/** What deciding a part came to. */
export interface PartResult {
  /** A selection worth more than was asked for, where one was found. */
  readonly selection: Selection | undefined;
  readonly bound: number;
  /** Why nothing is worth more than was asked for or found. */
  readonly proof: Proof | undefined;
}

/** Decides a packing that has become much smaller on its own terms: the best selection worth more than a floor. */
export type SolveSmaller = (packing: Packing, floor: number, start: WarmStart) => PartResult;

/**
 * What branching on the relaxation took: how many nodes, steps of the simplex method, and cliques added as rows.
 *
 * @category Search
 */
export interface SearchStatistics {
  lpNodes: number;
  pivots: number;
  cuts: number;
}

/** What a search may use, and whom it tells of what it finds. */
export interface SearchOptions {
  readonly budget: Budget;
  readonly log?: ProofLog | undefined;
  readonly solveSmaller?: SolveSmaller | undefined;
  /** How the relaxation stood that this is a part of. */
  readonly start?: WarmStart | undefined;
  readonly statistics?: SearchStatistics | undefined;
  /** Is told of each selection worth more than the first incumbent that the search comes upon, the best or not. */
  readonly onSelection?: ((selection: Selection) => void) | undefined;
}
