import type { Subject } from '@mechane/conformance';
import type { Context } from '../context.ts';
import { noMechanismNamed, onlyTheCommand } from '../errors.ts';
import { examineSubjects } from '../examine-subjects.ts';
import { foreignSubject } from '../foreign/foreign-mechanism.ts';
import { ForeignProcess } from '../foreign/foreign-process.ts';
import { type Installed, requireMechanisms } from '../plugins.ts';
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
  const allGood = await examineSubjects(subjects, options, context);
  if (failed) return 2;
  return allGood ? 0 : 1;
}

/** Examines the mechanism that a command is, in whatever language. */
async function verifyCommand(command: string, options: VerifyOptions, context: Context): Promise<number> {
  const { cwd, env } = context.host;
  const process = new ForeignProcess(command, { cwd, env });
  try {
    const kit = await import('@mechane/conformance');
    return (await examineSubjects([foreignSubject(process, kit)], options, context, process)) ? 0 : 1;
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
