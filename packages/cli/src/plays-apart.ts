import type { Mechane, Mechanism, RunResult } from '@mechane/core';
import type { Context } from './context.ts';
import { reportOf } from './error-report.ts';
import { Interrupted, throwIfInterrupted } from './interrupted.ts';
import type { NamedTask, PartsTask, TimedDivision } from './spread/named-task.ts';
import { Thread } from './thread.ts';
import type { RunTask } from './thread-tasks.ts';

/** A scenario of so many bytes may take long, whatever its mechanism does with it. */
const large = 256 * 1024;

/** Whether a play may take so long that somebody would stop it to see what it has. */
export function mayTakeLong(mechane: Mechane<Mechanism>, scenario: unknown, size: number): boolean {
  if (size >= large) return true;
  const { mechanism } = (scenario ?? {}) as { readonly mechanism?: unknown };
  const known = mechane.mechanisms.find(({ id }) => id === mechanism);
  if (known === undefined) return false;
  const { shape } = known.settings as { readonly shape?: object };
  return shape !== undefined && 'timeLimit' in shape;
}

/** So long a play that was called off may take to say what it has, in milliseconds. */
const grace = 5_000;

/**
 * A thread for plays that never let go of theirs, as searches do not: meanwhile the command shows what is at work, and a Ctrl-C calls it off, so
 * that what it has by then is written.
 */
export class PlaysApart {
  readonly #context: Context;
  #thread: Thread<'named'> | undefined;

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Plays a scenario, and gives its result as JSON.
   *
   * @param what says what is shown on a terminal
   * @throws Interrupted where a play that was called off has nothing to say.
   */
  async play(scenario: RunTask, what: () => string): Promise<string> {
    return (await this.#performed({ task: 'play', given: scenario }, what)) as string;
  }

  /** As {@link play}, up to where the decision falls into parts. */
  async divide(scenario: RunTask, what: () => string): Promise<TimedDivision> {
    return (await this.#performed({ task: 'divide', given: scenario }, what)) as TimedDivision;
  }

  /** As {@link play}, but solves parts of a scenario. */
  async solve(given: PartsTask, what: () => string): Promise<readonly unknown[]> {
    return (await this.#performed({ task: 'solve', given }, what)) as readonly unknown[];
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }

  async #performed(task: NamedTask, what: () => string): Promise<unknown> {
    const { host } = this.#context;
    this.#thread ??= new Thread('named', host);
    const stopShowing = showing(what, this.#context);
    const { signal } = host;
    let callOff = (): void => {};
    const over = new Promise<never>((_, reject) => {
      callOff = () => {
        setTimeout(() => reject(new Interrupted(signal.reason)), grace).unref();
      };
    });
    signal.addEventListener('abort', callOff, { once: true });
    try {
      return await Promise.race([this.#thread.perform(task), over]);
    } catch (thrown) {
      if (reportOf(thrown).code === 'aborted') throwIfInterrupted(signal);
      throw thrown;
    } finally {
      signal.removeEventListener('abort', callOff);
      stopShowing();
    }
  }
}

/** The result that a play apart has given as JSON. */
export function resultIn(json: string): RunResult {
  return JSON.parse(json) as RunResult;
}

const everySecond = 1000;

/** Shows what is at work, and for how long it has been; returns what ends that. */
function showing(what: () => string, { progress }: Context): () => void {
  const started = performance.now();
  const show = (): void => progress.show(() => `${what()}, ${Math.round((performance.now() - started) / 1e3)} s`);
  show();
  const timer = setInterval(show, everySecond);
  return () => {
    clearInterval(timer);
    progress.clear();
  };
}
