import type { AgentId, PriceClock, Replies, TieOrder } from '@mechane/core';

/** What an agent does when a moving price reaches one of the prices that matter to it. */
export interface ClockAnswer {
  readonly agent: AgentId;
  readonly price: number;
  readonly stops: boolean;
}

/**
 * What a round of a continuous clock stands for: at each price agents say one after another whether they stop it, and the first that does
 * ends the round. Where an ascending price reaches several that would, the least preferred by the tie order is asked first; of a
 * descending one, the most preferred. What the others would have done at later prices is never seen.
 *
 * @param prices where agents of any type might stop it
 */
export function* clockAnswers(
  { direction, stopAt }: PriceClock,
  replies: Replies<unknown>,
  tieOrder: TieOrder,
  prices: readonly number[],
): Generator<ClockAnswer> {
  const onwards = direction === 'ascending' ? 1 : -1;
  const stops = new Map([...replies].map(([agent, message]) => [agent, stopAt(message)]));
  const asked = [...stops.keys()].sort((a, b) => -onwards * tieOrder(a, b));
  const path = [...new Set([...prices, ...stops.values()])].sort((a, b) => onwards * (a - b));
  for (const price of path) {
    for (const agent of asked) {
      const isStop = onwards * (stops.get(agent) ?? price) <= onwards * price;
      yield { agent, price, stops: isStop };
      if (isStop) return;
    }
  }
}
