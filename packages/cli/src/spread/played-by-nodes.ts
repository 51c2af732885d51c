import type { Mechane, Mechanism } from '@mechane/core';
import type { Context } from '../context.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { PlaysApart } from '../plays-apart.ts';
import type { RunTask } from '../thread-tasks.ts';
import { combined, dividedApart, inPartsOf, sharesOf } from './divided.ts';
import type { NamedTask, TimedDivision } from './named-task.ts';
import { type JobRecord, Spread, valueIn } from './spread.ts';

/** Where scenarios come from, and what is told of each. */
export interface ScenarioResults {
  read(file: string): Promise<RunTask>;
  /** @param result as JSON */
  tell(file: string, result: string, scenario?: unknown): Promise<void>;
  fail(file: string, thrown: unknown): void;
}

/** Who plays scenarios, and how that was typed. */
export interface PlayedBy {
  readonly cluster: string;
  /** The job that is taken up. */
  readonly job: string | undefined;
  readonly options: JobRecord['options'];
  readonly mechane: Mechane<Mechanism>;
}

/** What goes with a piece, for whoever tells the results: of a scenario alone, itself; with the first of its parts, what is decided. */
interface About extends Partial<TimedDivision> {
  readonly file: string;
  readonly scenario?: RunTask;
}

/**
 * Has scenarios played by the nodes of a cluster. One that is alone, and falls into parts, is decided here as far as that goes, and they solve the parts;
 * any other they play as a whole.
 */
export async function playedByNodes(
  files: readonly string[],
  results: ScenarioResults,
  { cluster, job, options, mechane }: PlayedBy,
  context: Context,
): Promise<void> {
  const [file = '', ...others] = files;
  const alone = new Alone(file, results, mechane, context);
  const tasks = others.length === 0 ? alone.tasks() : wholeTasks(files, results);
  const record = { command: 'run', inputs: files, options } as const;
  await new Spread(cluster, job, context).told({ record, tasks }, async (outcomes) => {
    let about: About = { file };
    const solutions: unknown[] = [];
    try {
      for await (const outcome of outcomes) {
        if (outcome.about !== undefined) about = JSON.parse(outcome.about) as About;
        const { scenario, division } = about;
        if (division === undefined) {
          await told(about.file, results, () => results.tell(about.file, valueIn(outcome) as string, scenario));
          continue;
        }
        const solved = await told(about.file, results, async () => valueIn(outcome) as readonly unknown[]);
        // Without them there is no outcome.
        if (solved === undefined) return;
        solutions.push(...solved);
      }
    } finally {
      await alone.ended();
    }
    const { scenario, division } = about;
    if (scenario === undefined || division === undefined) return;
    await told(about.file, results, async () => {
      const result = await combined(mechane, { scenario, division }, solutions);
      await results.tell(about.file, JSON.stringify(result), scenario);
    });
  });
}

async function* wholeTasks(files: readonly string[], results: ScenarioResults): AsyncGenerator<NamedTask> {
  for (const file of files) {
    const given = await told(file, results, () => results.read(file));
    if (given !== undefined) yield wholeTask(given, { file });
  }
}

function wholeTask(given: RunTask, about: About): NamedTask {
  return { task: 'play', given, about: JSON.stringify(about) };
}

/** So many pieces nodes have to share, where there are as many parts: those of one piece have less work together than apart. */
const usualShares = 8;
/** What took longer than this to decide, in milliseconds, is mostly searched, and searches have little in common: then each part is a piece. */
const long = 10_000;

/** One scenario, divided here in a thread. */
class Alone {
  readonly #file: string;
  readonly #results: ScenarioResults;
  readonly #mechane: Mechane<Mechanism>;
  readonly #context: Context;
  #dividing: Promise<About | undefined> = Promise.resolve(undefined);

  constructor(file: string, results: ScenarioResults, mechane: Mechane<Mechanism>, context: Context) {
    this.#file = file;
    this.#results = results;
    this.#mechane = mechane;
    this.#context = context;
  }

  async *tasks(): AsyncGenerator<NamedTask> {
    this.#dividing = told(this.#file, this.#results, () => this.#divided());
    const about = await this.#dividing;
    throwIfInterrupted(this.#context.host.signal);
    if (about?.scenario === undefined) return;
    const { file, scenario, division, took = 0 } = about;
    if (division === undefined || division.parts.length === 0) {
      yield wholeTask(scenario, { file, scenario });
      return;
    }
    const shares = took > long ? division.parts.length : usualShares;
    for (const [place, given] of sharesOf({ scenario, division }, shares).entries())
      yield { task: 'solve', given, ...(place === 0 ? { about: JSON.stringify(about) } : {}) };
  }

  /** Called off, a search says what it has: that is waited for. */
  async ended(): Promise<void> {
    await this.#dividing.catch(() => {});
  }

  async #divided(): Promise<About> {
    const file = this.#file;
    const scenario = await this.#results.read(file);
    if (!inPartsOf(this.#mechane, scenario)) return { file, scenario };
    const apart = new PlaysApart(this.#context);
    try {
      return { file, scenario, ...(await dividedApart(apart, scenario, () => file)) };
    } finally {
      await apart.close();
    }
  }
}

/** What comes of an act; nothing where it failed, of which the results are told. */
async function told<Value>(
  file: string,
  results: ScenarioResults,
  act: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await act();
  } catch (thrown) {
    results.fail(file, thrown);
    return undefined;
  }
}
