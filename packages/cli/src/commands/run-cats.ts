import { availableParallelism } from 'node:os';
import type { MechaneError } from '@mechane/core';
import type { Context } from '../context.ts';
import { missingPackage, notSettings } from '../errors.ts';
import { Interrupted, throwIfInterrupted } from '../interrupted.ts';
import { parseJson } from '../json-text.ts';
import { PlaysApart, resultIn } from '../plays-apart.ts';
import { type Installed, importFrom } from '../plugins.ts';
import { readText } from '../read-input.ts';
import { resultText } from '../result-text.ts';
import { playedByNodes } from '../spread/played-by-nodes.ts';
import { playedInShares } from '../spread/played-in-shares.ts';
import { sideBySide } from '../spread/side-by-side.ts';
import type { SpreadOptions } from '../spread/spread.ts';
import type { RunTask } from '../thread-tasks.ts';

export interface CatsOptions extends SpreadOptions {
  readonly mechanism: string;
  /** JSON: settings besides the goods, which the file names. */
  readonly settings?: string;
  readonly json: boolean;
  /** How many files are played at once; one a core unless given. */
  readonly workers?: number;
}

type ReadCats = typeof import('@mechane/auction-combinatorial')['readCats'];

/** The package that reads files of the Combinatorial Auction Test Suite. */
const reader = '@mechane/auction-combinatorial';

/**
 * `mechane run --cats`: plays auctions from files of the test suite, as many at once as there are cores. A bad one is reported and the rest go on. A
 * search never lets go of its thread, so it has one of its own: a Ctrl-C calls it off, and what it has by then is written.
 */
export async function runCats(files: readonly string[], options: CatsOptions, context: Context): Promise<number> {
  const { json, mechanism, settings, cluster, job, workers = availableParallelism() } = options;
  const given = settingsOf(settings);
  const installed = await context.plugins();
  const readCats = await catsReader(installed);
  installed.mechane.mechanism(mechanism);
  let failed = false;
  const results: Results = {
    async read(file, warn) {
      const auction = readCats(await readText(file, context.host), warn);
      return { mechanism, settings: { ...auction.settings, ...given }, reports: auction.reports };
    },
    warn(file, warning) {
      context.warn(warning, { file });
    },
    async tell(file, result) {
      const title = files.length > 1 ? file : undefined;
      await context.output.write(json ? `${result}\n` : resultText(resultIn(result), context.style, title));
    },
    fail(file, thrown) {
      if (thrown instanceof Interrupted) throw thrown;
      failed = true;
      context.reportError(thrown, { file, json });
    },
  };
  if (cluster === undefined) await playHere(files, results, { workers, mechane: installed.mechane }, context);
  else {
    const typed = { cats: true, mechanism, json, ...(settings === undefined ? {} : { settings }) };
    const read = (file: string): Promise<RunTask> => results.read(file, (warning) => results.warn(file, warning));
    await playedByNodes(
      files,
      { ...results, read },
      { cluster, job, options: typed, mechane: installed.mechane },
      context,
    );
  }
  return failed ? 2 : 0;
}

type Warn = Parameters<ReadCats>[1];

/** What is done with each file. */
interface Results {
  read(file: string, warn: Warn): Promise<RunTask>;
  warn(file: string, warning: MechaneError): void;
  tell(file: string, result: string): Promise<void>;
  fail(file: string, thrown: unknown): void;
}

/** What came of a file. */
type Played = { readonly warnings: readonly MechaneError[] } & (
  | { readonly result: string }
  | { readonly thrown: unknown }
);

/** Plays several files at once, each in a thread, and tells what came of them in their order. */
async function playHere(
  files: readonly string[],
  results: Results,
  { workers, mechane }: { readonly workers: number; readonly mechane: Installed['mechane'] },
  context: Context,
): Promise<void> {
  const { signal } = context.host;
  const lanes = Array.from({ length: Math.min(workers, files.length) }, () => new PlaysApart(context));
  /** The places of the files that are played now. */
  const atWork = new Set<number>();
  const what = (): string =>
    whatIsAtWork(
      files,
      [...atWork].sort((one, other) => one - other),
    );
  const play = async (file: string, place: number, lane: number): Promise<Played> => {
    const warnings: MechaneError[] = [];
    atWork.add(place);
    try {
      throwIfInterrupted(signal);
      const scenario = await results.read(file, (warning) => warnings.push(warning));
      // Where several are played at once, each has one thread.
      const threads = files.length === 1 ? workers : 1;
      const shared = { apart: lanes[lane] as PlaysApart, threads, mechane, context };
      return { warnings, result: await playedInShares(scenario, what, shared) };
    } catch (thrown) {
      return { warnings, thrown };
    } finally {
      atWork.delete(place);
    }
  };
  try {
    let place = 0;
    for await (const { warnings, ...played } of sideBySide(files, lanes.length, play)) {
      const file = files[place++] as string;
      for (const warning of warnings) results.warn(file, warning);
      await told(file, results, () => {
        if ('thrown' in played) throw played.thrown;
        return played.result;
      });
    }
    throwIfInterrupted(signal);
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
}

/** The first of the files that are at work, and how many others are. */
function whatIsAtWork(files: readonly string[], [first = 0, ...others]: readonly number[]): string {
  if (files.length === 1) return files[0] as string;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first + 1} of ${files.length}: ${files[first]}${more}`;
}

/** Tells the result of a file, or why there is none. */
async function told(file: string, results: Results, result: () => string): Promise<void> {
  try {
    await results.tell(file, result());
  } catch (thrown) {
    results.fail(file, thrown);
  }
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
