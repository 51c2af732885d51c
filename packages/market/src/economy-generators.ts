import { defineGenerator, type InstanceGenerator, type Random } from '@mechane/core';
import * as z from 'zod';
import type { ExchangeReport } from './exchange-agents.ts';
import type { FisherReport } from './fisher-agents.ts';
import type { Utility } from './utility/utility.ts';

const kinds = ['linear', 'cobb-douglas', 'leontief', 'ces', 'quasi-linear', 'mixed'] as const;

/**
 * What economies to draw.
 *
 * @category Instances
 */
export interface EconomySettings {
  /** How many agents: 3 unless given. */
  agents?: number | undefined;
  /** How many goods: 3 unless given. */
  goods?: number | undefined;
  /** Which utilities; `mixed` draws one of the others for every agent, and is taken unless given. */
  utilities?: (typeof kinds)[number] | undefined;
  /** Of CES utilities: drawn between −4 and 0.9 for every agent unless given. */
  rho?: number | undefined;
}

interface FullEconomySettings extends EconomySettings {
  agents: number;
  goods: number;
  utilities: (typeof kinds)[number];
}

const settings: z.ZodType<FullEconomySettings, EconomySettings> = z.strictObject({
  agents: z.int().positive().max(10_000).default(3),
  goods: z.int().positive().max(10_000).default(3),
  utilities: z.enum(kinds).default('mixed'),
  rho: z.number().max(1).optional(),
});

/**
 * A drawn scenario for `market/fisher`.
 *
 * @category Instances
 */
export interface FisherScenario {
  readonly mechanism: 'market/fisher';
  readonly settings: { readonly goods: Readonly<Record<string, number>> };
  readonly reports: Readonly<Record<string, FisherReport>>;
}

/**
 * A drawn scenario for `market/exchange`, which is one for `market/tatonnement` under another name.
 *
 * @category Instances
 */
export interface ExchangeScenario {
  readonly mechanism: 'market/exchange';
  readonly reports: Readonly<Record<string, ExchangeReport>>;
}

/** Fisher markets whose supplies, budgets and weights are drawn evenly from (0, 1]. */
export const fisherEconomy: InstanceGenerator<EconomySettings, FisherScenario> = defineGenerator({
  id: 'fisher-economy',
  summary: 'A Fisher market with supplies, budgets and weights drawn evenly from 0 to 1',
  settings,
  generate: (given, random) => ({
    mechanism: 'market/fisher',
    settings: { goods: bundleOf(given, random) },
    reports: Object.fromEntries(
      agentsOf(given).map((agent) => [agent, { budget: draw(random), utility: utilityOf(given, random, false) }]),
    ),
  }),
});

/** Exchange economies whose endowments and weights are drawn evenly from (0, 1]. */
export const exchangeEconomy: InstanceGenerator<EconomySettings, ExchangeScenario> = defineGenerator({
  id: 'exchange-economy',
  summary: 'An exchange economy with endowments and weights drawn evenly from 0 to 1',
  settings,
  generate: (given, random) => ({
    mechanism: 'market/exchange',
    reports: Object.fromEntries(
      agentsOf(given).map((agent) => [
        agent,
        { endowment: bundleOf(given, random), utility: utilityOf(given, random, true) },
      ]),
    ),
  }),
});

function agentsOf({ agents }: FullEconomySettings): readonly string[] {
  return Array.from({ length: agents }, (_, index) => `agent${index}`);
}

function bundleOf({ goods }: FullEconomySettings, random: Random): Record<string, number> {
  return Object.fromEntries(Array.from({ length: goods }, (_, index) => [`good${index}`, draw(random)]));
}

function utilityOf(given: FullEconomySettings, random: Random, barter: boolean): Utility {
  const { utilities, rho } = given;
  const weights = bundleOf(given, random);
  const kind = utilities === 'mixed' ? (kinds[random.below(kinds.length - 1)] as Utility['kind']) : utilities;
  if (kind === 'ces') return { kind, weights, rho: rho ?? 0.9 - 4.9 * random.next() };
  if (kind !== 'quasi-linear') return { kind, weights };
  return barter ? { kind, weights, numeraire: 'good0' } : { kind, weights };
}

/** Never 0. */
function draw(random: Random): number {
  return 1 - random.next();
}
