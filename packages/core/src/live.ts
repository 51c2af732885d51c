import type { AgentId } from './agent.ts';
import type { LiveAgent } from './agent-registry.ts';
import { conclusionOf } from './certificate.ts';
import type { Clock } from './clock.ts';
import { type Conducted, mostRounds, tooManyRounds } from './conduct.ts';
import { isMechaneError, MechaneError } from './errors.ts';
import type { Events } from './events.ts';
import type { JournalSink } from './journal.ts';
import { LiveRound } from './live-round.ts';
import type { Mechanism } from './mechanism.ts';
import type { Replies } from './round.ts';
import { type Setup, throwIfAborted } from './setup.ts';
import type { RunTrace } from './telemetry.ts';

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
    replies = await new LiveRound(run, step.value, rounds).hold();
    trace.round(rounds, step.value.agents.length, replies.size);
    await journal?.round({ round: rounds, replies: [...replies] });
    step = conversation.next(replies);
  }
  return { ...conclusionOf(step.value), rounds, lastReplies: replies };
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
