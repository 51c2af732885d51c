import type { AgentId } from '../contract/agent.ts';
import { conclusionOf } from '../contract/certificate.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Replies, Round } from '../contract/round.ts';
import type { Setup } from '../contract/setup.ts';
import { type Conducted, mostRounds, tooManyRounds } from '../play/conduct.ts';
import type { JournalSink, RecordedRounds } from '../play/journal.ts';
import type { Clock } from '../services/clock.ts';
import type { Events } from '../services/events.ts';
import type { RunTrace } from '../services/telemetry.ts';
import type { LiveAgent } from './agent-registry.ts';
import type { Cancellation } from './cancellation.ts';
import { LiveRound } from './live-round.ts';

/** How long a live round waits when neither the mechanism nor the caller says: a minute. */
export const defaultWithin = 60_000;

export interface LiveRun {
  readonly mechanism: Mechanism;
  readonly setup: Setup;
  readonly agents: ReadonlyMap<AgentId, LiveAgent | 'external'>;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
  readonly events: Events;
  readonly trace: RunTrace;
  readonly journal: JournalSink | undefined;
  /** The rounds that have been held already, where a run is resumed. */
  readonly recorded: RecordedRounds | undefined;
  /** Milliseconds a round waits where the mechanism sets no deadline. */
  readonly within: number;
}

/** What a live run came to, and what was said last. */
export interface ConductedLive extends Conducted {
  readonly lastReplies: Replies<unknown>;
}

/**
 * Plays a conversation with agents that answer in their own time. No agent can stop it: whoever fails to answer is silent.
 *
 * @param onRound is shown each round as it opens
 */
export async function conductLive(run: LiveRun, onRound: (round: LiveRound) => void): Promise<ConductedLive> {
  const { mechanism, setup, cancellation } = run;
  const conversation = mechanism.conduct(setup);
  let replies: Replies<unknown> = new Map();
  let step = conversation.next(replies);
  let rounds = 0;
  while (!step.done) {
    cancellation.throwIfCancelled();
    rounds += 1;
    if (rounds > mostRounds) throw tooManyRounds(mechanism.id, mostRounds);
    replies = await replayedOrHeld(run, step.value, rounds, onRound);
    step = conversation.next(replies);
  }
  return { ...conclusionOf(step.value), rounds, lastReplies: replies };
}

async function replayedOrHeld(
  { recorded, ...run }: LiveRun,
  round: Round,
  number: number,
  onRound: (round: LiveRound) => void,
): Promise<Replies<unknown>> {
  if (recorded?.hasNext) return recorded.next(round.agents);
  const live = new LiveRound({ recorded, ...run }, round, number);
  onRound(live);
  const replies = await live.hold();
  run.trace.round(number, round.agents.length, replies.size);
  await run.journal?.round({ round: number, replies: [...replies] });
  return replies;
}
