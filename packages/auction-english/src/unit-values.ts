/**
 * What each further unit is worth to an agent, never increasing.
 *
 * @category Types of mechanisms
 */
export interface UnitValues {
  marginals: number[];
}
