import { availableParallelism } from 'node:os';
import type { ConformanceReport, Subject } from '@mechane/conformance';
import type { Context } from '../context.ts';
import { noMechanismNamed, onlyTheCommand } from '../errors.ts';
import { examineSubjects, thoroughnessOf } from '../examine-subjects.ts';
import { foreignSubject } from '../foreign/foreign-mechanism.ts';
import { ForeignProcess } from '../foreign/foreign-process.ts';
import { type Installed, requireMechanisms } from '../plugins.ts';
import type { JudgeTask } from '../spread/named-task.ts';
import { sideBySide } from '../spread/side-by-side.ts';
import { type Outcome, Spread, type SpreadWork, valueIn } from '../spread/spread.ts';
import { subjectsOf } from '../subjects.ts';
import { Thread } from '../thread.ts';
import type { VerifyOptions } from '../verify-options.ts';
import { verifyOnChange } from '../watch/verify-on-change.ts';
import { watchedOfCommand, watchedOfPackages } from '../watch/watched-folders.ts';

/** `mechane verify`: checks what mechanisms claim. The answer is "no" where any claim is not found to be true. */
export async function verify(ids: readonly string[], options: VerifyOptions, context: Context): Promise<number> {
  const { all = false, exec, watch = false } = options;
  const { host } = context;
  if (exec !== undefined) {
    if (ids.length > 0 || all) throw onlyTheCommand();
    return watch
      ? verifyOnChange(watchedOfCommand(exec, host.cwd), options, host)
      : verifyCommand(exec, options, context);
  }
  const installed = await context.plugins();
  requireMechanisms(installed);
  const chosen = all ? installed.mechane.mechanisms.map(({ id }) => id) : named(ids, installed);
  if (watch) {
    const packages = new Set(chosen.map((id) => installed.packageOf(id).folder));
    return verifyOnChange(watchedOfPackages([...packages]), options, host);
  }
  let failed = false;
  const subjects: Subject[] = [];
  for (const id of chosen) {
    try {
      subjects.push(...(await subjectsOf(id, installed)));
    } catch (thrown) {
      failed = true;
      context.reportError(thrown);
    }
  }
  const allGood = await examinedSomewhere(chosen, subjects, options, context);
  if (failed) return 2;
  return allGood ? 0 : 1;
}

/** Examines subjects by the nodes of a cluster, by several threads, or in this one. */
async function examinedSomewhere(
  chosen: readonly string[],
  subjects: readonly Subject[],
  options: VerifyOptions,
  context: Context,
): Promise<boolean> {
  const { cluster, job, workers = availableParallelism(), watch: _, all: __, ...typed } = options;
  const examine = (reports?: AsyncIterator<ConformanceReport>): Promise<boolean> =>
    examineSubjects(subjects, options, context, { reports });
  const lanes = Math.min(workers, subjects.length);
  if (cluster === undefined && lanes <= 1) return examine();
  const thoroughness = thoroughnessOf(options);
  const places = new Map<string, number>();
  const tasks = subjects.map(({ mechanism: { id } }): JudgeTask => {
    const place = places.get(id) ?? 0;
    places.set(id, place + 1);
    return { id, place, among: chosen, thoroughness };
  });
  if (cluster !== undefined) {
    const record = { command: 'verify', inputs: chosen, options: typed } as const;
    const work: SpreadWork = { record, tasks: tasks.map((given) => ({ task: 'judge', given })) };
    return new Spread(cluster, job, context).told(work, (outcomes) => examine(reportsIn(outcomes)));
  }
  const reports = judgedByThreads(tasks, lanes, context);
  try {
    return await examine(reports);
  } finally {
    await reports.return(undefined);
  }
}

async function* reportsIn(outcomes: AsyncIterable<Outcome>): AsyncGenerator<ConformanceReport, undefined> {
  for await (const outcome of outcomes) yield JSON.parse(valueIn(outcome) as string) as ConformanceReport;
  return undefined;
}

async function* judgedByThreads(
  tasks: readonly JudgeTask[],
  lanes: number,
  { host, progress }: Context,
): AsyncGenerator<ConformanceReport, undefined> {
  const threads = Array.from({ length: lanes }, () => new Thread('judge', host));
  let done = 0;
  const show = (id: string): void => progress.show(() => `${done} of ${tasks.length} examined; now ${id}`);
  try {
    yield* sideBySide(tasks, lanes, async (task, _, lane) => {
      show(task.id);
      const report = JSON.parse(await (threads[lane] as Thread<'judge'>).perform(task)) as ConformanceReport;
      done += 1;
      return report;
    });
    return undefined;
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
}

/** Examines the mechanism that a command is, in whatever language. */
async function verifyCommand(command: string, options: VerifyOptions, context: Context): Promise<number> {
  const { cwd, env } = context.host;
  const process = new ForeignProcess(command, { cwd, env });
  try {
    const kit = await import('@mechane/conformance');
    return (await examineSubjects([foreignSubject(process, kit)], options, context, { process })) ? 0 : 1;
  } catch (thrown) {
    throw (await process.failure()) ?? thrown;
  } finally {
    await process.close();
  }
}

function named(ids: readonly string[], { mechane }: Installed): readonly string[] {
  if (ids.length === 0) throw noMechanismNamed();
  for (const id of ids) mechane.mechanism(id);
  return [...new Set(ids)];
}
