import type { AgentId, Mechanism, Round, Strategy } from '@mechane/core';
import type { HoldRound } from '@mechane/core/host';
import type { Departing } from './departing.ts';
import { freshCopy } from './plain-copy.ts';

/**
 * Lets proxies answer, but for those who depart from them. A message that the schema or the round refuses was never said: its sender
 * keeps to its proxy, as somebody would who may try again.
 */
export function answeredWithDepartures(
  mechanism: Mechanism,
  read: ReadonlyMap<AgentId, unknown>,
  departing: ReadonlyMap<AgentId, Departing>,
): HoldRound {
  const strategies = new Map<AgentId, Strategy>();
  for (const [agent, report] of read) strategies.set(agent, mechanism.proxy(report, agent));
  const asked = new Map<AgentId, number>();
  return (round) => {
    const replies = new Map<AgentId, unknown>();
    for (const agent of round.agents) {
      const content = round.contentFor(agent);
      const count = (asked.get(agent) ?? 0) + 1;
      asked.set(agent, count);
      const own = strategies.get(agent)?.(content);
      const departure = departing.get(agent)?.at(count, content);
      const message = departure === undefined ? own : (heard(mechanism, round, agent, departure.message) ?? own);
      if (message === undefined || message === silence) continue;
      replies.set(agent, message);
      if (round.closes === 'at-first-message') break;
    }
    return replies;
  };
}

const silence: unique symbol = Symbol('silence');

/** A message as the mechanism hears it, or that nothing is said; `undefined` where it is refused. */
function heard(mechanism: Mechanism, round: Round, agent: AgentId, message: unknown): unknown {
  if (message === undefined) return silence;
  const read = mechanism.message.safeParse(freshCopy(message));
  if (!read.success || round.refuse?.(agent, read.data)) return undefined;
  return read.data;
}
