import { amount } from '@mechane/core';
import * as z from 'zod';

/** The shape of a package with what it costs, or what was bid for it. */
export const pricedPackage: z.ZodObject<{ bundle: z.ZodArray<z.ZodString>; value: z.ZodNumber }, z.core.$strict> =
  z.strictObject({ bundle: z.array(z.string()), value: amount });
