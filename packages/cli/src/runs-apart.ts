import { type ErrorReport, type Mechane, MechaneError, type Mechanism } from '@mechane/core';
import { ReportedElsewhere } from './error-report.ts';
import { mayTakeLong } from './plays-apart.ts';
import { preparation } from './preparation.ts';
import { Thread } from './thread.ts';
import type { Examination, RunTask } from './thread-tasks.ts';

/** Plays scenarios, and examines mechanisms, for those who ask a service: what may take long in threads, so that the others are answered meanwhile. */
export class RunsApart {
  readonly #mechane: Mechane<Mechanism>;
  readonly #prepare: ReturnType<typeof preparation>;
  readonly #plays: Queue<'play'>;
  readonly #examinations: Queue<'examine'>;

  constructor(mechane: Mechane<Mechanism>, place: Place) {
    this.#mechane = mechane;
    this.#prepare = preparation(mechane);
    this.#plays = new Queue('play', place);
    this.#examinations = new Queue('examine', place);
  }

  /** Plays a scenario, and gives its result. */
  readonly run = async (scenario: unknown): Promise<unknown> => {
    const size = JSON.stringify(scenario ?? null).length;
    if (mayTakeLong(this.#mechane, scenario, size)) return this.#plays.perform(scenario as RunTask);
    await this.#prepare(scenario);
    return this.#mechane.runScenario(scenario);
  };

  /** Examines what a mechanism claims, and gives the kit's reports. */
  readonly verify = async (examination: Examination): Promise<{ readonly reports: unknown }> => {
    this.#mechane.mechanism(examination.id);
    return { reports: await this.#examinations.perform({ runs: fewRuns, ...defined(examination) }) };
  };

  async close(): Promise<void> {
    await Promise.all([this.#plays.close(), this.#examinations.close()]);
  }
}

/** So much work an examination is, unless it is asked for more: whoever asks waits for it. */
const fewRuns = 10;

function defined({ id, runs }: Examination): Examination {
  return runs === undefined ? { id } : { id, runs };
}

interface Place {
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** A thread that does one thing after another. */
class Queue<Task extends 'play' | 'examine'> {
  readonly #task: Task;
  readonly #place: Place;
  #thread: Thread<Task> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(task: Task, place: Place) {
    this.#task = task;
    this.#place = place;
  }

  perform(given: Parameters<Thread<Task>['perform']>[0]): Promise<unknown> {
    const performed = this.#last.then(async () => {
      this.#thread ??= new Thread(this.#task, this.#place);
      return JSON.parse((await this.#thread.perform(given)) as string) as unknown;
    });
    this.#last = performed.catch(() => {});
    return performed.catch((thrown: unknown) => {
      throw thrown instanceof ReportedElsewhere ? new PlayedElsewhere(thrown.report) : thrown;
    });
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }
}

/** What something in another thread has thrown. */
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
