import { numbersIn } from './leaves.ts';

/** How large the numbers within plain data are together, and whether all are whole. */
export interface Scale {
  readonly integral: boolean;
  readonly size: number;
}

export function scaleOf(content: unknown): Scale {
  let integral = true;
  let size = 0;
  for (const [, number] of numbersIn(content)) {
    integral &&= Number.isInteger(number);
    size += Math.abs(number);
  }
  return { integral, size };
}
