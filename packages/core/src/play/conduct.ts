import type { AgentId } from '../contract/agent.ts';
import type { Mechanism, Strategy } from '../contract/mechanism.ts';
import { type Replies, type Round, refuseOutOfPlace } from '../contract/round.ts';
import type { Setup } from '../contract/setup.ts';
import { TimedReplies } from '../contract/timed-replies.ts';
import { lateInScenario, unheardMessage } from '../errors.ts';
import type { ScriptedMessage } from '../input/read-play.ts';
import { AskedAgents } from './asked-agents.ts';
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
  return mechanism.speaksAt ? answeredInTime(mechanism, reports, strategies) : answeredBy(strategies);
}

/** Where reports say when their proxies speak: each at its time, the earliest first. */
function answeredInTime(
  mechanism: Mechanism,
  reports: ReadonlyMap<AgentId, unknown>,
  strategies: ReadonlyMap<AgentId, Strategy>,
): HoldRound {
  const inOrder = [...reports.keys()].map((agent) => ({ agent, at: mechanism.speaksAt?.(reports.get(agent)) ?? 0 }));
  inOrder.sort((one, other) => one.at - other.at);
  let latest = 0;
  return ({ contentFor, closes, closesAt = Number.POSITIVE_INFINITY }) => {
    const replies = new TimedReplies();
    for (const { agent, at } of inOrder) {
      const time = Math.max(at, latest);
      const message = time < closesAt ? strategies.get(agent)?.(contentFor(agent)) : undefined;
      if (message === undefined) continue;
      latest = time;
      replies.hear(agent, message, time);
      replies.closedAt = time;
      if (closes === 'at-first-message') return replies;
    }
    if (Number.isFinite(closesAt)) replies.closedAt = closesAt;
    return replies;
  };
}

/** Plays messages in the order in which they came, refusing those out of turn. */
export function answeredInOrder(messages: readonly ScriptedMessage[]): {
  hold: HoldRound;
  finish(): void;
} {
  const inOrder = new InOrder(messages);
  return { hold: (round) => inOrder.hold(round), finish: () => inOrder.finish() };
}

class InOrder {
  readonly #messages: readonly ScriptedMessage[];
  readonly #asked = new AskedAgents();
  readonly #isTimed: boolean;
  #position = 0;
  /** The time of the last message. */
  #latest = 0;
  /** When the last round closes by itself. */
  #end: number | undefined;

  constructor(messages: readonly ScriptedMessage[]) {
    this.#messages = messages;
    this.#isTimed = messages.some(({ length }) => length === 3);
  }

  hold(round: Round): Replies<unknown> {
    this.#end = round.closesAt;
    const isTimed = this.#isTimed || round.closesAt !== undefined;
    const replies = isTimed ? new TimedReplies() : new Map<AgentId, unknown>();
    for (let next = this.#next(round); next && !replies.has(next[0]); next = this.#next(round)) {
      const [agent, message, at = this.#latest] = next;
      refuseOutOfPlace(round, agent, message, ['messages', this.#position, 1]);
      this.#position += 1;
      this.#latest = at;
      if (replies instanceof TimedReplies) replies.hear(agent, message, at);
      else replies.set(agent, message);
      if (round.closes === 'at-first-message') break;
    }
    if (replies instanceof TimedReplies) {
      const waits = round.closesAt !== undefined && (replies.size === 0 || round.closes !== 'at-first-message');
      replies.closedAt = waits ? round.closesAt : this.#latest;
    }
    return replies;
  }

  #next({ agents, closesAt = Number.POSITIVE_INFINITY }: Round): ScriptedMessage | undefined {
    const next = this.#messages[this.#position];
    if (next === undefined || !this.#asked.of(agents).has(next[0])) return undefined;
    return (next[2] ?? this.#latest) < closesAt ? next : undefined;
  }

  /** @throws MechaneError `late-message` or `invalid-message` for a message that nobody heard. */
  finish(): void {
    const unheard = this.#messages[this.#position];
    if (unheard === undefined) return;
    if (this.#end === undefined) throw unheardMessage(this.#position);
    const isLater = (unheard[2] ?? this.#latest) >= this.#end;
    throw lateInScenario(this.#position, isLater ? this.#end : this.#latest);
  }
}
