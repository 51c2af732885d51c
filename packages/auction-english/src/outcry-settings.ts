/** The least first bid, the least raise, and after how many rounds the auction must end. */
export interface OpenOutcrySettings {
  startingPrice: number;
  increment: number;
  maxRounds?: number | undefined;
}
