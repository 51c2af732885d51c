import { type Certificate, type Certified, certified, signedAmount } from '@mechane/core';
import * as z from 'zod';
import type { Clearing } from './clearing.ts';
import { rounding } from './crossing.ts';
import type { OrderFlow } from './order-flow.ts';

/**
 * That trades are worth what they are, and that none could be worth more than a bound, by the reports.
 *
 * @category Types of mechanisms
 */
export interface TradeCertificate extends Certificate {
  readonly status: 'optimal' | 'feasible';
  /** Gains from trade. */
  readonly welfare: number;
  /**
   * What buyers would gain together if they could buy all they want at `price`, and sellers if they could sell all they offer: by the
   * duality of linear programming no trades gain more.
   */
  readonly bound: number;
  readonly gap: number;
  readonly price: number | null;
}

/** The shape of a {@link TradeCertificate}. */
export const tradeCertificateShape: z.ZodType<TradeCertificate> = z.strictObject({
  status: z.enum(['optimal', 'feasible']),
  welfare: signedAmount,
  bound: signedAmount,
  gap: signedAmount,
  price: signedAmount.nullable(),
});

/** Certifies what orders gain by the trades, with the bound at a price. */
export function tradeCertificate(
  { prices, quantities, lots }: OrderFlow,
  fills: Float64Array,
  price: number | null,
): TradeCertificate {
  let welfare = 0;
  let bound = 0;
  let turnover = 0;
  for (let row = 0; row < prices.length; row++) {
    const own = prices[row] as number;
    welfare += own * (fills[row] as number);
    turnover += own * Math.abs(fills[row] as number);
    if (price !== null) bound += Math.max(0, (own - price) * (quantities[row] as number));
  }
  const gap = bound - welfare;
  const proved = Math.abs(gap) <= (Number.isInteger(bound) && Number.isInteger(welfare) ? 0 : rounding * turnover);
  return {
    status: proved ? 'optimal' : 'feasible',
    welfare: welfare / lots,
    bound: bound / lots,
    gap: (proved ? Math.max(0, gap) : gap) / lots,
    price,
  };
}

/** An outcome with its certificate. The bound is taken at an order's own price, so that whole numbers stay whole. */
export function certifiedTrades<Outcome>(
  outcome: Outcome,
  flow: OrderFlow,
  fills: Float64Array,
  { margin }: Clearing,
): Certified<Outcome, TradeCertificate> {
  return certified(outcome, tradeCertificate(flow, fills, margin ?? null));
}
