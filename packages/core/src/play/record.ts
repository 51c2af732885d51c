import { conclusionOf } from '../contract/certificate.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { throwIfAborted } from '../contract/setup.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { EventsService, TelemetryService } from '../services/token.ts';
import { mostRounds, tooManyRounds } from './conduct.ts';
import { type Journal, type JournalSink, RecordedRounds } from './journal.ts';
import { RunObserver } from './observer.ts';
import { readScript, type Scripted } from './run-at-once.ts';
import { headerOf, resultOf } from './run-setup.ts';
import type { Play, RunResult } from './run-types.ts';

/**
 * Plays a scenario and takes down every round before the next is asked. With a journal that has not ended, plays again what it holds,
 * which must be what is said now, and goes on.
 */
export async function record(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: Play & { readonly journal: JournalSink },
  recorded?: Journal,
): Promise<RunResult> {
  const script = readScript(scope, mechanism, recorded ? { ...play, seed: recorded.seed } : play);
  const { setup, types } = script;
  const { resolve } = scope;
  const observer = new RunObserver(mechanism.id, setup.participants, resolve(EventsService), resolve(TelemetryService));
  try {
    if (!recorded) await play.journal.open(headerOf(mechanism, setup, play));
    const conducted = await conductRecorded(mechanism, script, play.journal, recorded);
    script.finish();
    await play.journal.close(conducted.outcome);
    const result = resultOf(mechanism, setup, types, conducted);
    observer.finished(result);
    return result;
  } catch (thrown) {
    throw observer.failed(thrown);
  } finally {
    await setup.scope?.dispose();
  }
}

async function conductRecorded(
  mechanism: Mechanism,
  { setup, hold }: Scripted,
  journal: JournalSink,
  recorded: Journal | undefined,
): Promise<ReturnType<typeof conclusionOf<object>> & { readonly rounds: number }> {
  const past = recorded && new RecordedRounds(recorded, mechanism);
  const conversation = mechanism.conduct(setup);
  let step = conversation.next(new Map());
  let rounds = 0;
  while (!step.done) {
    throwIfAborted(setup.signal);
    rounds += 1;
    if (rounds > mostRounds) throw tooManyRounds(mechanism.id, mostRounds);
    const replies = hold(step.value, rounds);
    if (past?.hasNext) past.expect(step.value.agents, replies);
    else await journal.round({ round: rounds, replies: [...replies] });
    step = conversation.next(replies);
  }
  return { ...conclusionOf(step.value), rounds };
}
