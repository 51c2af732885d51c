import { serialize } from 'node:v8';
import { adaptiveOf } from './adaptive.ts';
import { type CheckedSimulation, checkedSimulation } from './checked-simulation.ts';
import { preparation } from './preparation.ts';
import { solveGame } from './solve-game.ts';
import { answer, answered, divide, draw, judge, type NamedTask, solveParts } from './spread/named-task.ts';
import { subjectsOf } from './subjects.ts';
import type { TaskContext } from './task-context.ts';

/** A scenario as a command puts it together, or as it was read. */
export interface RunTask {
  readonly mechanism: string;
  readonly settings?: object;
  readonly reports?: object;
}

/** One replication of an experiment. */
export interface Replication {
  readonly experiment: unknown;
  readonly seed: number;
}

/** Plays a scenario, and gives its result as JSON: what is put together when it is first read cannot leave its thread otherwise. */
async function play(scenario: RunTask, { installed, signal }: TaskContext): Promise<string> {
  const { mechane } = await installed;
  await preparation(mechane)(scenario);
  return JSON.stringify(mechane.runScenario(scenario, { signal }));
}

/** Simulates an experiment with a seed; progress is the rounds that were played. */
async function replicate(
  { experiment, seed }: Replication,
  { cwd, installed, signal, onProgress }: TaskContext,
): Promise<CheckedSimulation> {
  const { mechane } = await installed;
  return checkedSimulation(await adaptiveOf(cwd), experiment, { cwd, mechane, signal, seed, onProgress });
}

/** Whole lines of a file. */
export interface LinesOfBytes {
  /** How many lines of the file stand before. */
  readonly before: number;
  readonly bytes: ArrayBuffer;
}

/** What is to be examined of a mechanism, and with how much work. */
export interface Examination {
  readonly id: string;
  readonly runs?: number | undefined;
}

/** Seconds that an examination may take of each subject: whoever waits for it does not wait for ever. */
const longestExamination = 20;

/** Examines what a mechanism claims, and gives the kit's reports as JSON. */
async function examine({ id, runs }: Examination, { installed, signal }: TaskContext): Promise<string> {
  const { otherDomainsOf, verify } = await import('@mechane/conformance');
  const own = await installed;
  own.mechane.mechanism(id);
  const subjects = await subjectsOf(id, own);
  const reports: object[] = [];
  for (const subject of subjects) {
    const thoroughness = {
      seconds: longestExamination,
      signal,
      otherDomains: otherDomainsOf(subject, subjects),
      ...(runs === undefined ? {} : { runs }),
    };
    reports.push(await verify(subject, thoroughness));
  }
  return JSON.stringify(reports);
}

/** Simulates an experiment, and gives what a thread would, as base64: JSON knows neither what is missing nor what is no number. */
async function replicateCarried(replication: Replication, around: TaskContext): Promise<string> {
  return serialize(await replicate(replication, around)).toString('base64');
}

/** Does whatever is named: for a thread that does work of any kind. */
async function named({ task, given }: NamedTask, around: TaskContext): Promise<unknown> {
  const does = { answer, divide, draw, judge, play, replicate: replicateCarried, solve: solveParts }[task] as (
    given: unknown,
    around: TaskContext,
  ) => Promise<unknown>;
  return does(given, around);
}

/** Answers lines, as text in UTF-8. */
async function answerBytes({ before, bytes }: LinesOfBytes, { installed }: TaskContext): Promise<ArrayBuffer> {
  const { mechane } = await installed;
  return new TextEncoder().encode(await answered(mechane, Buffer.from(bytes), before)).buffer as ArrayBuffer;
}

/** What threads can do: a thread is started for one of these by its name. */
export const tasks: {
  readonly answer: typeof answerBytes;
  readonly examine: typeof examine;
  readonly judge: typeof judge;
  readonly named: typeof named;
  readonly play: typeof play;
  readonly replicate: typeof replicate;
  readonly solve: typeof solveGame;
} = { answer: answerBytes, examine, judge, named, play, replicate, solve: solveGame };
