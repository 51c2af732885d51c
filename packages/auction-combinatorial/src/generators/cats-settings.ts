import type { InstanceGenerator } from '@mechane/core';
import * as z from 'zod';
import { type PackageScenario, usualMechanism } from './package-scenario.ts';

/** What every distribution of the test suite takes besides its own parameters. */
export interface CommonCatsSettings {
  readonly goods?: number | undefined;
  readonly bids?: number | undefined;
  readonly removeDominated?: boolean | undefined;
  readonly mechanism?: string | undefined;
}

/** A distribution of the test suite, by the names of its own parameters. */
export type CatsGenerator<Own extends string = never> = InstanceGenerator<
  CommonCatsSettings & { readonly [Name in Own]?: number | undefined },
  PackageScenario
>;

/** The most bids of an instance. */
export const mostBids = 20_000;

/** The most that goods times bids may come to: it bounds how much memory an instance takes. */
export const mostCells = 20_000_000;

type WholeNumber = z.ZodDefault<z.ZodInt>;
type Switch = z.ZodDefault<z.ZodBoolean>;

/** The settings that distributions have in common; some have other limits or defaults. */
interface Common {
  readonly goods: WholeNumber;
  readonly bids: WholeNumber;
  readonly removeDominated: Switch;
  readonly mechanism: z.ZodDefault<z.ZodString>;
}

const common: Common = {
  goods: z.int().min(2).max(5_000).default(64).describe('How many goods are for sale'),
  bids: z.int().min(1).max(mostBids).default(250).describe('How many bids there are, of all bidders together'),
  removeDominated: z
    .boolean()
    .default(true)
    .describe('Whether bids are left out that another one can always take the place of'),
  mechanism: z.string().default(usualMechanism).describe('The mechanism that the instance names'),
};

/** The common settings with those of a distribution. */
export function catsSettings<Own extends z.ZodRawShape>(
  own: Own,
  others: Partial<Common> = {},
): z.ZodObject<Common & Own, z.core.$strict> {
  const settings = z.strictObject({ ...common, ...others, ...own }) as object as z.ZodObject<
    Common & Own,
    z.core.$strict
  >;
  return settings.check(({ value, issues }) => {
    const { goods, bids } = value as { goods: number; bids: number };
    if (goods * bids <= mostCells) return;
    const message = `expected goods times bids to be at most ${mostCells.toLocaleString('en')}, but ${goods} times ${bids} is more`;
    issues.push({ code: 'custom', message, path: ['bids'], input: bids });
  });
}
