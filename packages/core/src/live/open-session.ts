import type { AgentId } from '../contract/agent.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import { brokenChain, closedEntry, invalidDeadline, noTimeToReveal } from '../errors.ts';
import { readRunName, refuseUnfitSettings } from '../input/read-play.ts';
import { AskedAgents } from '../play/asked-agents.ts';
import { setupFor } from '../play/begin-run.ts';
import { unitNamed, unitOfLive } from '../play/choose-unit.ts';
import { throwIfAborted } from '../play/conversing.ts';
import { playedWith } from '../play/counted-in.ts';
import { headerOf, type Journal } from '../play/journal.ts';
import { RecordedRounds } from '../play/recorded-rounds.ts';
import { Recording } from '../play/recording.ts';
import { RunIdentity } from '../play/run-identity.ts';
import type { RunSetup } from '../play/run-setup.ts';
import type { RunInput } from '../play/run-types.ts';
import type { Unit } from '../play/unit.ts';
import type { ServiceScope } from '../services/service-scope.ts';
import { unmeasured } from '../services/telemetry.ts';
import { ClockService, EventsService, TelemetryService } from '../services/token.ts';
import type { Participant } from './agent-registry.ts';
import { Cancellation } from './cancellation.ts';
import { type Deadlines, readDeadlines } from './deadline.ts';
import { EventStream } from './event-stream.ts';
import { Session } from './session.ts';
import { SessionRun } from './session-run.ts';

/** Opens a run among live agents; with a journal, goes on where it ends. */
export function openSession(
  scope: ServiceScope,
  mechanism: Mechanism,
  play: RunInput,
  agents: Map<AgentId, Participant>,
  past?: Journal,
): Session {
  throwIfAborted(play.signal);
  const { resolve } = scope;
  const clock = resolve(ClockService);
  const telemetry = resolve(TelemetryService);
  const deadlines = deadlinesOf(mechanism, play, past);
  const entry = entryOf(mechanism, play, past);
  const cancellation = new Cancellation();
  const participants = past ? [...headerOf(past).participants] : [...agents.keys()];
  const header = past && headerOf(past);
  const identity = new RunIdentity(header ? header.run : readRunName(play.id), header ? header.note : play.note);
  const { settings, seed } = play;
  const setup = setupFor(scope, mechanism, { settings, seed }, participants, cancellation, identity);
  if (past === undefined) refuseUnfitSettings(mechanism, setup.settings, { participants, reports: undefined });
  if (setup.sealing !== undefined && Number.isFinite(deadlines.closesAt)) throw noTimeToReveal();
  const unit = unitOfRun(mechanism, setup, past);
  const played = playedWith(mechanism, unit, setup.sealing);
  refuseBrokenChain(play, past);
  const recording = new Recording(play.journal, clock, past?.entries, play.patience);
  recording.run = header?.run;
  return new Session(
    new SessionRun({
      original: mechanism,
      mechanism: played,
      unit,
      play,
      setup,
      participants,
      agents,
      identity,
      clock,
      events: new EventStream(resolve(EventsService), identity),
      telemetry,
      meter: telemetry.live?.(mechanism.id) ?? unmeasured,
      recording,
      deadlines,
      entry,
      asked: new AskedAgents(),
      cancellation,
      recorded: past && new RecordedRounds(past, played, participants),
      past,
    }),
  );
}

/** A run that is resumed has the deadlines that it had. */
function deadlinesOf(mechanism: Mechanism, play: RunInput, past: Journal | undefined): Deadlines {
  const header = past && headerOf(past);
  const within = header?.within === null ? Number.POSITIVE_INFINITY : header?.within;
  const given = { within: within ?? play.within, closesAt: header?.closesAt ?? play.closesAt };
  if (mechanism.endsItself && given.closesAt !== undefined) {
    throw invalidDeadline('closesAt', `${mechanism.id} sets its own end`, 'no end but that of its settings');
  }
  return readDeadlines(given);
}

function entryOf(mechanism: Mechanism, play: RunInput, past: Journal | undefined): 'open' | 'closed' | undefined {
  const entry = past ? headerOf(past).entry : play.entry;
  if (entry === undefined || entry === 'closed') return entry;
  if (entry === 'open' && mechanism.openEntry) return entry;
  throw closedEntry(
    entry === 'open' ? `${mechanism.id} has no place for those who come later` : 'entry is neither "open" nor "closed"',
  );
}

/** What is written has to follow the last that was read. */
function refuseBrokenChain({ journal }: RunInput, past: Journal | undefined): void {
  const head = past?.seals?.at(-1)?.hash;
  if (head !== undefined && journal?.head !== undefined && journal.head !== head) {
    throw brokenChain('the chain of hashes would not go on where the journal ends');
  }
}

/** A run that is resumed counts as it did before; one of the first format of journals did not. */
function unitOfRun(mechanism: Mechanism, { unit, settings }: RunSetup, past?: Journal): Unit | undefined {
  if (past === undefined) return unitOfLive(mechanism, unit, settings);
  const { unit: before } = headerOf(past);
  return before === undefined ? undefined : unitNamed(before);
}
