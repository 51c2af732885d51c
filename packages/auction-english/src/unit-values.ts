/** What each further unit is worth to an agent, never increasing. */
export interface UnitValues {
  marginals: number[];
}
