import type { RunResult } from '@mechane/core';
import type { Context } from '../context.ts';
import { catsWithoutMechanism, noScenario, oneRunPerJournal, onlySwept, onlyWithCats } from '../errors.ts';
import { Interrupted, throwIfInterrupted } from '../interrupted.ts';
import { createJournal } from '../journal-file.ts';
import { mayTakeLong, PlaysApart, resultIn } from '../plays-apart.ts';
import { type PlotFile, type PlotOptions, plotFileOf } from '../plot-file.ts';
import type { Installed } from '../plugins.ts';
import { preparation } from '../preparation.ts';
import { readJson, readSizedJson } from '../read-input.ts';
import { resultText } from '../result-text.ts';
import { runPicture } from '../run-picture.ts';
import { playedByNodes, type ScenarioResults } from '../spread/played-by-nodes.ts';
import { playedInShares } from '../spread/played-in-shares.ts';
import type { SpreadOptions } from '../spread/spread.ts';
import { usualThreads } from '../spread/usual-threads.ts';
import type { RunTask } from '../thread-tasks.ts';
import { type CatsOptions, runCats } from './run-cats.ts';
import { runLines } from './run-lines.ts';
import { runSweep } from './run-sweep.ts';
import { tellResult } from './tell-result.ts';

export interface RunOptions extends PlotOptions, SpreadOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly journal?: string;
  readonly cats?: boolean;
  readonly mechanism?: string;
  readonly settings?: string;
  readonly workers?: number;
  readonly sweep?: readonly string[];
  readonly csv?: boolean;
}

/** `mechane run`: plays each scenario and shows what came out. A bad one is reported and the rest go on. */
export async function run(files: readonly string[], options: RunOptions, context: Context): Promise<number> {
  const { json = false, ndjson = false, journal } = options;
  if (options.cats)
    return runCats(
      requireFiles(files, 'mechane run --cats FILE --mechanism auction-combinatorial/vcg'),
      catsOptions(options),
      context,
    );
  if (options.mechanism !== undefined || options.settings !== undefined) throw onlyWithCats();
  if (ndjson) return runLines(files, options, context);
  if (options.sweep !== undefined) return runSweep(files, { ...options, sweep: options.sweep }, context);
  if (options.csv) throw onlySwept();
  requireFiles(files, 'mechane run scenario.json');
  if (journal !== undefined) return runJournaled(files, journal, json, context);
  const picture = plotFileOf(options, files.length, context.host);
  const installed = await context.plugins();
  const { host, output } = context;
  let failed = false;
  const results: ScenarioResults = {
    read: async (file) => (await readJson(file, host)) as RunTask,
    async tell(file, result, scenario) {
      const title = files.length > 1 ? file : undefined;
      if (json) await output.write(`${result}\n`);
      else await tellRun(scenario, resultIn(result), context, title);
      await draw(picture, scenario, resultIn(result), installed);
    },
    fail(file, thrown) {
      if (thrown instanceof Interrupted) throw thrown;
      failed = true;
      context.reportError(thrown, { file, json });
    },
  };
  const { cluster, job, workers = usualThreads() } = options;
  const { mechane } = installed;
  if (cluster === undefined) await playHere(files, results, { threads: workers, mechane }, context);
  else await playedByNodes(files, results, { cluster, job, options: { json }, mechane }, context);
  await picture?.write();
  return failed ? 2 : 0;
}

/** Plays scenarios one after the other: in a thread where that may take long. */
async function playHere(
  files: readonly string[],
  results: ScenarioResults,
  { threads, mechane }: { readonly threads: number; readonly mechane: Installed['mechane'] },
  context: Context,
): Promise<void> {
  const { host } = context;
  const prepare = preparation(mechane);
  const apart = new PlaysApart(context);
  try {
    for (const file of files) {
      try {
        const { value: scenario, size } = await readSizedJson(file, host);
        if (mayTakeLong(mechane, scenario, size)) {
          const shared = { apart, threads, mechane, context };
          await results.tell(file, await playedInShares(scenario as RunTask, () => file, shared), scenario);
        } else {
          await prepare(scenario);
          await results.tell(file, JSON.stringify(mechane.runScenario(scenario)), scenario);
        }
      } catch (thrown) {
        results.fail(file, thrown);
      }
      throwIfInterrupted(host.signal);
    }
  } finally {
    await apart.close();
  }
}

/** Draws a result, and says where in the playground it is seen. */
async function draw(
  picture: PlotFile | undefined,
  scenario: unknown,
  result: RunResult,
  { packageOf }: Installed,
): Promise<void> {
  if (picture === undefined) return;
  await picture.drawRun(scenario, result);
  const { mechanism, ...given } = scenario as { readonly mechanism: string; readonly reports?: unknown };
  // Its form has a row for each agent, by name; names that are numbers would come first there, which is another order of arrival.
  if (Array.isArray(given.reports)) return;
  picture.showInPlayground({ room: `mechanism/${mechanism}`, given, by: packageOf(mechanism) });
}

/** Prints a result to read, with what was reported as bars where the terminal can. */
function tellRun(scenario: unknown, result: RunResult, context: Context, title?: string): Promise<void> {
  const { style } = context;
  const picture = context.picture((columns) => runPicture(scenario, result, columns, style));
  return context.tell(resultText(result, style, title) + picture);
}

function requireFiles(files: readonly string[], fix: string): readonly string[] {
  if (files.length > 0) return files;
  throw noScenario(fix);
}

function catsOptions({ mechanism, json = false, ...options }: RunOptions): CatsOptions {
  if (mechanism === undefined) throw catsWithoutMechanism();
  return { ...options, mechanism, json };
}

/** Plays one scenario and keeps a journal, so that it can be resumed after a crash and audited afterwards. */
async function runJournaled(
  files: readonly string[],
  journal: string,
  json: boolean,
  context: Context,
): Promise<number> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw oneRunPerJournal(file, journal);
  const { mechane } = await context.plugins();
  const { host } = context;
  const { signal } = host;
  const scenario = await readJson(file, host);
  await preparation(mechane)(scenario);
  const { sink, close } = await createJournal(journal, host.cwd);
  try {
    const result = await mechane.record(scenario, { journal: sink, signal });
    if (json) return await tellResult(result, json, context);
    await tellRun(scenario, result, context);
    return 0;
  } catch (thrown) {
    throwIfInterrupted(signal);
    throw thrown;
  } finally {
    await close();
  }
}
