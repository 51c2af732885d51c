import { amount, quantity } from '@mechane/core';
import * as z from 'zod';

/**
 * How much of each good.
 *
 * @category Equilibria and utilities
 */
export type Bundle = Readonly<Record<string, number>>;

/**
 * What a bundle `x` is worth to an agent; goods that are not named have weight 0:
 *
 * - `linear`: Σ w·x;
 * - `cobb-douglas`: Π x^w, the weights scaled to sum to 1;
 * - `leontief`: the least x/w over the goods of positive weight;
 * - `ces`: (Σ w·x^rho)^(1/rho) with rho ≤ 1. At 1 it is linear, at 0 it is Cobb–Douglas, its limit where weights sum to 1. JSON cannot say
 *   −Infinity: that limit is `leontief` with weights of 1;
 * - `quasi-linear`: Σ w·x and what is kept of the money. In an exchange economy, where there is none, `numeraire` names the good that is
 *   money: its weight is 1.
 *
 * @category Equilibria and utilities
 */
export type Utility =
  | { kind: 'linear' | 'cobb-douglas' | 'leontief'; weights: Record<string, number> }
  | { kind: 'ces'; weights: Record<string, number>; rho: number }
  | { kind: 'quasi-linear'; weights: Record<string, number>; numeraire?: string | undefined };

/** The shape of a {@link Bundle}. */
export const bundle: z.ZodRecord<z.ZodString, z.ZodNumber> = z.record(z.string(), quantity);

const weights = weightsIn(z.number().nonnegative());

function weightsIn(weight: z.ZodNumber): z.ZodRecord<z.ZodString, z.ZodNumber> {
  return z
    .record(z.string(), weight)
    .refine((named) => Object.values(named).some((each) => each > 0), 'expected a positive weight for some good')
    .describe('What each good counts; goods that are not named count nothing');
}

const simple = z.strictObject({ kind: z.enum(['linear', 'cobb-douglas', 'leontief']), weights });
const ces = z.strictObject({
  kind: z.literal('ces'),
  weights,
  rho: z.number().max(1).describe('1 for perfect substitutes, 0 for Cobb–Douglas, below 0 for complements'),
});
const quasiLinear = z.strictObject({
  kind: z.literal('quasi-linear'),
  weights,
  numeraire: z.string().optional().describe('The good that serves as money, where there is no money'),
});

export const utility: z.ZodType<Utility, Utility> = z.discriminatedUnion('kind', [simple, ces, quasiLinear]);

/** The utility of a buyer that has money: where no good serves as money, what goods count is what they are worth in money. */
export const buyerUtility: z.ZodType<Utility, Utility> = z.discriminatedUnion('kind', [
  simple,
  ces,
  quasiLinear.pipe(
    z.union([
      quasiLinear.extend({ weights: weightsIn(amount), numeraire: z.undefined().optional() }),
      quasiLinear.extend({ numeraire: z.string() }),
    ]),
  ),
]);

/** The four shapes that utilities come down to: `rho` is 1 for linear, 0 for Cobb–Douglas, −Infinity for Leontief. */
export interface Shape {
  readonly rho: number;
  /** Goods of positive weight. */
  readonly weights: readonly (readonly [good: string, weight: number])[];
  /** Whether money that is kept counts. */
  readonly keepsMoney: boolean;
}

/** Reads a utility as a shape. */
export function shapeOf(given: Utility): Shape {
  const weighed: [string, number][] = [];
  for (const good of Object.keys(given.weights)) {
    const weight = given.weights[good] as number;
    if (weight > 0) weighed.push([good, weight]);
  }
  switch (given.kind) {
    case 'linear':
      return { rho: 1, weights: weighed, keepsMoney: false };
    case 'cobb-douglas':
      return { rho: 0, weights: weighed, keepsMoney: false };
    case 'leontief':
      return { rho: Number.NEGATIVE_INFINITY, weights: weighed, keepsMoney: false };
    case 'ces':
      return { rho: given.rho, weights: weighed, keepsMoney: false };
    case 'quasi-linear': {
      const { numeraire } = given;
      if (numeraire === undefined) return { rho: 1, weights: weighed, keepsMoney: true };
      const others = weighed.filter(([good]) => good !== numeraire);
      return { rho: 1, weights: [...others, [numeraire, 1]], keepsMoney: false };
    }
  }
}
