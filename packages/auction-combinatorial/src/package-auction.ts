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
import { type Checked, fromUnits, type PackingSolution, solvePacking } from '@mechane/packing';
import * as z from 'zod';
import { type AuctionPacking, allocationOf, auctionPacking, bidsByAgent, worthOf } from './auction-packing.ts';
import { type AuctionSettings, type auctionSettings, copiesOf } from './goods.ts';
import { listOf, type PackageBids, type packageBids } from './package-bids.ts';
import { recheckAllocation, recheckOptimum } from './recheck.ts';

/** Who gets which goods, and who pays how much. */
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

/** A sealed-bid auction of packages. */
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

/** How good the allocation is that bids came to, in money. */
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

/** How good the allocation is, and which coalitions would object if winners paid any less. */
export interface CoreCertificate extends WelfareCertificate {
  readonly binding: readonly (readonly AgentId[])[];
}

/** The certificate of an allocation, once it has been looked at again. */
export function welfareCertificate(
  reports: ReadonlyMap<AgentId, PackageBids>,
  { goods }: AuctionSettings,
  auction: AuctionPacking,
  { selection, bound, proof }: PackingSolution,
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

/** Efficient allocations that were found for reports, so that measuring efficiency does not search again. */
const remembered = new WeakMap<object, { settings: unknown; value: number }>();

/** Keeps what the best allocation for these reports is worth to them, or that the limits left it open. */
export function remember(
  reports: ReadonlyMap<AgentId, PackageBids>,
  settings: AuctionSettings,
  best: PackageOutcome['allocation'] | undefined,
): void {
  remembered.set(reports, { settings, value: best === undefined ? Number.NaN : worthToAll(reports, best) });
}

function worthToAll(types: ReadonlyMap<AgentId, PackageBids>, allocation: PackageOutcome['allocation']): number {
  let worth = 0;
  for (const [agent, type] of types) worth += valueOfGoods(type, allocation[agent] ?? []);
  return worth;
}

/** What an agent of this type makes of the goods it gets. */
export function valueOfPackage(agent: AgentId, type: PackageBids, { allocation }: PackageOutcome): number {
  return valueOfGoods(type, allocation[agent] ?? []);
}

/** The most that bids of this type add up to within these goods. */
export function valueOfGoods(type: PackageBids, goods: readonly string[]): number {
  if (goods.length === 0) return 0;
  const copies = new Map<string, number>();
  for (const good of goods) copies.set(good, (copies.get(good) ?? 0) + 1);
  const dummies = new Set('or' in type ? type.dummies : []);
  const within = listOf(type).filter(({ bundle }) => bundle.every((good) => copies.has(good) || dummies.has(good)));
  if ('xor' in type) return within.reduce((most, { value }) => Math.max(most, value), 0);
  const own = auctionPacking(new Map([['', { ...type, or: within }]]), copies, byCodeUnit);
  return worthOf(own, solvePacking(own.packing).selection.sets);
}

/** The best that could be done with the goods; not a number where the limits leave that open. */
export function bestPackageWelfare(types: ReadonlyMap<AgentId, PackageBids>, settings: AuctionSettings): number {
  const known = remembered.get(types);
  if (known && known.settings === settings) return known.value;
  const auction = auctionPacking(types, copiesOf(settings.goods), byCodeUnit);
  const { selection, bound } = solvePacking(auction.packing, settings);
  if (bound !== selection.value) return Number.NaN;
  return worthToAll(types, allocationOf(auction, selection.sets));
}
