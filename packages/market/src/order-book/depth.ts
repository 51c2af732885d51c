/**
 * A price and the quantity that is shown at it.
 *
 * @category Order book
 */
export type DepthLevel = readonly [price: number, quantity: number];

/**
 * What others see of a book, the best prices first.
 *
 * @category Order book
 */
export interface Depth {
  readonly bids: readonly DepthLevel[];
  readonly asks: readonly DepthLevel[];
}
