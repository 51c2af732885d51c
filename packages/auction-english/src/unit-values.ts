/** What each further unit is worth to an agent, never increasing. */
export interface UnitValues {
  marginals: number[];
}

/** The sum of an agent's first so many marginal values. */
export function sumOfFirst(values: readonly number[], units: number): number {
  return values.slice(0, units).reduce((sum, value) => sum + value, 0);
}
