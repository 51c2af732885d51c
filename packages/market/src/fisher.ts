/*
 * The Fisher market: buyers with budgets, goods to be divided, prices at which everything is sold and nobody would rather buy something
 * else.
 *
 * Fisher's model of 1891 is in Brainard and Scarf, "How to compute equilibrium prices in 1891" (2000); Eisenberg and Gale, Annals of
 * Mathematical Statistics 30 (1959), show that the equilibrium maximizes the product of utilities to the power of budgets; Nisan et
 * al., Algorithmic Game Theory (2007), chapters 5 and 6, tell the rest. It promises that nothing is wasted and, among equal
 * budgets, that nobody prefers what another gets (Varian 1974). It does not make truth a good strategy.
 */
import {
  type AgentId,
  amount,
  type Certificate,
  type Certified,
  type Claim,
  certified,
  directMechanism,
  type ErrorDetails,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  positiveQuantity,
  type ReportRequest,
  type Setup,
} from '@mechane/core';
import * as z from 'zod';
import { type EquilibriumResiduals, verifyEquilibrium } from './equilibrium-certificate.ts';
import { type FisherMethod, fisherSolvers, solveFisher } from './equilibrium-solvers/fisher-solvers.ts';
import { amountsTooLarge, unfitMethod, unknownMarketGood } from './errors.ts';
import { type FisherReport, numberFisher, readFisher } from './fisher-agents.ts';
import { bundleValue } from './utility/bundle-value.ts';
import { type Bundle, bundle, buyerUtility, shapeOf } from './utility/utility.ts';

/** @category Types of mechanisms */
export interface FisherSettings {
  /** How much there is of each good. */
  goods: Record<string, number>;
  /** How to look for the equilibrium: whichever way fits, unless given. */
  method?: FisherMethod | undefined;
  /** Steps after which to give up: 10,000 unless given. */
  maxRounds?: number | undefined;
  /** The residual up to which prices count as an equilibrium: 1e-8 unless given. */
  tolerance?: number | undefined;
}

interface FullFisherSettings extends FisherSettings {
  maxRounds: number;
  tolerance: number;
}

/** @category Types of mechanisms */
export interface FisherOutcome {
  /** By good. A good that nobody wants costs nothing, and goes to nobody. */
  readonly prices: Readonly<Record<string, number>>;
  /** By agent, the goods of which it gets some. */
  readonly allocation: Readonly<Record<AgentId, Bundle>>;
  readonly payments: Payments;
}

/** @category Types of mechanisms */
export type FisherMarket = Mechanism<{
  id: 'market/fisher';
  settings: FisherSettings;
  report: FisherReport;
  outcome: FisherOutcome;
  message: FisherReport;
  ask: ReportRequest;
  certificate: FisherCertificate;
}>;

/**
 * How far prices and allocation are from an equilibrium, and who found them.
 *
 * @category Types of mechanisms
 */
export interface FisherCertificate extends Certificate, EquilibriumResiduals {
  readonly status: 'converged' | 'max-rounds' | 'interrupted';
  readonly method: string;
  readonly iterations: number;
}

const usualRounds = 10_000;
const usualTolerance = 1e-8;

const settings: z.ZodType<FullFisherSettings, FisherSettings> = z.strictObject({
  goods: z.record(z.string(), positiveQuantity).describe('How much there is of each good'),
  method: z.enum(Object.keys(fisherSolvers) as [FisherMethod]).optional(),
  maxRounds: z.int().positive().default(usualRounds),
  tolerance: z.number().positive().max(1).default(usualTolerance),
});

const report: z.ZodType<FisherReport, FisherReport> = z.strictObject({
  budget: amount.describe('Money to spend; it is worth nothing by itself, unless the utility is quasi-linear'),
  utility: buyerUtility,
});

/**
 * The Fisher market. Agents without a budget get nothing, and a good that nobody with a budget wants is free and goes to nobody.
 *
 * The certificate has what is missing from an equilibrium, as {@link verifyEquilibrium} finds it. Its status is `converged` where that is
 * within the tolerance, otherwise `max-rounds`, or `interrupted`.
 *
 * @category Mechanisms
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = {
 *   ann: { budget: 3, utility: { kind: 'linear', weights: { x: 2, y: 1 } } },
 *   bob: { budget: 1, utility: { kind: 'linear', weights: { x: 1, y: 1 } } },
 * } as const;
 * const { prices } = mechane.run('market/fisher', { settings: { goods: { x: 1, y: 1 } }, reports }).outcome;
 * [prices.x, prices.y].map((price) => price?.toFixed(6)); // => ['2.666667', '1.333333']
 * ```
 */
export const fisher: FisherMarket = directMechanism({
  id: 'market/fisher',
  summary: 'Divides goods among buyers with budgets, at prices at which all is sold and all money spent',
  settings,
  report,
  outcome: z.strictObject({
    prices: z.record(z.string(), amount),
    allocation: z.record(z.string(), bundle),
    payments: paymentsByAgent,
  }),
  refuseReport({ utility: wanted }, { goods, method }) {
    const strange = strangeGood(wanted, goods);
    if (strange || method === undefined) return strange;
    const { rho, keepsMoney } = shapeOf(wanted);
    const unfit = fisherSolvers[method].unfit(rho, keepsMoney);
    return unfit === undefined ? undefined : unfitMethod(method, unfit);
  },
  decide: divide,
  utility(agent, { utility: wanted }, { allocation, payments }) {
    const value = bundleValue(wanted, allocation[agent] as Bundle);
    return wanted.kind === 'quasi-linear' ? value - (payments[agent] as number) : value;
  },
  claims: ({ maxRounds, tolerance }): readonly Claim<FisherSettings, FisherReport>[] => [
    {
      law: 'strategy-proof',
      holds: false,
      because:
        'Prices depend on what is reported: a buyer gains by hiding what it wants most (Adsul, Babu, Garg, Mehta and Sohoni 2010)',
      witness: {
        settings: { goods: { x: 1, y: 1 } },
        reports: {
          ann: { budget: 1, utility: { kind: 'linear', weights: { x: 2, y: 1 } } },
          bob: { budget: 1, utility: { kind: 'linear', weights: { x: 1, y: 2 } } },
        },
        deviation: { ann: { budget: 1, utility: { kind: 'linear', weights: { x: 1, y: 1.5 } } } },
      },
    },
    {
      law: 'individually-rational',
      holds: true,
      because: 'Money that is not spent is worth nothing, or is spent only on what is worth more',
    },
    { law: 'no-deficit', holds: true, because: 'Nobody is paid anything' },
    ...(maxRounds >= usualRounds && tolerance <= usualTolerance ? ofEquilibria : []),
  ],
});

/** What is true of equilibria, and so of what is found with rounds enough, and no more tolerance than usual. */
const ofEquilibria: readonly Claim<FisherSettings, FisherReport>[] = [
  {
    law: 'pareto-efficient',
    holds: true,
    domain: 'equal-budgets',
    because:
      'The first theorem of welfare economics: what anybody likes better costs more than its budget (Arrow 1951)',
  },
  {
    law: 'envy-free',
    holds: { approximately: 1e-6 },
    domain: 'equal-budgets',
    because: 'Whoever has as much money could have bought what another got (Varian 1974)',
  },
];

function strangeGood({ kind, ...wanted }: FisherReport['utility'], goods: Bundle): ErrorDetails | undefined {
  const known = Object.keys(goods);
  const strange = Object.keys(wanted.weights).find((good) => !Object.hasOwn(goods, good));
  if (strange !== undefined) return unknownMarketGood(strange, known);
  if (!('numeraire' in wanted) || wanted.numeraire === undefined || Object.hasOwn(goods, wanted.numeraire))
    return undefined;
  return { ...unknownMarketGood(wanted.numeraire, known), path: ['utility', 'numeraire'] };
}

function divide(
  reports: ReadonlyMap<AgentId, FisherReport>,
  { settings: given, participants, tieOrder, signal }: Setup<FullFisherSettings, FisherReport>,
): Certified<FisherOutcome, FisherCertificate> {
  const { goods: supplies, method, maxRounds, tolerance } = given;
  const numbered = numberFisher(supplies, reports, tieOrder);
  const solution = solveFisher(numbered.market, { maxIterations: maxRounds, tolerance, signal }, method);
  const { prices, allocation, payments } = readFisher(numbered, solution, supplies, participants);
  if (![...Object.values(prices), ...Object.values(payments)].every(Number.isFinite)) throw amountsTooLarge();
  const residuals = verifyEquilibrium({ supplies, agents: reports, prices, allocation });
  const stop = signal?.aborted ? 'interrupted' : 'max-rounds';
  const status = residuals.residual <= tolerance ? 'converged' : stop;
  return certified(
    { prices, allocation, payments },
    { status, ...residuals, method: solution.method, iterations: solution.iterations },
  );
}
