import { type ErrorReport, type Mechane, MechaneError, type Mechanism } from '@mechane/core';
import { ReportedElsewhere } from './error-report.ts';
import { mayTakeLong } from './plays-apart.ts';
import { preparation } from './preparation.ts';
import { Thread } from './thread.ts';
import type { RunTask } from './thread-tasks.ts';

/** Plays scenarios for those who ask a service: one that may take long in a thread of its own, so that the others are answered meanwhile. */
export class RunsApart {
  readonly #mechane: Mechane<Mechanism>;
  readonly #place: { readonly cwd: string; readonly signal: AbortSignal };
  readonly #prepare: ReturnType<typeof preparation>;
  #thread: Thread<'play'> | undefined;
  /** Whoever comes later waits for those before: the thread plays one at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(mechane: Mechane<Mechanism>, place: { readonly cwd: string; readonly signal: AbortSignal }) {
    this.#mechane = mechane;
    this.#place = place;
    this.#prepare = preparation(mechane);
  }

  /** Plays a scenario, and gives its result. */
  readonly run = async (scenario: unknown): Promise<unknown> => {
    const size = JSON.stringify(scenario ?? null).length;
    if (mayTakeLong(this.#mechane, scenario, size)) return this.#apart(scenario as RunTask);
    await this.#prepare(scenario);
    return this.#mechane.runScenario(scenario);
  };

  async close(): Promise<void> {
    await this.#thread?.close();
  }

  #apart(scenario: RunTask): Promise<unknown> {
    const played = this.#last.then(async () => {
      this.#thread ??= new Thread('play', this.#place);
      return JSON.parse(await this.#thread.perform(scenario)) as unknown;
    });
    this.#last = played.catch(() => {});
    return played.catch((thrown: unknown) => {
      throw thrown instanceof ReportedElsewhere ? new PlayedElsewhere(thrown.report) : thrown;
    });
  }
}

/** What a play in another thread has thrown. */
class PlayedElsewhere extends MechaneError {
  readonly #report: ErrorReport;

  constructor({ file: _, line: __, column: ___, ...report }: ReportedElsewhere['report']) {
    super(report.code, { problem: report.message, path: report.path });
    this.message = report.message;
    this.#report = report;
  }

  override toJSON(): ErrorReport {
    return this.#report;
  }
}
