import type { Reports } from '../case.ts';
import { numbersIn } from '../game/leaves.ts';
import type { Subject } from '../subject.ts';

const mostNumbers = 12;
const mostAddedUp = 3;

/**
 * Whether a rule might find a tie in these reports and break it in a way of its own, where it does not take ours: the same amount twice, or
 * sums that are equal.
 */
export function mayTieItsOwnWay({ elsewhere }: Subject, reports: Reports): boolean {
  if (elsewhere === undefined) return false;
  const numbers = numbersIn([...reports.values()]).map(([, number]) => number);
  if (numbers.length > mostNumbers) return true;
  const sums = sumsOf(numbers, mostAddedUp);
  return sums.includes(0) || new Set(sums).size < sums.length;
}

/** The sum of every choice of one to so many of these. */
function sumsOf(numbers: readonly number[], most: number): readonly number[] {
  if (most === 0) return [];
  return numbers.flatMap((number, index) => [
    number,
    ...sumsOf(numbers.slice(index + 1), most - 1).map((sum) => number + sum),
  ]);
}
