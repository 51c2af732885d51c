/**
 * The least first bid, the least raise, and after how many rounds the auction must end.
 *
 * @category Types of mechanisms
 */
export interface OpenOutcrySettings {
  startingPrice: number;
  increment: number;
  maxRounds?: number | undefined;
}
