import { putBack } from '../game/circumstances.ts';
import { hideFrames } from '../game/hidden-frames.ts';
import type { Steps } from '../law.ts';

/** The examination was called off. */
export class Stopped extends Error {}

/** The time that there was is used up. */
export class OutOfTime extends Error {}

/** Something was at work for so long that the engine was made to end it. */
export class CutOff extends Error {}

/** A share of a thread's time, and who may call it off. */
export interface Pace {
  readonly signal: AbortSignal | undefined;
  /** Seconds of computing that are left. */
  left(): number;
  /** Milliseconds that a play may take, where that is longer than usual: the rule ends elsewhere what takes too long. */
  readonly patience?: number | undefined;
}

interface Usage {
  readonly user: number;
  readonly system: number;
}

interface Script {
  runInThisContext(options: { timeout: number }): unknown;
}

interface NodeProcess {
  cpuUsage?(): Usage;
  threadCpuUsage?(): Usage;
  getBuiltinModule?(name: string): { Script: new (code: string) => Script } | undefined;
}

const { process } = globalThis as { process?: NodeProcess };
const elapsed: () => number = performance.now.bind(performance);
const stepsLast = 30;
const breathEvery = 40;
/** Milliseconds that a play may take before it is said not to end; longer on a machine that has other things to do. */
export const patience = 3_000;
const mostPatience = 20 * patience;

/** What was computed when it was last asked for, and how much of it by this thread, at most. */
let [usedThen, then, own] = [0, 0, 0];

/**
 * Milliseconds of computing so far; where the host does not tell, of time. A host that knows what all its threads have computed together has this one
 * computed no more than that, and no more than there was time for.
 */
export function computed(): number {
  const ofThread = process?.threadCpuUsage?.();
  if (ofThread !== undefined) return milliseconds(ofThread);
  const ofAll = process?.cpuUsage?.();
  if (ofAll === undefined) return elapsed();
  const [used, time] = [milliseconds(ofAll), elapsed()];
  own += Math.min(used - usedThen, time - then);
  [usedThen, then] = [used, time];
  return own;
}

function milliseconds({ user, system }: Usage): number {
  return (user + system) / 1_000;
}

/** Milliseconds since some moment. */
export function now(): number {
  return elapsed();
}

/**
 * Takes steps to their end, giving way to whatever else waits for the thread. Where the engine can cut off what never ends, as in Node, it does.
 *
 * @throws Stopped, OutOfTime, CutOff, and what the steps throw
 */
export async function drive<Result>(steps: Steps<Result>, { signal, left, patience: own }: Pace): Promise<Result> {
  const [begun, computedThen] = [elapsed(), computed()];
  let breath = elapsed();
  let answer: unknown;
  for (;;) {
    if (signal?.aborted) throw new Stopped();
    if (left() <= 0) throw new OutOfTime();
    const step = someSteps(
      steps,
      answer,
      Math.max(own ?? 0, patienceNow(elapsed() - begun, computed() - computedThen)),
    );
    if (step.done) return step.value;
    answer = await step.value;
    if (elapsed() - breath < breathEvery) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    breath = elapsed();
  }
}

/** How many times as long as it computes the machine takes, as was last seen. */
let load = 1;

/** On a busy machine, computing takes longer than it computes. */
function patienceNow(time: number, computing: number): number {
  if (time > 200) load = Math.max(1, time / Math.max(50, computing));
  return Math.min(mostPatience, patience * load);
}

function someSteps<Result>(
  steps: Steps<Result>,
  given: unknown,
  limit: number,
): IteratorResult<Promise<unknown> | undefined, Result> {
  const showFrames = hideFrames();
  let answer = given;
  try {
    return cutOffAfter(limit, () => {
      const until = elapsed() + stepsLast;
      for (;;) {
        const step = steps.next(answer);
        answer = undefined;
        if (step.done || step.value !== undefined || elapsed() > until) return step;
      }
    });
  } finally {
    showFrames();
    putBack();
  }
}

let script: Script | undefined;
const handle: unique symbol = Symbol.for('mechane/steps');
type Handles = { [handle]?: () => void };

/** Runs something, for so many milliseconds at the most where the engine can do that. @throws CutOff */
function cutOffAfter<Result>(milliseconds: number, run: () => Result): Result {
  script ??= newScript();
  if (script === undefined) return run();
  const handles = globalThis as Handles;
  let result: { readonly value: Result } | undefined;
  const before = handles[handle];
  handles[handle] = () => {
    result = { value: run() };
  };
  try {
    script.runInThisContext({ timeout: Math.ceil(milliseconds) });
  } catch (thrown) {
    if (isTimeout(thrown)) throw new CutOff();
    throw thrown;
  } finally {
    if (before) handles[handle] = before;
    else delete handles[handle];
  }
  return (result as { readonly value: Result }).value;
}

function newScript(): Script | undefined {
  const vm = process?.getBuiltinModule?.('node:vm');
  return vm && new vm.Script(`globalThis[Symbol.for('mechane/steps')]()`);
}

function isTimeout(thrown: unknown): boolean {
  return (thrown as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
