import type { Replies, Round } from '../contract/round.ts';
import { conductWaiting } from '../play/conduct.ts';
import type { Conversed } from '../play/conversing.ts';
import { LiveRound } from './live-round.ts';
import type { LiveRun } from './live-run.ts';

/** How long a live round waits when neither the mechanism nor the caller says: a minute. */
export const defaultWithin = 60_000;

/**
 * Plays a conversation with agents that answer in their own time. No agent can stop it: whoever fails to answer is silent.
 *
 * @param onRound is shown each round as it opens
 */
export function conductLive(run: LiveRun, onRound: (round: LiveRound) => void): Promise<Conversed> {
  const { mechanism, setup, cancellation } = run;
  const hold = (round: Round, number: number): Promise<Replies<unknown>> => replayedOrHeld(run, round, number, onRound);
  return conductWaiting(mechanism, setup, hold, () => cancellation.throwIfCancelled());
}

async function replayedOrHeld(
  run: LiveRun,
  round: Round,
  number: number,
  onRound: (round: LiveRound) => void,
): Promise<Replies<unknown>> {
  const { recorded, recording, trace } = run;
  const before = recorded?.hasNext ? recorded.next(round) : undefined;
  if (before?.closed) return before.replies;
  const live = new LiveRound(run, round, number, before);
  onRound(live);
  const replies = await live.hold();
  trace.round(number, round.agents.length, replies.size);
  // Where a mechanism listens, the round closes with the message.
  const isClosed = round.closes === 'at-first-message' && replies.size > 0;
  if (recording.isKept && !isClosed) await recording.add({ kind: 'round-closed', round: number });
  return replies;
}
