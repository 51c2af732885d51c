import type { AgentId } from '@mechane/core';
import { paymentsOf } from '@mechane/core/host';

/** An outcome, and what each agent pays in it, in the order of agents. */
export interface Settled {
  readonly outcome: object;
  readonly payments: readonly number[];
  /** Once they were asked for: see {@link pricesOf}. */
  prices: readonly number[] | undefined;
}

export function settle(outcome: object, agents: readonly AgentId[]): Settled {
  const paid = paymentsOf(outcome);
  // Plain arrays: of typed ones, thousands that are kept cost much to the collector of garbage.
  const payments: number[] = [];
  for (let seat = 0; seat < agents.length; seat++) payments.push(paid?.[agents[seat] as AgentId] ?? 0);
  return { outcome, payments, prices: undefined };
}

/** The price at which each agent traded, if each has one unit; no number where it did not. */
export function pricesOf(settled: Settled, agents: readonly AgentId[]): readonly number[] {
  settled.prices ??= settled.payments.map((paid, seat) =>
    hasTraded(settled.outcome, agents[seat] as AgentId) ? Math.abs(paid) : Number.NaN,
  );
  return settled.prices;
}

/** Whether an agent has a share in what an outcome allocates or trades. */
export function hasTraded(outcome: object, agent: AgentId): boolean {
  const { allocation, trades } = outcome as Readonly<
    Record<'allocation' | 'trades', Readonly<Record<AgentId, unknown>> | undefined>
  >;
  return Boolean((allocation ?? trades)?.[agent]);
}
