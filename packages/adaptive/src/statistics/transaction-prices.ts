import type { AgentId } from '@mechane/core';

/** What an outcome may say of who got what at which price. */
interface Traded {
  /** Trades one by one, as in an order book; or what each agent traded. */
  readonly trades?: readonly { readonly price: number }[] | Readonly<Record<AgentId, unknown>>;
  readonly allocation?: Readonly<Record<AgentId, unknown>>;
  readonly clearingPrice?: unknown;
  readonly traded?: unknown;
}

/** Whether an agent has a share in what an outcome allocates or trades. */
export function hasTraded(outcome: object, agent: AgentId): boolean {
  const { allocation, trades } = outcome as Traded;
  if (Array.isArray(trades)) return trades.some(({ buyer, seller }) => buyer === agent || seller === agent);
  return Boolean((allocation ?? (trades as Readonly<Record<AgentId, unknown>> | undefined))?.[agent]);
}

/** The prices at which something changed hands in a round: those of trades, the one that clears, or what each who got or gave a unit paid or got for it. */
export function transactionPrices(outcome: object, paid: Float64Array, agents: readonly AgentId[]): readonly number[] {
  const { trades, clearingPrice, traded } = outcome as Traded;
  if (Array.isArray(trades)) return trades.map(({ price }) => price);
  if (typeof clearingPrice === 'number' && traded !== 0) return [clearingPrice];
  const prices: number[] = [];
  for (let seat = 0; seat < agents.length; seat++) {
    if (hasTraded(outcome, agents[seat] as AgentId)) prices.push(Math.abs(paid[seat] as number));
  }
  return prices;
}
