import { isMechaneError } from '@mechane/core';
import type { Context } from '../context.ts';
import { missingPackage, notSettings } from '../errors.ts';
import { Interrupted, throwIfInterrupted } from '../interrupted.ts';
import { parseJson } from '../json-text.ts';
import { PlaysApart, resultIn } from '../plays-apart.ts';
import { type Installed, importFrom } from '../plugins.ts';
import { readText } from '../read-input.ts';
import { resultText } from '../result-text.ts';
import type { NamedTask } from '../spread/named-task.ts';
import { Spread, type SpreadOptions, valueIn } from '../spread/spread.ts';
import type { RunTask } from '../thread-tasks.ts';

export interface CatsOptions extends SpreadOptions {
  readonly mechanism: string;
  /** JSON: settings besides the goods, which the file names. */
  readonly settings?: string;
  readonly json: boolean;
}

type ReadCats = typeof import('@mechane/auction-combinatorial')['readCats'];

/** The package that reads files of the Combinatorial Auction Test Suite. */
const reader = '@mechane/auction-combinatorial';

/**
 * `mechane run --cats`: plays auctions from files of the test suite. A bad one is reported and the rest go on. A search never lets go of its
 * thread, so it has one of its own: a Ctrl-C calls it off, and what it has by then is written.
 */
export async function runCats(files: readonly string[], options: CatsOptions, context: Context): Promise<number> {
  const { json, mechanism, cluster, job } = options;
  const given = settingsOf(options.settings);
  const installed = await context.plugins();
  const readCats = await catsReader(installed);
  installed.mechane.mechanism(mechanism);
  let failed = false;
  const results: Results = {
    async read(file) {
      const auction = readCats(await readText(file, context.host), (warning) => context.warn(warning, { file }));
      return { mechanism, settings: { ...auction.settings, ...given }, reports: auction.reports };
    },
    async tell(file, result) {
      const title = files.length > 1 ? file : undefined;
      await context.output.write(json ? `${result}\n` : resultText(resultIn(result), context.style, title));
    },
    fail(file, thrown) {
      if (thrown instanceof Interrupted) throw thrown;
      failed = true;
      context.reportError(thrown, { file, json, ...(json ? lineOf(thrown) : {}) });
    },
  };
  if (cluster === undefined) await playHere(files, results, context);
  else await playSpread(files, results, options, new Spread(cluster, job, context));
  return failed ? 2 : 0;
}

/** What is done with each file. */
interface Results {
  read(file: string): Promise<RunTask>;
  tell(file: string, result: string): Promise<void>;
  fail(file: string, thrown: unknown): void;
}

async function playHere(files: readonly string[], results: Results, context: Context): Promise<void> {
  const plays = new PlaysApart(context);
  try {
    for (const [index, file] of files.entries()) {
      const what = files.length === 1 ? file : `${index + 1} of ${files.length}: ${file}`;
      try {
        await results.tell(file, await plays.play(await results.read(file), what));
      } catch (thrown) {
        results.fail(file, thrown);
      }
      throwIfInterrupted(context.host.signal);
    }
  } finally {
    await plays.close();
  }
}

async function playSpread(
  files: readonly string[],
  results: Results,
  { mechanism, settings, json }: CatsOptions,
  spread: Spread,
): Promise<void> {
  const tasks = async function* (): AsyncGenerator<NamedTask> {
    for (const file of files)
      try {
        yield { task: 'play', given: await results.read(file), about: file };
      } catch (thrown) {
        results.fail(file, thrown);
      }
  };
  const typed = { cats: true, mechanism, json, ...(settings === undefined ? {} : { settings }) };
  const record = { command: 'run', inputs: files, options: typed } as const;
  for await (const outcome of spread.outcomes({ record, tasks: tasks() })) {
    const file = outcome.about ?? '';
    try {
      await results.tell(file, valueIn(outcome) as string);
    } catch (thrown) {
      results.fail(file, thrown);
    }
  }
}

/** As text, the path names the line already. */
function lineOf(thrown: unknown): { readonly line?: number } {
  if (!isMechaneError(thrown) || thrown.code !== 'invalid-cats') return {};
  const [, line] = thrown.path;
  return typeof line === 'number' ? { line } : {};
}

function settingsOf(typed: string | undefined): object {
  if (typed === undefined) return {};
  let settings: unknown;
  try {
    settings = parseJson(Buffer.from(typed));
  } catch (cause) {
    throw notSettings(typed, cause);
  }
  if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) return settings;
  throw notSettings(typed);
}

/** The reader that the user's own package of combinatorial auctions brings. */
async function catsReader(installed: Installed): Promise<ReadCats> {
  const own = installed.mechane.mechanisms.find(({ id }) => installed.packageOf(id).name === reader);
  const readCats = own && (await importFrom(installed.packageOf(own.id))).readCats;
  if (typeof readCats === 'function') return readCats as ReadCats;
  throw missingPackage('files of the Combinatorial Auction Test Suite are read', reader);
}
