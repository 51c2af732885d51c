import type { AgentId } from './agent.ts';
import type { LiveAgent, Respond } from './agent-registry.ts';
import { conclusionOf } from './certificate.ts';
import type { Clock } from './clock.ts';
import { type Conducted, mostRounds, tooManyRounds } from './conduct.ts';
import { isMechaneError, MechaneError } from './errors.ts';
import type { Events, Silence } from './events.ts';
import type { JournalSink } from './journal.ts';
import type { Mechanism } from './mechanism.ts';
import type { Replies, Round } from './round.ts';
import { type Setup, throwIfAborted } from './setup.ts';
import type { RunTrace } from './telemetry.ts';
import { validate } from './validate.ts';

/** How long a live round waits when neither the mechanism nor the caller says: a minute. */
export const defaultWithin = 60_000;

export interface LiveRun {
  readonly mechanism: Mechanism;
  readonly setup: Setup;
  readonly agents: ReadonlyMap<AgentId, LiveAgent>;
  readonly clock: Clock;
  readonly events: Events;
  readonly trace: RunTrace;
  readonly journal: JournalSink | undefined;
  /** Milliseconds a round waits where the mechanism sets no deadline. */
  readonly within: number;
}

/** Plays a conversation with agents that answer in their own time. No agent can stop it: whoever fails to answer is silent. */
export async function conductLive(run: LiveRun): Promise<Conducted & { readonly lastReplies: Replies<unknown> }> {
  const { mechanism, setup, trace, journal } = run;
  const conversation = mechanism.conduct(setup);
  let replies: Replies<unknown> = new Map();
  let step = conversation.next(replies);
  let rounds = 0;
  while (!step.done) {
    throwIfAborted(setup.signal);
    rounds += 1;
    if (rounds > mostRounds) throw tooManyRounds(mechanism.id, mostRounds);
    replies = await holdLive(run, step.value, rounds);
    trace.round(rounds, step.value.agents.length, replies.size);
    await journal?.round({ round: rounds, replies: [...replies] });
    step = conversation.next(replies);
  }
  return { ...conclusionOf(step.value), rounds, lastReplies: replies };
}

/** Holds one round: asks everybody at once and resolves when the round closes. */
function holdLive(run: LiveRun, round: Round, number: number): Promise<Replies<unknown>> {
  const { mechanism, clock, events, setup } = run;
  const { promise, resolve, reject } = settleable<Replies<unknown>>();
  const replies = new Map<AgentId, unknown>();
  const waiting = new Set(round.agents);
  const over = new AbortController();
  let open = true;

  const close = (): void => {
    if (!open) return;
    open = false;
    stopTimer();
    setup.signal?.removeEventListener('abort', callOff);
    over.abort();
    for (const agent of waiting) silent(agent, round.closes === 'at-first-message' ? 'unheard' : 'late');
    events.emit({ kind: 'round-closed', round: number, replies: replies.size });
    resolve(inAskedOrder(round.agents, replies));
  };
  const callOff = (): void => {
    open = false;
    stopTimer();
    over.abort();
    reject(new MechaneError('aborted', { problem: 'the run was called off', cause: setup.signal?.reason }));
  };
  const silent = (agent: AgentId, why: Silence): void => events.emit({ kind: 'silent', round: number, agent, why });
  const settle = (agent: AgentId): void => {
    waiting.delete(agent);
    if (waiting.size === 0 || (round.closes === 'at-first-message' && replies.size > 0)) close();
  };
  const refuse = (agent: AgentId, error: MechaneError): void =>
    events.emit({ kind: 'refused', round: number, agent, error: error.toJSON() });

  const heard = (agent: AgentId, message: unknown): void => {
    if (!open) {
      if (message !== undefined) refuse(agent, lateReply(agent));
      return;
    }
    if (message === undefined) {
      silent(agent, 'said-nothing');
    } else {
      try {
        replies.set(agent, validate(mechanism.message, message, 'invalid-message', ['messages', agent]));
        events.emit({ kind: 'replied', round: number, agent });
      } catch (error) {
        refuse(agent, error as MechaneError);
        silent(agent, 'malformed');
      }
    }
    settle(agent);
  };
  const failed = (agent: AgentId): void => {
    if (!open) return;
    silent(agent, 'threw');
    settle(agent);
  };

  const stopTimer = clock.after(round.within ?? run.within, close);
  setup.signal?.addEventListener('abort', callOff, { once: true });
  events.emit({ kind: 'asked', round: number, agents: [...round.agents] });
  for (const agent of round.agents) {
    const context = { agent, mechanism: mechanism.id, round: number, signal: over.signal };
    const answer = async (): Promise<unknown> =>
      responderOf(run.agents.get(agent))(frozen(round.contentFor(agent)), context);
    answer().then(
      (message) => heard(agent, message),
      () => failed(agent),
    );
  }
  if (round.agents.length === 0) close();
  return promise;
}

function settleable<Value>(): {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (reason: unknown) => void;
} {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<Value>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}

function responderOf(agent: LiveAgent | undefined): Respond {
  if (agent === undefined) return () => undefined;
  return typeof agent === 'function' ? agent : (ask, context) => agent.respond(ask, context);
}

/** The order in which answers arrive is chance; what the mechanism sees must not be. */
function inAskedOrder(asked: readonly AgentId[], replies: ReadonlyMap<AgentId, unknown>): Replies<unknown> {
  const ordered = new Map<AgentId, unknown>();
  for (const agent of asked) if (replies.has(agent)) ordered.set(agent, replies.get(agent));
  return ordered;
}

/** Freezes what agents are asked, so that none can change what another reads. */
function frozen<Content>(content: Content): Content {
  if (typeof content === 'object' && content !== null && !Object.isFrozen(content) && !ArrayBuffer.isView(content)) {
    Object.freeze(content);
    for (const part of Object.values(content)) frozen(part);
  }
  return content;
}

function lateReply(agent: AgentId): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: 'the round was over when this reply came',
    path: ['messages', agent],
    fix: 'answer before the deadline, or when the signal aborts stop',
  });
}

/** The coded error of whatever a run threw. */
export function codedError(id: string, thrown: unknown): MechaneError {
  if (isMechaneError(thrown)) return thrown;
  return new MechaneError('mechanism-failed', {
    problem: `${id} failed: ${thrown instanceof Error ? thrown.message : 'it threw something that is no error'}`,
    path: ['mechanism'],
    fix: 'report it to the author of the mechanism with the scenario',
    cause: thrown,
  });
}
