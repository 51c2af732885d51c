/**
 * What the item is worth to an agent, and when its proxy bids that, in milliseconds since the opening: at once unless it says otherwise.
 *
 * @category Types of mechanisms
 */
export interface TimedReport {
  value: number;
  at?: number | undefined;
}
