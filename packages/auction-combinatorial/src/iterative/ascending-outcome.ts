import {
  type AgentId,
  type Certified,
  certified,
  type History,
  historyOmitted,
  perAgent,
  type Told,
} from '@mechane/core';
import * as z from 'zod';
import { copiesOf, type GoodsForSale } from '../goods.ts';
import { type PackageOutcome, packageOutcome, type WelfareCertificate } from '../package-auction.ts';
import type { PackageBid } from '../package-bids.ts';
import type { PackageMessage } from './package-message.ts';
import type { ProvisionalAllocation } from './provisional-allocation.ts';
import { type PackageRound, packageRound } from './round-history.ts';
import type { Stop } from './searches.ts';

/**
 * Who gets what for how much, and how bids rose in the first 10,000 rounds.
 *
 * @category Types of mechanisms
 */
export interface AscendingOutcome extends PackageOutcome, Told<PackageRound> {
  readonly rounds: number;
}

/**
 * How good the allocation is by the bids that were made; `max-rounds` or `interrupted` where the auction was stopped.
 *
 * @category Types of mechanisms
 */
export interface AscendingCertificate extends Omit<WelfareCertificate, 'status'> {
  readonly status: WelfareCertificate['status'] | Stop;
}

export const ascendingOutcome: z.ZodType<AscendingOutcome> = packageOutcome.extend({
  rounds: z.int().nonnegative(),
  history: z.array(packageRound),
  historyOmitted,
});

/** What an agent said; silence is passing. */
export function bidsIn(message: PackageMessage | undefined): readonly PackageBid[] {
  return message?.bids ?? [];
}

/** The provisional allocation becomes the outcome, and winners pay what they bid. @param stop nothing where bidding has ended by itself */
export function concluded(
  { winners, certificate }: ProvisionalAllocation,
  stop: Stop | undefined,
  conduct: {
    readonly participants: readonly AgentId[];
    readonly settings: { readonly goods: GoodsForSale };
    readonly rounds: number;
    readonly history: History<PackageRound>;
  },
): Certified<AscendingOutcome, AscendingCertificate> {
  const { participants, settings, rounds, history } = conduct;
  const goods = [...copiesOf(settings.goods).keys()];
  const outcome: AscendingOutcome = {
    allocation: perAgent(winners.keys(), (agent) => goods.filter((good) => winners.get(agent)?.bundle.includes(good))),
    payments: perAgent(participants, (agent) => winners.get(agent)?.value ?? 0),
    rounds,
    ...history.told(),
  };
  return certified(outcome, stop ? { ...certificate(), status: stop } : certificate());
}
