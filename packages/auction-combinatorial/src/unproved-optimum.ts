import { type AgentId, type ErrorReport, MechaneError, quote } from '@mechane/core';
import type { Budget } from '@mechane/packing';

/** The best that was found until a search had to stop. */
export interface BestFound {
  /** Goods by agent. */
  readonly allocation: Readonly<Record<AgentId, readonly string[]>>;
  readonly welfare: number;
  /** No allocation is worth more. */
  readonly bound: number;
}

/** A payment rule that needs a proof, and why there is none. */
interface Unproved {
  /** What the payments are called. */
  readonly rule: string;
  /** Without whom the best was looked for; all took part where it is left out. */
  readonly without?: AgentId | undefined;
  /** How far from a proof, as a share of the bound. */
  readonly gap: number;
}

/** The error of a payment rule that needs proved optima and has none. It keeps the best allocation that was found. */
export class UnprovedOptimum extends MechaneError<'unproved-optimum'> {
  readonly best: BestFound | undefined;
  readonly #unproved: Unproved;
  readonly #interrupted: boolean;

  constructor(unproved: Unproved, interrupted: boolean, best?: BestFound) {
    const { rule, without, gap } = unproved;
    const search = without === undefined ? 'winner determination' : `winner determination without ${quote(without)}`;
    const stopped = interrupted ? 'was interrupted' : 'stopped at a limit';
    super('unproved-optimum', {
      problem: `${search} ${stopped}, ${(gap * 100).toPrecision(2)} % short of a proof, and ${rule} payments need a proof${worthOf(best)}`,
      path: ['settings'],
      fix: interrupted ? 'let it run' : 'raise timeLimit and nodeLimit, or leave them out',
    });
    this.best = best;
    this.#unproved = unproved;
    this.#interrupted = interrupted;
  }

  /** The error with the best allocation that was found. */
  with(best: BestFound): UnprovedOptimum {
    return new UnprovedOptimum(this.#unproved, this.#interrupted, best);
  }

  override toJSON(): ErrorReport & { readonly best?: BestFound } {
    const report = super.toJSON();
    return this.best === undefined ? report : { ...report, best: this.best };
  }
}

function worthOf(best: BestFound | undefined): string {
  return best === undefined
    ? ''
    : `; the best allocation found is worth ${best.welfare}, and none more than ${best.bound}`;
}

/** The error for a search that its budget has stopped. */
export function unprovedOptimum(unproved: Unproved, budget: Budget): UnprovedOptimum {
  return new UnprovedOptimum(unproved, budget.interrupted);
}

/** Adds the best allocation found to the error of payments that could not be proved. */
export function keepingBest<Result>(best: () => BestFound, pay: () => Result): Result {
  try {
    return pay();
  } catch (thrown) {
    throw thrown instanceof UnprovedOptimum ? thrown.with(best()) : thrown;
  }
}
