import type { AgentId } from '../contract/agent.ts';
import type { ErrorReport, MechaneError } from '../contract/mechane-error.ts';
import { paymentsOf } from '../contract/payments.ts';
import { codedError } from '../errors.ts';
import type { Events, Happening } from '../services/events.ts';
import type { RunTrace, Telemetry } from '../services/telemetry.ts';
import type { RunIdentity } from './run-identity.ts';
import type { RunResult } from './run-types.ts';

/** Where one run says what happens. */
export interface Telling {
  /** Whether anyone listens; what nobody hears need not be put together. */
  readonly heard: boolean;
  /** Says what happened to those who listen, if any do. */
  tell(happening: Happening, seq?: number): void;
}

/** Tells all who listen to runs what happens in this one. */
export class RunTelling implements Telling {
  readonly #events: Events;
  readonly #identity: RunIdentity;

  constructor(events: Events, identity: RunIdentity) {
    this.#events = events;
    this.#identity = identity;
  }

  get heard(): boolean {
    return this.#events.heard;
  }

  tell(happening: Happening): void {
    if (!this.heard) return;
    const { id: run, note } = this.#identity;
    this.#events.emit({ ...happening, run, ...(note === undefined ? {} : { note }) });
  }
}

/** Tells events and telemetry how one run goes. */
export class RunObserver {
  readonly trace: RunTrace;
  readonly #mechanism: string;
  readonly #events: Telling;

  constructor(
    mechanism: string,
    participants: readonly AgentId[],
    events: Telling,
    telemetry: Telemetry,
    identity: RunIdentity,
    seq?: number,
  ) {
    this.#mechanism = mechanism;
    this.#events = events;
    if (events.heard) events.tell({ kind: 'opened', mechanism, participants: [...participants] }, seq);
    this.trace = telemetry.runStarted(mechanism, participants.length, identity);
  }

  finished({ outcome, metrics: { rounds } }: RunResult, seq?: number): void {
    if (this.#events.heard) {
      this.#tellSales(outcome, seq);
      this.#events.tell({ kind: 'finished', mechanism: this.#mechanism, rounds }, seq);
    }
    this.trace.finished(rounds);
  }

  /**
   * The coded error of whatever a run threw.
   *
   * @param sealed what is told of it, where an error might quote what agents have said
   */
  failed(thrown: unknown, sealed?: (mechanism: string, error: MechaneError) => ErrorReport): MechaneError {
    const error = codedError(this.#mechanism, thrown);
    const report = sealed ? sealed(this.#mechanism, error) : error.toJSON();
    this.#events.tell({ kind: 'failed', mechanism: this.#mechanism, error: report });
    this.trace.failed(report);
    return error;
  }

  #tellSales(outcome: object, seq: number | undefined): void {
    const payments = paymentsOf(outcome);
    if (!payments || !('allocation' in outcome) || typeof outcome.allocation !== 'object') return;
    for (const [agent, share] of Object.entries(outcome.allocation ?? {})) {
      this.#events.tell({ kind: 'sold', agent, share, payment: payments[agent] ?? 0 }, seq);
    }
  }
}
