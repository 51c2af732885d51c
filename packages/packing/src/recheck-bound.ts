/*
 * A second look at a bound, from what the search wrote down (proof.ts): every selection falls under one of its cases, and in each of them
 * prices show that it is worth no more. Weak duality: whatever the prices, as long as none is negative, no selection is worth more than all
 * room at these prices together with what sets offer above the price of what they need. Nothing here is shared with the search but the
 * sets and what is written.
 */
import { refusedProof } from './errors.ts';
import { OpenCase } from './open-case.ts';
import type { Packing } from './packing.ts';
import type { Priced, Proof } from './proof.ts';
import { lookAtBranches, lookAtParts, mostByTrying } from './recheck-cases.ts';
import { PriceCheck } from './recheck-prices.ts';
import { ReductionCheck } from './recheck-reduction.ts';

/**
 * Whether all of the bound was confirmed, or no more than that the selection is one.
 *
 * @category Proofs
 */
export type Checked = 'bound' | 'feasibility';

/**
 * Confirms that nothing is worth more than `most`; `feasibility` where the proof is not complete, for want of room to write it down.
 *
 * @throws PackingError `refused-proof` where the proof is wrong.
 * @category Proofs
 *
 * @example
 * ```ts
 * import { packingOf, recheckBound } from '@mechane/packing';
 *
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * // Row 0 at 28 and row 1 at 20 come to 48, and no set is worth more than its rows cost.
 * const proof = { kind: 'covered', rows: [0, 1], rowPrices: [28, 20], cliques: [] } as const;
 * recheckBound(packing, 48, proof); // => 'bound'
 * let refused = '';
 * try {
 *   recheckBound(packing, 47, proof);
 * } catch (error) {
 *   refused = String(error);
 * }
 * refused; // => 'PackingError: a cover proves 48, not 47. Fix: rely on no such bound; search again.'
 * ```
 */
export function recheckBound(packing: Packing, most: number, proof: Proof): Checked {
  const check = new Check(packing);
  check.holds(proof, most);
  return check.complete ? 'bound' : 'feasibility';
}

class Check {
  complete = true;
  readonly #case: OpenCase;
  readonly #prices: PriceCheck;
  readonly #reduction: ReductionCheck;

  constructor(packing: Packing) {
    this.#case = new OpenCase(packing);
    this.#prices = new PriceCheck(this.#case);
    this.#reduction = new ReductionCheck(this.#case);
  }

  /** Confirms that the sets left, in the room left, are worth no more than the target. */
  holds = (proof: Proof, target: number): void => {
    const before = this.#case.mark();
    switch (proof.kind) {
      case 'priced':
        this.#priced(proof, target);
        break;
      case 'covered':
        this.#proves(this.#prices.boundOfCover(proof), target);
        break;
      case 'branched':
        lookAtBranches(this.#case, proof, target, this.holds);
        break;
      case 'reduced':
        this.#reduction.follow(proof.steps, target, (left) => this.holds(proof.next, left));
        break;
      case 'parted':
        lookAtParts(this.#case, proof, target, this.holds);
        break;
      case 'counted':
        if (mostByTrying(this.#case) > target) throw refusedProof('trying all finds more');
        break;
      case 'unlogged':
        this.complete = false;
        break;
    }
    this.#case.backTo(before);
  };

  #proves(bound: number | undefined, target: number): void {
    if (bound === undefined) this.complete = false;
    else if (bound > target) throw refusedProof(`a cover proves ${bound}, not ${target}`);
  }

  #priced(step: Priced, target: number): void {
    const bound = this.#prices.boundAt(step);
    if (bound === undefined) {
      this.complete = false;
      return;
    }
    if (bound <= target) return;
    if (step.next === undefined) throw refusedProof(`prices prove ${bound}, not ${target}`);
    if (!(step.beat <= target)) throw refusedProof(`what is worth ${target} may have been left out`);
    const offered = this.#prices.above;
    const slack = bound - step.beat;
    const out: number[] = [];
    const into: number[] = [];
    for (let at = 0; at < this.#case.free; at++) {
      const set = this.#case.sets[at] as number;
      const above = offered[set] as number;
      if (above <= -slack) out.push(set);
      else if (above >= slack) into.push(set);
    }
    for (const set of out) this.#case.remove(set);
    let left = target;
    for (const set of into.sort((a, b) => a - b)) if (this.#case.isFree(set)) left -= this.#case.take(set);
    this.holds(step.next, left);
  }
}
