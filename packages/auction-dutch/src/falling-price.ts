import { amount, positiveAmount } from '@mechane/core';
import type * as z from 'zod';

/**
 * Where the price begins, by how much it falls (continuously without `decrement`), and where it stops falling.
 *
 * @category Types of mechanisms
 */
export interface FallingPriceSettings {
  startingPrice: number;
  decrement?: number | undefined;
  floor?: number | undefined;
}

/** How the price falls, with defaults filled in. */
export interface FullFallingPriceSettings extends FallingPriceSettings {
  floor: number;
}

/** What the seller of a Dutch auction sets about the price, as keys of a schema. */
export const fallingPriceShape: {
  startingPrice: z.ZodNumber;
  decrement: z.ZodOptional<z.ZodNumber>;
  floor: z.ZodDefault<z.ZodNumber>;
} = {
  startingPrice: amount.describe('The price of the first round'),
  decrement: positiveAmount
    .optional()
    .describe('By how much each round lowers the price; without it, it falls continuously'),
  floor: amount.default(0).describe('The least the price falls to'),
};

/** A floor above the starting price is a slip. */
export const floorBelowStart: [(settings: FullFallingPriceSettings) => boolean, { path: string[]; message: string }] = [
  ({ startingPrice, floor }) => floor <= startingPrice,
  { path: ['floor'], message: 'expected a floor no higher than the starting price' },
];
