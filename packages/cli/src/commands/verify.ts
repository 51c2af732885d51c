import type { ConformanceReport, Subject } from '@mechane/conformance';
import type { Context } from '../context.ts';
import { noMechanismNamed, onlyTheCommand } from '../errors.ts';
import { examineSubjects, thoroughnessOf } from '../examine-subjects.ts';
import { foreignSubject } from '../foreign/foreign-mechanism.ts';
import { ForeignProcess } from '../foreign/foreign-process.ts';
import { type Installed, requireMechanisms } from '../plugins.ts';
import type { JudgeTask, NamedTask } from '../spread/named-task.ts';
import { Spread, valueIn } from '../spread/spread.ts';
import { subjectsOf } from '../subjects.ts';
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
  const allGood = await examineSubjects(subjects, options, context, {
    reports: reportsOfNodes(chosen, subjects, options, context),
  });
  if (failed) return 2;
  return allGood ? 0 : 1;
}

/** Reports on subjects by the nodes of a cluster, in their order; `undefined` where they are examined here. */
function reportsOfNodes(
  chosen: readonly string[],
  subjects: readonly Subject[],
  options: VerifyOptions,
  context: Context,
): AsyncGenerator<ConformanceReport> | undefined {
  const { cluster, job, watch: _, all: __, ...typed } = options;
  if (cluster === undefined) return undefined;
  const spread = new Spread(cluster, job, context);
  const record = { command: 'verify', inputs: chosen, options: typed } as const;
  const thoroughness = thoroughnessOf(options);
  const places = new Map<string, number>();
  const tasks = subjects.map(({ mechanism: { id } }): NamedTask => {
    const place = places.get(id) ?? 0;
    places.set(id, place + 1);
    return { task: 'judge', given: { id, place, among: chosen, thoroughness } satisfies JudgeTask };
  });
  return (async function* () {
    for await (const outcome of spread.outcomes({ record, tasks }))
      yield JSON.parse(valueIn(outcome) as string) as ConformanceReport;
  })();
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
