import { isMechaneError } from '@mechane/core';
import type { Context } from '../context.ts';
import { missingPackage, notSettings } from '../errors.ts';
import { Interrupted, throwIfInterrupted } from '../interrupted.ts';
import { parseJson } from '../json-text.ts';
import { PlaysApart, resultIn } from '../plays-apart.ts';
import { type Installed, importFrom } from '../plugins.ts';
import { readText } from '../read-input.ts';
import { resultText } from '../result-text.ts';

export interface CatsOptions {
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
  const { json, mechanism } = options;
  const { output, style, host } = context;
  const given = settingsOf(options.settings);
  const installed = await context.plugins();
  const readCats = await catsReader(installed);
  installed.mechane.mechanism(mechanism);
  const plays = new PlaysApart(context);
  let failed = false;
  try {
    for (const [index, file] of files.entries()) {
      const what = files.length === 1 ? file : `${index + 1} of ${files.length}: ${file}`;
      try {
        const auction = readCats(await readText(file, host), (warning) => context.warn(warning, { file }));
        const settings = { ...auction.settings, ...given };
        const result = await plays.play({ mechanism, settings, reports: auction.reports }, what);
        const title = files.length > 1 ? file : undefined;
        await output.write(json ? `${result}\n` : resultText(resultIn(result), style, title));
      } catch (thrown) {
        if (thrown instanceof Interrupted) throw thrown;
        failed = true;
        context.reportError(thrown, { file, json, ...(json ? lineOf(thrown) : {}) });
      }
      throwIfInterrupted(host.signal);
    }
  } finally {
    await plays.close();
  }
  return failed ? 2 : 0;
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
