import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { beginningOf, resultOf, setupFor } from '../play/begin-run.ts';
import { unitNamed, unitOfLive } from '../play/choose-unit.ts';
import { throwIfAborted } from '../play/conversing.ts';
import { countedIn } from '../play/counted-in.ts';
import { headerOf, type Journal } from '../play/journal.ts';
import { metricsOfLive } from '../play/metrics.ts';
import { RunObserver } from '../play/observer.ts';
import { RecordedRounds } from '../play/recorded-rounds.ts';
import { Recording } from '../play/recording.ts';
import type { RunSetup } from '../play/run-setup.ts';
import type { RunInput } from '../play/run-types.ts';
import type { Unit } from '../play/unit.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { ClockService, EventsService, TelemetryService } from '../services/token.ts';
import type { Participant } from './agent-registry.ts';
import { Cancellation } from './cancellation.ts';
import { defaultWithin } from './conduct-live.ts';
import { EventStream } from './event-stream.ts';
import { Session } from './session.ts';

/** Opens a run among live agents; with a journal, goes on where it ends. */
export function openSession(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: RunInput,
  agents: ReadonlyMap<AgentId, Participant>,
  recorded?: Journal,
): Session {
  throwIfAborted(play.signal);
  const { resolve } = scope;
  const cancellation = new Cancellation();
  const cancelToo = (): void => cancellation.cancel(play.signal?.reason);
  const { settings, seed } = play;
  const setup = setupFor(scope, mechanism, { settings, seed }, [...agents.keys()], cancellation);
  const unit = unitOfRun(mechanism, setup, recorded);
  const played = unit === undefined ? mechanism : countedIn(unit, mechanism);
  const events = new EventStream(resolve(EventsService));
  const clock = resolve(ClockService);
  const recording = new Recording(play.journal, clock, recorded?.entries);
  let observer: RunObserver;
  return new Session({
    mechanism: played,
    setup,
    agents,
    events,
    clock,
    recording,
    recorded: recorded && new RecordedRounds(recorded, played),
    within: play.within ?? defaultWithin,
    cancellation,
    begin() {
      play.signal?.addEventListener('abort', cancelToo, { once: true });
      observer = new RunObserver(mechanism.id, setup.participants, events, resolve(TelemetryService));
      return observer.trace;
    },
    journalOpened() {
      if (recorded || !recording.isKept) return undefined;
      return recording.add(beginningOf(mechanism, setup, play, unit));
    },
    async conclude(conversed) {
      const types = mechanism.direct ? conversed.lastReplies : undefined;
      const result = resultOf(mechanism, setup, types, conversed, metricsOfLive);
      await recording.add({ kind: 'closed', outcome: result.outcome });
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

/** A run that is resumed counts as it did before; one of the first format of journals did not. */
function unitOfRun(mechanism: Mechanism, { unit, settings }: RunSetup, recorded?: Journal): Unit | undefined {
  if (recorded === undefined) return unitOfLive(mechanism, unit, settings);
  const { unit: before } = headerOf(recorded);
  return before === undefined ? undefined : unitNamed(before);
}
