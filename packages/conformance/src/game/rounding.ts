import type { Reports } from '../case.ts';
import { numbersIn } from './leaves.ts';

/** So many units in the last place of the largest amount may be lost to rounding. */
export const unitsLost = 8;
const unitAtOne = 2 ** -52;
const smallest = Number.MIN_VALUE;

/** What a sum may have lost of amounts that have this size all together. */
export function lostToRounding(size: number): number {
  return unitsLost * Math.max(smallest, size * unitAtOne);
}

/** How much is reported all together, and whether all of it is whole. */
export function reportedIn(all: readonly Reports[]): { readonly size: number; readonly whole: boolean } {
  let size = 0;
  let whole = true;
  for (const reports of all) {
    for (const report of reports.values()) {
      for (const [, number] of numbersIn(report)) {
        size += Math.abs(number);
        whole &&= Number.isInteger(number);
      }
    }
  }
  return { size, whole };
}

/**
 * The amounts that a law has compared, and how far rounding may have moved what it found. Among whole numbers that doubles hold exactly,
 * not at all.
 */
export class AmountsConcerned {
  #whole = true;
  #largest = 0;

  reset(): void {
    this.#whole = true;
    this.#largest = 0;
  }

  add(amount: number): number {
    this.#whole &&= Number.isSafeInteger(amount);
    const size = Math.abs(amount);
    if (size > this.#largest && size !== Number.POSITIVE_INFINITY) this.#largest = size;
    return amount;
  }

  /** How much rounding may account for, given what was reported: a rule adds that up on its way to an outcome. */
  allowance(...reports: readonly Reports[]): number {
    const reported = reportedIn(reports);
    const size = Math.max(this.#largest, reported.size);
    if (this.#whole && reported.whole && size <= Number.MAX_SAFE_INTEGER) return 0;
    return lostToRounding(size);
  }
}
