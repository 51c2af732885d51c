import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { AskedAgents } from '../play/asked-agents.ts';
import { beginningOf, resultOf, typesIn } from '../play/begin-run.ts';
import type { Conversed } from '../play/conversing.ts';
import type { Journal } from '../play/journal.ts';
import { metricsOfLive } from '../play/metrics.ts';
import { RunObserver } from '../play/observer.ts';
import type { RecordedRounds } from '../play/recorded-rounds.ts';
import type { Recording } from '../play/recording.ts';
import type { RunIdentity } from '../play/run-identity.ts';
import type { RunSetup } from '../play/run-setup.ts';
import type { RunInput, RunResult } from '../play/run-types.ts';
import type { Unit } from '../play/unit.ts';
import type { Clock } from '../services/clock.ts';
import type { LiveMeter, RunTrace, Telemetry } from '../services/telemetry.ts';
import { AgentCalls, type Caller } from './agent-calls.ts';
import type { Participant } from './agent-registry.ts';
import type { Cancellation } from './cancellation.ts';
import type { Deadlines } from './deadline.ts';
import type { EventStream } from './event-stream.ts';
import type { LiveRun } from './live-run.ts';
import { sealedFailure } from './sealed-error.ts';

/** What a session is opened with. */
export interface SessionParts {
  /** As it is in use. */
  readonly original: Mechanism;
  /** As it is played: its money counted in a unit. */
  readonly mechanism: Mechanism;
  readonly unit: Unit | undefined;
  readonly play: RunInput;
  readonly setup: RunSetup;
  /** The list of participants that the mechanism sees; it grows with those who come in. */
  readonly participants: AgentId[];
  readonly agents: Map<AgentId, Participant>;
  readonly identity: RunIdentity;
  readonly clock: Clock;
  readonly events: EventStream;
  readonly telemetry: Telemetry;
  readonly meter: LiveMeter;
  readonly recording: Recording;
  readonly deadlines: Deadlines;
  readonly entry: 'open' | 'closed' | undefined;
  readonly asked: AskedAgents;
  readonly cancellation: Cancellation;
  /** The rounds that have been held already, where a run is resumed, and the journal that has them. */
  readonly recorded: RecordedRounds | undefined;
  readonly past: Journal | undefined;
}

/** A run among live agents, from its opening to its end: what its session works with. */
export class SessionRun implements LiveRun {
  readonly original: Mechanism;
  readonly mechanism: Mechanism;
  readonly play: RunInput;
  readonly setup: RunSetup;
  readonly participants: AgentId[];
  readonly agents: Map<AgentId, Participant>;
  readonly identity: RunIdentity;
  readonly clock: Clock;
  readonly events: EventStream;
  readonly meter: LiveMeter;
  readonly recording: Recording;
  readonly deadlines: Deadlines;
  readonly entry: 'open' | 'closed' | undefined;
  readonly asked: AskedAgents;
  readonly cancellation: Cancellation;
  readonly recorded: RecordedRounds | undefined;
  readonly past: Journal | undefined;
  calls!: AgentCalls;
  readonly #unit: Unit | undefined;
  readonly #telemetry: Telemetry;
  #observer!: RunObserver;

  constructor(parts: SessionParts) {
    this.original = parts.original;
    this.mechanism = parts.mechanism;
    this.play = parts.play;
    this.setup = parts.setup;
    this.participants = parts.participants;
    this.agents = parts.agents;
    this.identity = parts.identity;
    this.clock = parts.clock;
    this.events = parts.events;
    this.meter = parts.meter;
    this.recording = parts.recording;
    this.deadlines = parts.deadlines;
    this.entry = parts.entry;
    this.asked = parts.asked;
    this.cancellation = parts.cancellation;
    this.recorded = parts.recorded;
    this.past = parts.past;
    this.#unit = parts.unit;
    this.#telemetry = parts.telemetry;
  }

  get isOpen(): boolean {
    return this.entry === 'open';
  }

  get trace(): RunTrace {
    return this.#observer.trace;
  }

  /** Ties the run to its session. */
  attach(fail: (error: MechaneError) => void, caller: Pick<Caller, 'current' | 'say'>): void {
    this.cancellation.onCancel = fail;
    this.recording.onFailure = fail;
    this.calls = new AgentCalls({ mechanism: this.mechanism, agents: this.agents, clock: this.clock, ...caller });
    this.play.signal?.addEventListener('abort', this.#cancelToo);
  }

  readonly #cancelToo = (): void => this.cancellation.cancel(this.play.signal?.reason);

  begin(): void {
    this.meter.session(1);
    this.#observer = new RunObserver(
      this.original.id,
      this.participants,
      this.events,
      this.#telemetry,
      this.identity,
      this.recording.isKept ? 0 : undefined,
    );
  }

  /** Takes the opening down, where the run is not resumed. */
  open(): Promise<unknown> | undefined {
    if (this.past || !this.recording.isKept) return undefined;
    this.recording.run = this.identity.id;
    const { within, closesAt } = this.deadlines;
    const beginning = beginningOf(this.original, this.setup, this.play, this.#unit, this.identity);
    return this.recording.open({
      ...beginning,
      ...(Number.isFinite(closesAt) ? { closesAt } : {}),
      ...(this.play.within === undefined ? {} : { within: Number.isFinite(within) ? within : null }),
      ...(this.entry === undefined ? {} : { entry: this.entry }),
    });
  }

  resultOf(conversed: Conversed): RunResult {
    const types = typesIn(this.original, this.setup, conversed);
    return resultOf(this.original, this.setup, types, conversed, metricsOfLive);
  }

  finished(result: RunResult, seq: number | undefined): void {
    this.#observer.finished(result, seq);
  }

  failed(thrown: unknown): MechaneError {
    return this.#observer.failed(thrown, sealedFailure);
  }

  async end(): Promise<void> {
    this.meter.session(-1);
    this.play.signal?.removeEventListener('abort', this.#cancelToo);
    this.calls.end();
    this.recording.end();
    this.events.end();
    await this.setup.scope?.dispose();
  }
}
