import type { Mechane, Mechanism } from '@mechane/core';
import type { Context } from '../context.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { PlaysApart } from '../plays-apart.ts';
import type { RunTask } from '../thread-tasks.ts';
import { combined, type Divided, dividedApart, inPartsOf, sharesOf } from './divided.ts';
import type { NamedTask } from './named-task.ts';
import { type JobRecord, Spread, valueIn } from './spread.ts';

/** Where scenarios come from, and what is told of each. */
export interface ScenarioResults {
  read(file: string): Promise<RunTask>;
  /** @param result as JSON */
  tell(file: string, result: string, scenario?: unknown): Promise<void>;
  fail(file: string, thrown: unknown): void;
}

/** Who has scenarios played, and how that was typed. */
export interface ScenariosTyped {
  readonly cluster: string;
  /** The job that is taken up, and whether its pieces are the parts of one scenario. */
  readonly job: string | undefined;
  readonly parts: boolean | undefined;
  readonly options: JobRecord['options'];
}

/**
 * Has scenarios played by the nodes of a cluster. One that is alone, and falls into parts, is decided here as far as that goes, and they solve the parts;
 * any other they play as a whole.
 */
export async function playedByNodes(
  files: readonly string[],
  results: ScenarioResults,
  { cluster, job, parts, options }: ScenariosTyped,
  context: Context,
): Promise<void> {
  const spread = new Spread(cluster, job, context);
  const { mechane } = await context.plugins();
  const [file = '', ...others] = files;
  const solving: Solving = { file, inputs: files, results, spread, options, mechane };
  if (parts) return solvedByNodes(solving, undefined);
  if (job !== undefined || others.length > 0) return playedWhole(files, results, spread, options);
  const divided = await told(file, results, async () => {
    const scenario = await results.read(file);
    const division = inPartsOf(mechane, scenario) ? await dividedHere(scenario, file, context) : undefined;
    return { scenario, division };
  });
  throwIfInterrupted(context.host.signal);
  if (divided === undefined) return;
  const { scenario, division } = divided;
  if (division === undefined) await playedWhole(files, knowing(scenario, results), spread, options);
  else await solvedByNodes(solving, { scenario, division });
}

async function dividedHere(
  scenario: RunTask,
  file: string,
  context: Context,
): Promise<Divided['division'] | undefined> {
  const apart = new PlaysApart(context);
  try {
    return await dividedApart(apart, scenario, () => file);
  } finally {
    await apart.close();
  }
}

/** The results of one scenario, which was read. */
function knowing(scenario: RunTask, { tell, ...results }: ScenarioResults): ScenarioResults {
  return { ...results, read: async () => scenario, tell: (file, result) => tell(file, result, scenario) };
}

async function playedWhole(
  files: readonly string[],
  results: ScenarioResults,
  spread: Spread,
  options: JobRecord['options'],
): Promise<void> {
  const tasks = async function* (): AsyncGenerator<NamedTask> {
    for (const file of files) {
      const given = await told(file, results, () => results.read(file));
      if (given !== undefined) yield { task: 'play', given, about: file };
    }
  };
  await spread.told({ record: { command: 'run', inputs: files, options }, tasks: tasks() }, async (outcomes) => {
    for await (const outcome of outcomes) {
      const { about: file = '' } = outcome;
      await told(file, results, () => results.tell(file, valueIn(outcome) as string));
    }
  });
}

/** So many pieces nodes have to share, where there are as many parts: those of one piece have less work together than apart. */
const mostShares = 8;

interface Solving {
  readonly file: string;
  readonly inputs: readonly string[];
  readonly results: ScenarioResults;
  readonly spread: Spread;
  readonly options: JobRecord['options'];
  readonly mechane: Mechane<Mechanism>;
}

/** Has the parts of a scenario solved, and puts it together. The first piece carries what whoever takes up the job has to know. */
async function solvedByNodes(
  { file, inputs, results, spread, options, mechane }: Solving,
  begun: Divided | undefined,
): Promise<void> {
  const tell = (divided: Divided, solutions: readonly unknown[]): Promise<unknown> =>
    told(file, results, async () => {
      await results.tell(file, JSON.stringify(await combined(mechane, divided, solutions)), divided.scenario);
    });
  if (begun?.division.parts.length === 0) {
    await tell(begun, []);
    return;
  }
  const tasks = (begun === undefined ? [] : sharesOf(begun, mostShares)).map((given, place): NamedTask => {
    const about = place === 0 ? { about: JSON.stringify(begun) } : {};
    return { task: 'solve', given, ...about };
  });
  const record = { command: 'run', inputs, options: { ...options, parts: true } } as const;
  await spread.told({ record, tasks }, async (outcomes) => {
    let divided = begun;
    const solutions: unknown[] = [];
    for await (const outcome of outcomes) {
      if (outcome.about !== undefined) divided = JSON.parse(outcome.about) as Divided;
      const solved = await told(file, results, async () => valueIn(outcome) as readonly unknown[]);
      // Without them there is no outcome.
      if (solved === undefined) return;
      solutions.push(...solved);
    }
    await tell(divided as Divided, solutions);
  });
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
