/*
 * Divisible resources of several kinds, given where they are worth most: a linear program whose dual prices are the prices of the
 * resources.
 *
 * Koopmans, Activity Analysis of Production and Allocation (1951): at an optimum, no use in operation costs more than it is worth at these
 * prices, and none that would pay stands still. Budgets are those of budgeted allocation (Mehta, Saberi, Vazirani and Vazirani, Journal of the
 * ACM 54, 2007): what an agent gets is worth no more than its budget, so that it can pay.
 */
import {
  type AgentId,
  amount,
  type Certificate,
  type Certified,
  certified,
  directMechanism,
  emptyRecord,
  inMoney,
  inQuantity,
  type Mechanism,
  nearestKey,
  type Payments,
  paymentsByAgent,
  perAgent,
  positiveAmount,
  quantity,
  type ReportRequest,
  type Setup,
  signedAmount,
} from '@mechane/core';
import { dualBound, OptimizerService, violationAt } from '@mechane/optimization';
import * as z from 'zod';
import { unknownResource, unsolvedAllocation } from './errors.ts';
import { programOf, type ResourceReport, type ResourceUse, solved } from './resource-program.ts';
import type { Bundle } from './utility/utility.ts';

/** @category Types of mechanisms */
export interface MultiCommoditySettings {
  /** How much there is of each resource. */
  resources: Record<string, number>;
}

/** @category Types of mechanisms */
export interface MultiCommodityOutcome {
  /** By agent, the level of each of its uses. */
  readonly levels: Readonly<Record<AgentId, readonly number[]>>;
  readonly allocation: Readonly<Record<AgentId, Bundle>>;
  /** By resource: what a little more of it would be worth. */
  readonly prices: Readonly<Record<string, number>>;
  /** What each agent's resources cost. */
  readonly payments: Payments;
}

/** @category Types of mechanisms */
export type MultiCommodity = Mechanism<{
  id: 'market/multi-commodity';
  settings: MultiCommoditySettings;
  report: ResourceReport;
  outcome: MultiCommodityOutcome;
  message: ResourceReport;
  ask: ReportRequest;
  certificate: ProgramCertificate;
}>;

/**
 * By how much the program and its dual are apart, and its conditions missed.
 *
 * @category Types of mechanisms
 */
export interface ProgramCertificate extends Certificate {
  readonly status: 'optimal' | 'feasible';
  readonly welfare: number;
  readonly bound: number;
  readonly gap: number;
  readonly violation: number;
}

/** Programs are solved within these bounds of size. */
const within = { least: 1e-6, most: 1e9 };
const coefficient = z
  .number()
  .refine(
    (given) => given === 0 || (given >= within.least && given <= within.most),
    `expected 0, or a number from ${within.least} to ${within.most}`,
  );
/** How often a use takes what it needs: no quantity of anything. */
const level = z.number().nonnegative();
/** How far a point and a bound may be apart to count as the same, as a part of them. */
const proof = 1e-7;

/**
 * Allocates divisible resources by a linear program. Prices are its duals: no agent pays more than its uses are worth, and unused
 * resources are free. The certificate has the bound that these prices prove (`dualBound` of `@mechane/optimization`), and by how much the
 * allocation breaks a limit, both computed anew from the program.
 *
 * @throws MechaneError `unsolved-allocation` when the optimizer comes back without an answer
 * @category Mechanisms
 *
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * await mechane.prepare();
 * const settings = { resources: { cpu: 4, memory: 6 } };
 * const reports = {
 *   web: { uses: [{ value: 3, needs: { cpu: 1, memory: 1 } }] },
 *   batch: { uses: [{ value: 4, needs: { cpu: 1, memory: 2 } }] },
 * };
 * const { outcome } = mechane.run('market/multi-commodity', { settings, reports });
 * [outcome.prices.cpu, outcome.prices.memory]; // => [2, 1]
 * outcome.payments; // => { web: 6, batch: 8 }
 * ```
 */
export const multiCommodity: MultiCommodity = directMechanism({
  id: 'market/multi-commodity',
  summary: 'Gives divisible resources to the uses that are worth most, at the prices of the dual program',
  needs: [OptimizerService],
  settings: z.strictObject({ resources: z.record(z.string(), inQuantity(coefficient)) }),
  report: z.strictObject({
    uses: z.array(
      z.strictObject({
        value: inMoney(coefficient),
        needs: z
          .record(z.string(), inQuantity(coefficient))
          .refine((needs) => Object.values(needs).some((need) => need > 0), 'expected a need'),
        limit: level.max(within.most).optional(),
      }),
    ),
    budget: positiveAmount.max(within.most).optional(),
  }),
  certificate: z.looseObject({ welfare: signedAmount, bound: signedAmount, gap: signedAmount }),
  outcome: z.strictObject({
    levels: z.record(z.string(), z.array(level)),
    allocation: z.record(z.string(), z.record(z.string(), quantity)),
    prices: z.record(z.string(), amount),
    payments: paymentsByAgent,
  }),
  refuseReport({ uses }, { resources }) {
    for (const [index, { needs }] of uses.entries()) {
      const strange = Object.keys(needs).find((resource) => !Object.hasOwn(resources, resource));
      if (strange !== undefined)
        return unknownResource(['uses', index, 'needs', strange], strange, nearestKey(strange, Object.keys(resources)));
    }
    return undefined;
  },
  decide: allocate,
  value: (agent, { uses, budget = Infinity }, { levels }) => {
    const worth = uses.reduce((sum, { value }, index) => sum + value * (levels[agent]?.[index] ?? 0), 0);
    return Math.min(worth, budget);
  },
  claims: [
    {
      law: 'strategy-proof',
      holds: false,
      because: 'The price of a scarce resource is set by what is reported for it, the winner’s own report included',
      witness: {
        settings: { resources: { cpu: 1 } },
        reports: { ann: { uses: [{ value: 5, needs: { cpu: 1 } }] }, bob: { uses: [{ value: 2, needs: { cpu: 1 } }] } },
        deviation: { ann: { uses: [{ value: 3, needs: { cpu: 1 } }] } },
      },
    },
    {
      law: 'not-obviously-manipulable',
      holds: false,
      because:
        'Troyan and Morrill 2020: alone the truth pays all that a scarce resource is worth to it, and a lower value less',
      witness: {
        settings: { resources: { cpu: 1 } },
        reports: { ann: { uses: [{ value: 5, needs: { cpu: 1 } }] } },
        deviation: { ann: { uses: [{ value: 3, needs: { cpu: 1 } }] } },
        agent: 'ann',
      },
    },
    {
      law: 'shill-proof',
      holds: false,
      because: 'By definition: a shill makes a resource scarce that was not',
      witness: {
        settings: { resources: { cpu: 4 } },
        reports: { ann: { uses: [{ value: 2, needs: { cpu: 1 }, limit: 1 }] } },
        deviation: { shill: { uses: [{ value: 1, needs: { cpu: 4 }, limit: 1 }] } },
      },
    },
    {
      law: 'credible',
      holds: false,
      because: 'Akbarpour and Li 2020, of sealed reports: who uses little cannot tell whether the rest is wanted',
      witness: {
        settings: { resources: { cpu: 10, memory: 3 } },
        reports: {
          ann: { uses: [{ value: 2, needs: { cpu: 1 }, limit: 1 }] },
          bob: { uses: [{ value: 4, needs: { memory: 2 } }], budget: 3 },
          cat: { uses: [{ value: 2, needs: { cpu: 1 }, limit: 1 }] },
        },
      },
    },
    {
      law: 'non-bossy',
      holds: false,
      because: 'By definition: a use that is just not worth its resource may be the one that prices it',
      witness: {
        settings: { resources: { cpu: 10, memory: 3 } },
        reports: {
          ann: { uses: [{ value: 4, needs: { memory: 2 } }], budget: 3 },
          bob: { uses: [{ value: 4, needs: { memory: 2 } }], budget: 3 },
          cat: { uses: [] },
        },
        deviation: { cat: { uses: [{ value: 1, needs: { memory: 1 } }], budget: 1 } },
        agent: 'cat',
      },
    },
    {
      law: 'individually-rational',
      holds: { approximately: 1e-6 },
      because: 'Complementary slackness: a use in operation costs no more than it is worth',
    },
    { law: 'no-deficit', holds: true, because: 'Prices are not negative' },
  ],
});

function allocate(
  reports: ReadonlyMap<AgentId, ResourceReport>,
  { settings: { resources }, participants, tieOrder, service }: Setup<MultiCommoditySettings, ResourceReport>,
): Certified<MultiCommodityOutcome, ProgramCertificate> {
  const names = Object.keys(resources).sort();
  const agents = [...reports].sort(([a], [b]) => tieOrder(a, b));
  const { program: built, columns } = programOf(resources, names, agents);
  const solution = solved(service(OptimizerService), resources, names, agents, built);
  if ('status' in solution) throw unsolvedAllocation(solution.status);
  const { primal, rows } = solution;
  // Of the point itself: what the optimizer says of it is not taken for granted.
  const welfare = primal.reduce((sum, times, column) => sum + times * (built.costs[column] as number), 0);
  const bound = dualBound(built, rows);
  const violation = violationAt(built, primal);
  const proved = bound - welfare <= proof * Math.max(1, Math.abs(welfare)) && violation <= proof;
  const prices = emptyRecord<number>();
  names.forEach((name, row) => {
    prices[name] = Math.max(0, rows[row] as number);
  });
  const levels = perAgent(participants, (agent) =>
    (columns.get(agent) ?? []).map((column) => Math.max(0, primal[column] as number)),
  );
  const allocation = perAgent(participants, (agent) =>
    usedBy(reports.get(agent)?.uses ?? [], levels[agent] as readonly number[]),
  );
  const payments = perAgent(participants, (agent) =>
    Object.entries(allocation[agent] as Bundle).reduce(
      (sum, [name, quantity]) => sum + quantity * (prices[name] as number),
      0,
    ),
  );
  return certified(
    { levels, allocation, prices, payments },
    { status: proved ? 'optimal' : 'feasible', welfare, bound, gap: bound - welfare, violation },
  );
}

function usedBy(uses: readonly ResourceUse[], levels: readonly number[]): Record<string, number> {
  const used = emptyRecord<number>();
  uses.forEach(({ needs }, index) => {
    for (const [name, need] of Object.entries(needs)) {
      const quantity = need * (levels[index] as number);
      if (quantity > 0) used[name] = (used[name] ?? 0) + quantity;
    }
  });
  return used;
}
