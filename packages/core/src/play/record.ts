import type { Mechanism } from '../contract/mechanism.ts';
import type { Replies, Round } from '../contract/round.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { ClockService, EventsService, TelemetryService } from '../services/token.ts';
import { beginningOf, resultOf } from './begin-run.ts';
import { conductWaiting } from './conduct.ts';
import { type Conversed, throwIfAborted } from './conversing.ts';
import { headerOf, type Journal, type JournalSink } from './journal.ts';
import { RunObserver, RunTelling } from './observer.ts';
import { RecordedRounds } from './recorded-rounds.ts';
import type { Recording } from './recording.ts';
import { RunIdentity } from './run-identity.ts';
import type { RunInput, RunResult } from './run-types.ts';
import { readScript, recordingOf, type Script } from './script.ts';

/**
 * Plays a scenario and waits until the journal has taken a round down before the next is asked. With a journal that has not ended, plays
 * again what it holds, which must be what is said now, and goes on.
 */
export async function record(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: RunInput & { readonly journal: JournalSink },
  recorded?: Journal,
): Promise<RunResult> {
  throwIfAborted(play.signal);
  const identity = new RunIdentity(recorded && headerOf(recorded).run, play.note);
  const again = recorded ? { ...play, seed: headerOf(recorded).seed } : play;
  const script = readScript(scope, mechanism, again, identity);
  const { setup, types } = script;
  const { resolve } = scope;
  const telling = new RunTelling(resolve(EventsService), identity);
  const observer = new RunObserver(mechanism.id, setup.participants, telling, resolve(TelemetryService), identity);
  const recording = recordingOf(script, play, resolve(ClockService), identity, recorded);
  try {
    if (!recorded) await recording.open(beginningOf(mechanism, setup, play, script.unit, identity));
    const conversed = await conductRecorded(script, recording, recorded);
    script.finish();
    const result = resultOf(mechanism, setup, types, conversed);
    await recording.add({ kind: 'closed', outcome: conversed.outcome });
    observer.finished(result);
    return result;
  } catch (thrown) {
    throw observer.failed(thrown);
  } finally {
    recording.end();
    await setup.scope?.dispose();
  }
}

function conductRecorded(
  { mechanism, setup, hold }: Script,
  recording: Recording,
  recorded: Journal | undefined,
): Promise<Conversed> {
  const past = recorded && new RecordedRounds(recorded, mechanism, [...setup.participants]);
  const expected = (round: Round, replies: Replies<unknown>): { taken: number; closed: boolean } => {
    if (!past?.hasNext) return { taken: 0, closed: false };
    const before = past.next(round);
    past.expect(before, replies);
    return { taken: before.messages, closed: before.closed };
  };
  return conductWaiting(mechanism, setup, async (round, number) => {
    const replies = hold(round, number);
    const { taken, closed } = expected(round, replies);
    if (!closed) await recording.round(round, number, replies, taken);
    return replies;
  });
}
