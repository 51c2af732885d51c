import type { AgentId } from './agent.ts';
import type { Participant } from './agent-registry.ts';
import { Cancellation } from './cancellation.ts';
import { EventStream } from './event-stream.ts';
import { type Journal, RecordedRounds } from './journal.ts';
import { defaultWithin } from './live.ts';
import type { Mechanism } from './mechanism.ts';
import { metricsOfLive } from './metrics.ts';
import { RunObserver } from './observer.ts';
import { headerOf, resultOf, setupFor } from './run-setup.ts';
import type { Play } from './run-types.ts';
import type { ServiceScope } from './service-scope.ts';
import { Session } from './session.ts';
import { throwIfAborted } from './setup.ts';
import { ClockService, EventsService, TelemetryService } from './token.ts';

/** Opens a run among live agents; with a journal, goes on where it ends. */
export function openSession(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: Play,
  agents: ReadonlyMap<AgentId, Participant>,
  recorded?: Journal,
): Session {
  throwIfAborted(play.signal);
  const { resolve } = scope;
  const cancellation = new Cancellation();
  const cancelToo = (): void => cancellation.cancel(play.signal?.reason);
  const { settings, seed } = play;
  const setup = setupFor(scope, mechanism, { settings, seed }, [...agents.keys()], cancellation);
  const events = new EventStream(resolve(EventsService));
  let observer: RunObserver;
  return new Session({
    mechanism,
    setup,
    agents,
    events,
    clock: resolve(ClockService),
    journal: play.journal,
    recorded: recorded && new RecordedRounds(recorded, mechanism),
    within: play.within ?? defaultWithin,
    cancellation,
    begin() {
      play.signal?.addEventListener('abort', cancelToo, { once: true });
      observer = new RunObserver(mechanism.id, setup.participants, events, resolve(TelemetryService));
      return observer.trace;
    },
    journalOpened: async () => {
      if (!recorded) await play.journal?.open(headerOf(mechanism, setup, play));
    },
    async conclude(conducted) {
      const types = mechanism.direct ? conducted.lastReplies : undefined;
      const result = resultOf(mechanism, setup, types, conducted, metricsOfLive);
      await play.journal?.close(result.outcome);
      observer.finished(result);
      return result;
    },
    fail: (thrown) => observer.failed(thrown),
    async end() {
      play.signal?.removeEventListener('abort', cancelToo);
      events.end();
      await setup.scope?.dispose();
    },
  });
}
