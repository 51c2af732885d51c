import { setMaxListeners } from 'node:events';
import { joinOnEffect } from './engine/effect-node.ts';
import type { JoinEngine, Node } from './engine/engine.ts';

/**
 * Who gives out work to the nodes of a cluster.
 *
 * @category Jobs
 */
export interface JobsOptions {
  /** The Postgres that all nodes share: `postgres://user@host/database`. */
  readonly database: string;
  /** The folder of the project in which the engine is installed; the folder in which the process runs, unless it is given. */
  readonly from?: string;
  /** What carries work to nodes: Effect Cluster, unless it is given. */
  readonly engine?: JoinEngine;
}

/**
 * Work that is given out in pieces.
 *
 * @category Jobs
 */
export interface Batch {
  /** Its own name: whoever gives out the same again has the results that are there, and the rest done. */
  readonly name: string;
  /** What `work` of a node is given, a piece each. */
  readonly tasks: Iterable<string>;
  /** How many pieces are given out at once: 32, unless it says otherwise. */
  readonly together?: number;
  /** Once it aborts, nothing more is given out: what was given out is done all the same, and there when the batch is given out again. */
  readonly signal?: AbortSignal;
}

/**
 * Gives out work, and holds no sessions.
 *
 * @category Jobs
 */
export interface Jobs {
  /** Results in the order of the tasks, each once, whatever nodes die meanwhile; it waits while there are none. */
  run(batch: Batch): AsyncGenerator<string, undefined>;
  close(): Promise<void>;
}

const usualTogether = 32;

/**
 * Connects to the nodes of a cluster to have work done: by those that were given `work`.
 *
 * @throws MechaneError `missing-engine`.
 * @category Jobs
 */
export async function connectJobs(options: JobsOptions): Promise<Jobs> {
  const { database, from = process.cwd(), engine = joinOnEffect } = options;
  const node = await engine({ database, from }, undefined);
  return { run: (batch) => results(node, batch), close: () => node.close() };
}

async function* results(node: Node, { name, tasks, together = usualTogether, signal }: Batch) {
  const patience = signal ?? new AbortController().signal;
  // Every piece that is out listens for it.
  setMaxListeners(0, patience);
  const given: Promise<string>[] = [];
  const left = tasks[Symbol.iterator]();
  let number = 0;
  const give = (): void => {
    const { done, value } = left.next();
    if (done) return;
    const result = node.work(`${name} ${number}`, value, patience);
    // Whoever stops listening leaves it where it is.
    result.catch(() => {});
    given.push(result);
    number += 1;
  };
  while (number < together && !patience.aborted) {
    const before = number;
    give();
    if (number === before) break;
  }
  for (let next = given.shift(); next !== undefined; next = given.shift()) {
    const result = await next;
    if (!patience.aborted) give();
    yield result;
  }
  return undefined;
}
