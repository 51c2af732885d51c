/** A price and the quantity that is shown at it. */
export type DepthLevel = readonly [price: number, quantity: number];

/** What others see of a book, the best prices first. */
export interface Depth {
  readonly bids: readonly DepthLevel[];
  readonly asks: readonly DepthLevel[];
}
