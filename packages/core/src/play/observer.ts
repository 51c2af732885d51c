import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import { paymentsOf } from '../contract/payments.ts';
import { codedError } from '../errors.ts';
import type { Events } from '../services/events.ts';
import type { RunTrace, Telemetry } from '../services/telemetry.ts';
import type { RunResult } from './run-types.ts';

/** Tells events and telemetry how one run goes. */
export class RunObserver {
  readonly trace: RunTrace;
  readonly #mechanism: string;
  readonly #events: Events;

  constructor(mechanism: string, participants: readonly AgentId[], events: Events, telemetry: Telemetry) {
    this.#mechanism = mechanism;
    this.#events = events;
    if (events.heard) events.emit({ kind: 'opened', mechanism, participants: [...participants] });
    this.trace = telemetry.runStarted(mechanism, participants.length);
  }

  finished({ outcome, metrics: { rounds } }: RunResult): void {
    if (this.#events.heard) {
      this.#tellSales(outcome);
      this.#events.emit({ kind: 'finished', mechanism: this.#mechanism, rounds });
    }
    this.trace.finished(rounds);
  }

  /** The coded error of whatever a run threw. */
  failed(thrown: unknown): MechaneError {
    const error = codedError(this.#mechanism, thrown);
    const report = error.toJSON();
    if (this.#events.heard) this.#events.emit({ kind: 'failed', mechanism: this.#mechanism, error: report });
    this.trace.failed(report);
    return error;
  }

  #tellSales(outcome: object): void {
    const payments = paymentsOf(outcome);
    if (!payments || !('allocation' in outcome) || typeof outcome.allocation !== 'object') return;
    for (const [agent, share] of Object.entries(outcome.allocation ?? {})) {
      this.#events.emit({ kind: 'sold', agent, share, payment: payments[agent] ?? 0 });
    }
  }
}
