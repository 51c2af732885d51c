import { signedAmount } from '@mechane/core';
import * as z from 'zod';
import { type Curve, scaled, shifted, stretched } from './curve.ts';

/**
 * What befalls a market from a period on, until another (inclusive) or for good.
 *
 * - `supply-disruption`: that share of supply is gone at every price.
 * - `demand-surge`: demand rises by that share at every price.
 * - `price`: every seller's least price rises by that amount a unit, as by a dearer input or a tax; below 0, as by a subsidy.
 * - `preference`: every buyer's most price is multiplied by the factor.
 *
 * @category Supply and demand
 */
export type Shock = Lasting &
  (
    | { kind: 'supply-disruption'; share: number }
    | { kind: 'demand-surge'; share: number }
    | { kind: 'price'; amount: number }
    | { kind: 'preference'; factor: number }
  );

interface Lasting {
  /** The first period, counted from 1: the first of all unless given. */
  from?: number | undefined;
  /** The last period: the last of all unless given. */
  until?: number | undefined;
}

const period = z.int().positive();
const lasting = { from: period.optional(), until: period.optional() };

/** The schema of a shock. */
export const shock: z.ZodType<Shock, Shock> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('supply-disruption'), share: z.number().min(0).max(1), ...lasting }),
  z.strictObject({ kind: z.literal('demand-surge'), share: z.number().nonnegative(), ...lasting }),
  z.strictObject({ kind: z.literal('price'), amount: signedAmount, ...lasting }),
  z.strictObject({ kind: z.literal('preference'), factor: z.number().positive(), ...lasting }),
]);

/**
 * Both sides of a market.
 *
 * @category Supply and demand
 */
export interface SupplyAndDemand {
  readonly demand: Curve;
  readonly supply: Curve;
}

/**
 * The market after a shock.
 *
 * @category Supply and demand
 */
export function applyShock({ demand, supply }: SupplyAndDemand, befalling: Shock): SupplyAndDemand {
  switch (befalling.kind) {
    case 'supply-disruption':
      return { demand, supply: scaled(supply, 1 - befalling.share) };
    case 'demand-surge':
      return { demand: scaled(demand, 1 + befalling.share), supply };
    case 'price':
      return { demand, supply: shifted(supply, befalling.amount) };
    case 'preference':
      return { demand: stretched(demand, befalling.factor), supply };
  }
}
