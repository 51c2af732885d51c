/** What the auctions of packages have in common: who gets which goods, what that is worth, and how much of it is proved. */
import {
  type AgentId,
  byCodeUnit,
  type Certificate,
  type Mechanism,
  type Payments,
  paymentsByAgent,
  type ReportRequest,
} from '@mechane/core';
import { type Budget, type Checked, fromUnits, type PackingSolution, solvePacking } from '@mechane/packing';
import * as z from 'zod';
import { type AuctionPacking, allocationOf, auctionPacking, bidsByAgent, worthOf } from './auction-packing.ts';
import { type AuctionSettings, type auctionSettings, copiesOf } from './goods.ts';
import { listOf, type PackageBid, type PackageBids, type packageBids } from './package-bids.ts';
import { recheckAllocation, recheckOptimum } from './recheck.ts';
import { leftOf } from './search-budget.ts';
import type { BestFound } from './unproved-optimum.ts';

/**
 * Who gets which goods, and who pays how much.
 *
 * @category Types of mechanisms
 */
export interface PackageOutcome {
  /** Goods by agent, a good as often as the agent gets copies; whoever is missing gets none. */
  readonly allocation: Readonly<Record<AgentId, readonly string[]>>;
  readonly payments: Payments;
}

export const packageOutcome: z.ZodObject<
  {
    allocation: z.ZodRecord<z.ZodString, z.ZodArray<z.ZodString>>;
    payments: typeof paymentsByAgent;
  },
  z.core.$strict
> = z.strictObject({ allocation: z.record(z.string(), z.array(z.string())), payments: paymentsByAgent });

/**
 * A sealed-bid auction of packages.
 *
 * @category Types of mechanisms
 */
export type PackageAuction<
  Id extends string,
  Proof extends Certificate | undefined = WelfareCertificate,
  Settings = z.input<typeof auctionSettings>,
> = Mechanism<{
  id: Id;
  settings: Settings;
  report: z.input<typeof packageBids>;
  outcome: PackageOutcome;
  message: z.input<typeof packageBids>;
  ask: ReportRequest;
  certificate: Proof;
}>;

/**
 * How good the allocation is that bids came to, in money.
 *
 * @category Types of mechanisms
 */
export interface WelfareCertificate extends Certificate {
  readonly status: 'optimal' | 'feasible';
  readonly welfare: number;
  /** No allocation is worth more. */
  readonly bound: number;
  /** What the bound leaves open, as a share of it. */
  readonly gap: number;
  /**
   * What was looked at again by code that shares nothing with the search: the bound as well, or no more than that the allocation is one and
   * worth what is said, as for very long searches and those that a limit stopped.
   */
  readonly checked: Checked;
}

/**
 * How good the allocation is, and which coalitions would object if winners paid any less.
 *
 * @category Types of mechanisms
 */
export interface CoreCertificate extends WelfareCertificate {
  readonly binding: readonly (readonly AgentId[])[];
}

/** The certificate of an allocation, once it has been looked at again. */
export function welfareCertificate(
  reports: ReadonlyMap<AgentId, PackageBids>,
  { goods }: AuctionSettings,
  auction: AuctionPacking,
  { selection, bound, proof }: Pick<PackingSolution, 'selection' | 'bound' | 'proof'>,
): WelfareCertificate {
  const welfare = worthOf(auction, selection.sets);
  const winners = bidsByAgent(auction, selection.sets);
  const positions = new Map(
    [...winners].map(([agent, own]) => [agent, own.map((bid) => auction.bids[bid]?.position ?? -1)] as const),
  );
  const copies = copiesOf(goods);
  recheckAllocation(reports, copies, positions, welfare);
  if (bound === selection.value) {
    const checked = proof ? recheckOptimum(reports, copies, auction, bound, proof) : 'feasibility';
    return { status: 'optimal', welfare, bound: welfare, gap: 0, checked };
  }
  const most = fromUnits(bound, auction.units);
  return { status: 'feasible', welfare, bound: most, gap: (most - welfare) / most, checked: 'feasibility' };
}

/** What a search has found, in money as it is written outside; put together when it is first asked for. */
export function bestFound(
  auction: AuctionPacking,
  { selection, bound }: Pick<PackingSolution, 'selection' | 'bound'>,
  written: (amount: number) => number,
): () => BestFound {
  let found: BestFound | undefined;
  return () => {
    found ??= {
      allocation: allocationOf(auction, selection.sets),
      welfare: written(worthOf(auction, selection.sets)),
      bound: written(fromUnits(bound, auction.units)),
    };
    return found;
  };
}

/** What was found for the reports of a run, so that measuring efficiency does not search again. */
interface Remembered {
  readonly reports: ReadonlyMap<AgentId, PackageBids>;
  /** How amounts in the reports are written outside. */
  readonly written: (amount: number) => number;
  /** An efficient allocation; none where the limits left it open. */
  readonly best: PackageOutcome['allocation'] | undefined;
}

/** By the goods of a run. */
const remembered = new WeakMap<AuctionSettings['goods'], Remembered>();

/** Keeps the best allocation for the reports of a run, or that the limits left it open. */
export function remember({ goods }: AuctionSettings, found: Remembered): void {
  remembered.set(goods, found);
}

/** Whether bids are those of the reports, amounts as they are written. */
function areReports(types: ReadonlyMap<AgentId, PackageBids>, { reports, written }: Remembered): boolean {
  if (types === reports) return true;
  if (types.size !== reports.size) return false;
  for (const [agent, type] of types) {
    const report = reports.get(agent);
    if (report === undefined || 'xor' in type !== 'xor' in report) return false;
    if ('or' in type && 'or' in report && type.dummies !== report.dummies) return false;
    const [own, said] = [listOf(type), listOf(report)];
    if (own.length !== said.length) return false;
    for (const [index, { bundle, value }] of own.entries()) {
      const bid = said[index] as PackageBid;
      if (bundle !== bid.bundle || value !== written(bid.value)) return false;
    }
  }
  return true;
}

/** What an agent of this type makes of the goods it gets. */
export function valueOfPackage(
  agent: AgentId,
  type: PackageBids,
  { allocation }: PackageOutcome,
  settings: AuctionSettings,
): number {
  return valueOfGoods(type, allocation[agent] ?? [], leftOf(settings));
}

/** The most that bids of this type add up to within these goods. */
export function valueOfGoods(type: PackageBids, goods: readonly string[], budget: Budget): number {
  if (goods.length === 0) return 0;
  const copies = new Map<string, number>();
  for (const good of goods) copies.set(good, (copies.get(good) ?? 0) + 1);
  const dummies = new Set('or' in type ? type.dummies : []);
  const within = listOf(type).filter(({ bundle }) => bundle.every((good) => copies.has(good) || dummies.has(good)));
  if ('xor' in type) return within.reduce((most, { value }) => Math.max(most, value), 0);
  const own = auctionPacking(new Map([['', { ...type, or: within }]]), copies, byCodeUnit);
  return worthOf(own, solvePacking(own.packing, budget).selection.sets);
}

/** The best that could be done with the goods; not a number where the limits leave that open. */
export function bestPackageWelfare(types: ReadonlyMap<AgentId, PackageBids>, settings: AuctionSettings): number {
  const known = remembered.get(settings.goods);
  const budget = leftOf(settings);
  const worthToAll = (allocation: PackageOutcome['allocation']): number => {
    let worth = 0;
    for (const [agent, type] of types) worth += valueOfGoods(type, allocation[agent] ?? [], budget);
    return worth;
  };
  if (known && areReports(types, known)) return known.best === undefined ? Number.NaN : worthToAll(known.best);
  const auction = auctionPacking(types, copiesOf(settings.goods), byCodeUnit);
  const { selection, bound } = solvePacking(auction.packing, budget);
  return bound === selection.value ? worthToAll(allocationOf(auction, selection.sets)) : Number.NaN;
}
