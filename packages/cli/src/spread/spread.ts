import { randomBytes } from 'node:crypto';
import type { Jobs } from '@mechane/cluster';
import { clusterOf } from '../cluster.ts';
import type { Context } from '../context.ts';
import { type PlacedReport, ReportedElsewhere } from '../error-report.ts';
import { noWorker } from '../errors.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { shellWord } from '../shell-word.ts';
import type { NamedTask } from './named-task.ts';

/** Whether a command has its work done by the nodes of a cluster. */
export interface SpreadOptions {
  /** The Postgres of the nodes. */
  readonly cluster?: string;
  /** The job that is taken up, where the work was begun before. Nobody types it. */
  readonly job?: string;
}

/** What a job does: enough to tell its results as the command would have that began it. */
export interface JobRecord {
  readonly command: 'run' | 'verify' | 'simulate' | 'generate';
  readonly inputs: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a node has made of a piece: a value, or what was wrong. */
export type Outcome = { readonly about?: string } & ({ readonly value: unknown } | { readonly error: PlacedReport });

/** A command’s work, cut into pieces. */
export interface SpreadWork {
  readonly record: JobRecord;
  readonly tasks: AsyncIterable<NamedTask> | Iterable<NamedTask>;
}

/** Work of a command that the nodes of a cluster do. */
export class Spread {
  readonly #database: string;
  readonly #job: string | undefined;
  readonly #context: Context;

  /** @param job the job that is taken up; one is begun where none is given */
  constructor(database: string, job: string | undefined, context: Context) {
    this.#database = database;
    this.#job = job;
    this.#context = context;
  }

  /**
   * Has work done, and tells what comes of all pieces, in their order. It is forgotten once that has been told. Called off, it says how to take the rest
   * up, and ends.
   *
   * @throws Interrupted
   */
  async told<Result>(
    work: SpreadWork,
    tell: (outcomes: AsyncGenerator<Outcome, undefined>) => Promise<Result>,
  ): Promise<Result> {
    const { host, progress, output } = this.#context;
    const { connectJobs } = await clusterOf(host.cwd);
    const jobs = await connectJobs({ database: this.#database, from: host.cwd });
    const name = this.#job ?? `${work.record.command}-${randomBytes(3).toString('hex')}`;
    try {
      await this.#warnWhereNobodyWorks(jobs);
      const result = await tell(this.#outcomes(jobs, name, work));
      await output.flush();
      await jobs.forget(name);
      return result;
    } catch (thrown) {
      // What is wrong with the work itself stays wrong.
      if (thrown instanceof ReportedElsewhere) await jobs.forget(name);
      throw thrown;
    } finally {
      progress.clear();
      await jobs.close();
    }
  }

  async *#outcomes(jobs: Jobs, name: string, { record, tasks }: SpreadWork): AsyncGenerator<Outcome, undefined> {
    const { host, progress } = this.#context;
    const { signal } = host;
    const onProgress = (done: number, known: number): void =>
      progress.show(() => `${name}: ${done.toLocaleString('en')} of ${known.toLocaleString('en')} pieces`);
    const begun = this.#job === undefined ? { what: JSON.stringify(record), tasks: textsOf(tasks) } : {};
    for await (const text of jobs.run({ name, signal, onProgress, ...begun })) yield JSON.parse(text) as Outcome;
    progress.clear();
    if (signal.aborted) await this.#leave(jobs, name);
    throwIfInterrupted(signal);
    return undefined;
  }

  async #warnWhereNobodyWorks(jobs: Jobs): Promise<void> {
    const nodes = await jobs.nodes();
    if (!nodes.some(({ isUp, works }) => isUp && works)) this.#context.warn(noWorker(this.#database));
  }

  /** What was called off is taken up where its input is there. */
  async #leave(jobs: Jobs, name: string): Promise<void> {
    const { stderr } = this.#context.host;
    const left = (await jobs.list()).find((job) => job.name === name);
    if (left?.pieces === null) {
      await jobs.forget(name);
      stderr.write('its input was not read to the end: nothing is left to be taken up\n');
    } else if (left !== undefined) {
      const again = `mechane jobs resume ${name} --cluster ${shellWord(this.#database)}`;
      stderr.write(`${left.done} of ${left.pieces} pieces are done; all results, those too: ${again}\n`);
    }
  }
}

/** The value that an outcome is. @throws ReportedElsewhere what was wrong. */
export function valueIn(outcome: Outcome): unknown {
  if ('error' in outcome) throw new ReportedElsewhere(outcome.error);
  return outcome.value;
}

async function* textsOf(tasks: SpreadWork['tasks']): AsyncGenerator<string> {
  for await (const task of tasks) yield JSON.stringify(task);
}
