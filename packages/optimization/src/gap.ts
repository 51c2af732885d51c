/**
 * Whether what lies between an objective and a bound is within the tolerances of solvers: branch and bound cuts off what is not
 * better by 1e-6, the tolerance for wholeness, and sums of large numbers have rounding errors.
 */
export function closesGap(objective: number, bound: number): boolean {
  return Math.abs(objective - bound) <= 1e-6 + 1e-9 * Math.abs(objective);
}

/** `|objective - bound| / |objective|`, and 0 where they are equal. */
export function gapBetween(objective: number, bound: number): number {
  return objective === bound ? 0 : Math.abs(objective - bound) / Math.abs(objective);
}
