/*
 * The exchange economy: everybody comes with goods and trades them at prices at which nothing is left to trade.
 *
 * Arrow and Debreu, "Existence of an equilibrium for a competitive economy", Econometrica 22 (1954). For linear utilities, equilibria exist
 * where the economy is connected (Gale, Journal of Mathematical Economics 3, 1976; Maxfield, ibid. 26, 1997). It promises that
 * nobody ends worse than without trade, and that nothing is wasted (Arrow 1951). It does not make truth a good strategy (Hurwicz 1972).
 */
import {
  type AgentId,
  type Certificate,
  type Certified,
  type Claim,
  certified,
  directMechanism,
  type ErrorDetails,
  type Mechanism,
  perAgent,
  type ReportRequest,
  type Setup,
} from '@mechane/core';
import * as z from 'zod';
import { type EquilibriumResiduals, verifyEquilibrium } from './equilibrium-certificate.ts';
import { amountsTooLarge, numeraireNeeded } from './errors.ts';
import { type ExchangeReport, owned, readEconomy } from './exchange-agents.ts';
import { equilibriumOf } from './exchange-equilibrium.ts';
import { waysToTrade } from './trading-circles.ts';
import { bundleValue } from './utility/bundle-value.ts';
import { type Bundle, bundle, utility } from './utility/utility.ts';

/** @category Types of mechanisms */
export interface ExchangeSettings {
  /** Steps after which to give up: 10,000 unless given. */
  maxRounds?: number | undefined;
  /** The residual up to which prices count as an equilibrium: 1e-8 unless given. */
  tolerance?: number | undefined;
}

interface FullExchangeSettings {
  maxRounds: number;
  tolerance: number;
}

/** @category Types of mechanisms */
export interface ExchangeOutcome {
  readonly equilibriumFound: boolean;
  /** By good, summing to 1; none where no equilibrium was found. A good that nobody can pay for is free. */
  readonly prices: Readonly<Record<string, number>>;
  /** By agent, the goods of which it has some in the end: its endowment where no equilibrium was found. */
  readonly allocation: Readonly<Record<AgentId, Bundle>>;
  /** Why there is no equilibrium, or what went wrong. */
  readonly reason?: string | undefined;
}

/** @category Types of mechanisms */
export type ExchangeMarket = Mechanism<{
  id: 'market/exchange';
  settings: ExchangeSettings;
  report: ExchangeReport;
  outcome: ExchangeOutcome;
  message: ExchangeReport;
  ask: ReportRequest;
  certificate: ExchangeCertificate;
}>;

/**
 * How far prices and allocation are from an equilibrium; no evidence where nothing was searched, since there is none.
 *
 * @category Types of mechanisms
 */
export interface ExchangeCertificate extends Certificate, Partial<EquilibriumResiduals> {
  readonly status: 'converged' | 'max-rounds' | 'interrupted' | 'feasible';
  readonly method?: string;
  readonly iterations?: number;
  /** The prices that miss an equilibrium by least, where the search stopped before one. */
  readonly nearest?: Bundle;
}

const usualRounds = 10_000;
const usualTolerance = 1e-8;

const settings: z.ZodType<FullExchangeSettings, ExchangeSettings> = z.strictObject({
  maxRounds: z.int().positive().default(usualRounds),
  tolerance: z.number().positive().max(1).default(usualTolerance),
});

/** The report of an agent that trades what it has. */
export const exchangeReport: z.ZodType<ExchangeReport, ExchangeReport> = z.strictObject({
  endowment: bundle.describe('How much the agent has of each good'),
  utility,
});

/** What is wrong with a report in an economy without money. */
export function refuseMoney({ utility: wanted }: ExchangeReport): ErrorDetails | undefined {
  return wanted.kind === 'quasi-linear' && wanted.numeraire === undefined ? numeraireNeeded : undefined;
}

/**
 * The exchange economy of Arrow and Debreu. Agents without anything of value get nothing; a good that nobody with something to give
 * wants is free and stays with those who have it.
 *
 * Where there is no equilibrium, everybody keeps what it has, and `reason` says why. The certificate has what is missing from an equilibrium,
 * as {@link verifyEquilibrium} finds it; its status is `converged` where that is within the tolerance, `feasible` where there is no
 * equilibrium, otherwise `max-rounds`, or `interrupted`.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = {
 *   ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
 *   bob: { endowment: { y: 2 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
 * } as const;
 * const { outcome } = mechane.run('market/exchange', { reports });
 * outcome.allocation.ann?.y?.toFixed(6); // => '1.000000'
 * (outcome.prices.x ?? 0) / (outcome.prices.y ?? 1); // => 2
 * ```
 */
export const exchange: ExchangeMarket = directMechanism({
  id: 'market/exchange',
  summary: 'Lets agents trade what they have, at prices at which supply meets demand of every good',
  settings,
  report: exchangeReport,
  outcome: z.strictObject({
    equilibriumFound: z.boolean(),
    prices: z.record(z.string(), z.number().nonnegative()),
    allocation: z.record(z.string(), bundle),
    reason: z.string().optional(),
  }),
  refuseReport: refuseMoney,
  decide: trade,
  utility: (agent, { utility: wanted }, { allocation }) => bundleValue(wanted, allocation[agent] as Bundle),
  outsideOption: (_agent, { endowment, utility: wanted }) => bundleValue(wanted, endowment),
  claims: ({ maxRounds, tolerance }): readonly Claim<ExchangeSettings, ExchangeReport>[] => [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'An agent moves prices by what it reports (Hurwicz 1972)',
      witness: {
        reports: {
          ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
          bob: { endowment: { y: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 1, y: 1 } } },
        },
        deviation: { ann: { endowment: { x: 1 }, utility: { kind: 'cobb-douglas', weights: { x: 3, y: 2 } } } },
      },
    },
    {
      law: 'individually-rational',
      holds: { approximately: 1e-6 },
      because: 'Everybody could keep what it has, at any prices',
    },
    // An equilibrium is found with rounds enough, and no more tolerance than usual.
    ...(maxRounds >= usualRounds && tolerance <= usualTolerance ? [efficientAmongOwners] : []),
  ],
});

const efficientAmongOwners: Claim<ExchangeSettings, ExchangeReport> = {
  law: 'pareto-efficient',
  holds: true,
  domain: 'owners-of-everything',
  because: 'The first theorem of welfare economics (Arrow 1951)',
};

function trade(
  reports: ReadonlyMap<AgentId, ExchangeReport>,
  { settings: { maxRounds, tolerance }, participants, tieOrder, signal }: Setup<FullExchangeSettings, ExchangeReport>,
): Certified<ExchangeOutcome, ExchangeCertificate> {
  const economy = readEconomy(reports, tieOrder);
  const { supplies } = economy;
  if (!Object.values(supplies).every(Number.isFinite)) throw amountsTooLarge();
  const endowments = perAgent(participants, (agent) => owned(reports.get(agent)?.endowment ?? {}));
  const keeping = (reason: string): ExchangeOutcome => ({
    equilibriumFound: false,
    prices: {},
    allocation: endowments,
    reason,
  });
  const ways = waysToTrade(economy);
  let nearest: (EquilibriumResiduals & Pick<ExchangeCertificate, 'method' | 'iterations' | 'nearest'>) | undefined;
  let spent = 0;
  for (let way = ways.next(); ; way = ways.next()) {
    if (way.done) {
      if (way.value) return certified(keeping(way.value.reason), { status: 'feasible' });
      break;
    }
    const equilibrium = equilibriumOf(economy, way.value, endowments, maxRounds - spent, signal);
    if (equilibrium === undefined) continue;
    const { method, iterations, ...found } = equilibrium;
    spent += iterations;
    if (!Object.values(found.prices).every(Number.isFinite)) throw amountsTooLarge();
    const residuals = verifyEquilibrium({ supplies, agents: reports, ...found });
    const evidence = { ...residuals, method, iterations: spent };
    if (residuals.residual <= tolerance) {
      return certified({ equilibriumFound: true, ...found }, { status: 'converged', ...evidence });
    }
    if (nearest === undefined || residuals.residual < nearest.residual)
      nearest = { ...evidence, nearest: found.prices };
    if (spent >= maxRounds || signal?.aborted) break;
  }
  const [status, stopped] = signal?.aborted
    ? (['interrupted', 'was interrupted'] as const)
    : (['max-rounds', 'stopped'] as const);
  const reason = nearest
    ? `the search ${stopped} at prices that miss an equilibrium by ${nearest.residual.toPrecision(2)}`
    : `the search ${stopped} before it had found prices for every choice of goods that may be free`;
  return certified(keeping(reason), { status, ...nearest });
}
