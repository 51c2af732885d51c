import type { AgentId } from '../contract/agent.ts';
import type { Mechanism, Strategy } from '../contract/mechanism.ts';
import { type Replies, type Round, refuseOutOfPlace } from '../contract/round.ts';
import type { Setup } from '../contract/setup.ts';
import { unheardMessage } from '../errors.ts';
import { type Conversed, Conversing } from './conversing.ts';

/** Gives the replies of a round. */
export type HoldRound = (round: Round, number: number) => Replies<unknown>;

/** Plays a conversation to its end with replies that are at hand. */
export function conduct(mechanism: Mechanism, setup: Setup, hold: HoldRound, limit?: number): Conversed {
  const conversing = new Conversing(mechanism, setup, limit);
  let round = conversing.next();
  while (round) round = conversing.next(hold(round, conversing.rounds));
  return conversing.conversed;
}

/** Plays a conversation to its end with replies that have to be waited for. */
export async function conductWaiting(
  mechanism: Mechanism,
  setup: Setup,
  hold: (round: Round, number: number) => Promise<Replies<unknown>>,
  throwIfCalledOff?: () => void,
): Promise<Conversed> {
  const conversing = new Conversing(mechanism, setup, undefined, throwIfCalledOff);
  let round = conversing.next();
  while (round) round = conversing.next(await hold(round, conversing.rounds));
  return conversing.conversed;
}

/** Lets strategies answer: all of them where a round asks, the first that speaks where it listens. */
export function answeredBy(strategies: ReadonlyMap<AgentId, Strategy>): HoldRound {
  return ({ agents, contentFor, closes }) => {
    const replies = new Map<AgentId, unknown>();
    for (const agent of agents) {
      const message = strategies.get(agent)?.(contentFor(agent));
      if (message === undefined) continue;
      replies.set(agent, message);
      if (closes === 'at-first-message') break;
    }
    return replies;
  };
}

/** Lets the mechanism's proxies answer for agents of these types. */
export function answeredByProxies(mechanism: Mechanism, reports: ReadonlyMap<AgentId, unknown>): HoldRound {
  const strategies = new Map<AgentId, Strategy>();
  for (const [agent, report] of reports) strategies.set(agent, mechanism.proxy(report, agent));
  return answeredBy(strategies);
}

/** Plays messages in the order in which they came, refusing those out of turn. */
export function answeredInOrder(messages: readonly (readonly [AgentId, unknown])[]): {
  hold: HoldRound;
  finish(): void;
} {
  let position = 0;
  // Mechanisms that listen do so to the same agents again and again.
  let listening: { agents: readonly AgentId[]; asked: ReadonlySet<AgentId> } | undefined;
  const isAsked = ({ agents }: Round, agent: AgentId): boolean => {
    if (listening?.agents !== agents) listening = { agents, asked: new Set(agents) };
    return listening.asked.has(agent);
  };
  const take = (round: Round): readonly [AgentId, unknown] | undefined => {
    const next = messages[position];
    if (next === undefined || !isAsked(round, next[0])) return undefined;
    refuseOutOfPlace(round, next[0], next[1], ['messages', position, 1]);
    return next;
  };
  const first: HoldRound = (round) => {
    const next = take(round);
    if (next === undefined) return new Map();
    position += 1;
    return new Map([next]);
  };
  const all: HoldRound = (round) => {
    const replies = new Map<AgentId, unknown>();
    for (let next = take(round); next && !replies.has(next[0]); next = take(round)) {
      replies.set(...(next as [AgentId, unknown]));
      position += 1;
    }
    return replies;
  };
  return {
    hold: (round, number) => (round.closes === 'at-first-message' ? first : all)(round, number),
    finish() {
      if (position === messages.length) return;
      throw unheardMessage(position);
    },
  };
}
