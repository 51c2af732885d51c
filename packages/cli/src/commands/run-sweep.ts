import type { Context } from '../context.ts';
import { oneScenario } from '../errors.ts';
import { Interrupted, throwIfInterrupted } from '../interrupted.ts';
import { readJson } from '../read-input.ts';
import type { LinesTask, NamedTask } from '../spread/named-task.ts';
import { SharedLines } from '../spread/shared-lines.ts';
import { Spread, type SpreadOptions, valueIn } from '../spread/spread.ts';
import { usualThreads } from '../spread/usual-threads.ts';
import { combinations, countOf } from '../sweep/combinations.ts';
import { type Dimension, dimensionIn } from '../sweep/dimension.ts';
import { SweptResults } from '../sweep/swept-results.ts';

export interface SweepOptions extends SpreadOptions {
  /** What is varied, as it was typed. */
  readonly sweep: readonly string[];
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly workers?: number;
}

/** So many bytes of scenarios are put together, at most. */
const fullBatch = 128 * 1024;
/** So many pieces nodes have to share, where there are so many combinations. */
const fewestPieces = 64;

/** `mechane run --sweep`: plays a scenario with every combination of values, and tells the results in the order of the combinations. */
export async function runSweep(files: readonly string[], options: SweepOptions, context: Context): Promise<number> {
  const { sweep, cluster, job, json = false, csv = false } = options;
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw oneScenario(sweep);
  const dimensions = sweep.map(dimensionIn);
  const keys = dimensions.map(({ key }) => key);
  const format = json ? 'json' : csv ? 'csv' : 'text';
  const results = new SweptResults(format, keys, context);
  const sweeping = { file, dimensions, results, context };
  if (cluster === undefined) await sweptHere(sweeping, options.workers ?? usualThreads());
  else {
    const typed = { sweep, json, csv };
    const record = { command: 'run', inputs: files, options: typed } as const;
    await new Spread(cluster, job, context).told({ record, tasks: tasksOf(sweeping) }, async (outcomes) => {
      for await (const outcome of outcomes)
        await results.add(JSON.parse(outcome.about ?? '[]') as readonly string[], valueIn(outcome) as string);
      await results.finish();
    });
  }
  return results.hasFailed ? 2 : 0;
}

interface Sweeping {
  readonly file: string;
  readonly dimensions: readonly Dimension[];
  readonly results: SweptResults;
  readonly context: Context;
}

/** Scenarios of a sweep that follow each other, a line each, and what was put into them. */
interface Batch {
  readonly before: number;
  readonly lines: string;
  readonly swept: readonly string[];
}

async function* batchesOf({ file, dimensions, context }: Sweeping, most: number): AsyncGenerator<Batch> {
  let lines: string[] = [];
  let swept: string[] = [];
  let [size, before] = [0, 0];
  const batch = (): Batch => {
    const full = { before, lines: lines.join(''), swept };
    before += swept.length;
    [lines, swept, size] = [[], [], 0];
    return full;
  };
  for (const combination of combinations(await readJson(file, context.host), dimensions)) {
    lines.push(combination.line);
    swept.push(combination.swept);
    size += combination.line.length;
    if (size >= fullBatch || lines.length >= most) yield batch();
  }
  if (lines.length > 0) yield batch();
}

async function* tasksOf(sweeping: Sweeping): AsyncGenerator<NamedTask> {
  const most = Math.ceil(countOf(sweeping.dimensions) / fewestPieces);
  for await (const { before, lines, swept } of batchesOf(sweeping, most))
    yield { task: 'answer', given: { before, text: lines } satisfies LinesTask, about: JSON.stringify(swept) };
}

/** Plays them by all cores of this machine. Called off, it tells what it has. */
async function sweptHere(sweeping: Sweeping, threads: number): Promise<void> {
  const { dimensions, results, context } = sweeping;
  const { progress, host } = context;
  const { mechane } = await context.plugins();
  const count = countOf(dimensions).toLocaleString('en');
  const left: string[] = [];
  const write = async (page: string | Uint8Array): Promise<void> => {
    const text = typeof page === 'string' ? page : Buffer.from(page).toString('utf8');
    await results.add(left.splice(0, text.split('\n').length - 1), text);
  };
  const answers = new SharedLines(mechane, { threads, write }, context);
  try {
    for await (const { before, lines, swept } of batchesOf(sweeping, Infinity)) {
      if (host.signal.aborted) break;
      left.push(...swept);
      const done = await answers.answer(Buffer.from(lines), before);
      progress.show(() => `${done.toLocaleString('en')} of ${count} scenarios`);
    }
    await answers.finish();
    throwIfInterrupted(host.signal);
    await results.finish();
  } catch (thrown) {
    if (thrown instanceof Interrupted) await results.finish();
    throw thrown;
  } finally {
    progress.clear();
    await answers.close();
  }
}
