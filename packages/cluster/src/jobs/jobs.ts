import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { joinOnEffect } from '../engine/effect-node.ts';
import type { JoinEngine, Node, NodeStatus } from '../engine/engine.ts';
import { pieceFailed, unknownJob, unreadJob } from '../errors.ts';
import { Board } from './board.ts';
import type { JobStatus } from './job-status.ts';
import { JobStore } from './job-store.ts';
import { keepTasks } from './keep-tasks.ts';
import { persistently } from './persistently.ts';
import { nameOf, type Piece } from './piece.ts';

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
  /** What it is, for those who list jobs: any text. */
  readonly what?: string;
  /** What `work` of a node is given, a piece each; those that were kept under its name, where none are given. */
  readonly tasks?: Iterable<string> | AsyncIterable<string>;
  /** How many pieces are given out at once: 64, unless it says otherwise. */
  readonly together?: number;
  /** Once it aborts, nothing more is given out: what was given out is done all the same, and there when the batch is given out again. */
  readonly signal?: AbortSignal;
  /** Hears how many pieces are done, of how many that are known so far. */
  readonly onProgress?: (done: number, known: number) => void;
}

/**
 * Gives out work, and holds no sessions.
 *
 * @category Jobs
 */
export interface Jobs {
  /**
   * Results in the order of the tasks, each once, whatever nodes die meanwhile; it waits while there are none. Tasks are kept in the database before they
   * are given out, and results until the job is forgotten.
   *
   * @throws MechaneError `unknown-job`, or `unread-job` where no tasks are given and not all are kept; `failed-piece` where `work` threw.
   */
  run(batch: Batch): AsyncGenerator<string, undefined>;
  /** The jobs that are kept, the oldest first. */
  list(): Promise<readonly JobStatus[]>;
  /** Removes a job and its results. @returns whether it was there */
  forget(name: string): Promise<boolean>;
  /** The nodes that are there. */
  nodes(): Promise<readonly NodeStatus[]>;
  close(): Promise<void>;
}

const usualTogether = 64;

/**
 * Connects to the nodes of a cluster to have work done: by those that were given `work`.
 *
 * @throws MechaneError `missing-engine`, or `cannot-open-store`.
 * @category Jobs
 */
export async function connectJobs(options: JobsOptions): Promise<Jobs> {
  const { database, from = process.cwd(), engine = joinOnEffect } = options;
  const { store, node } = await opened(database, engine({ database, from }, {}));
  const closing = new AbortController();
  return {
    run: (batch) => results(node, store, batch, closing.signal),
    list: () => store.list(),
    forget: (name) => store.forget(name),
    nodes: () => node.nodes(),
    async close() {
      closing.abort();
      await node.close();
      await store.close();
    },
  };
}

/** The database and the engine, which take their time at once. */
async function opened(
  database: string,
  joining: Promise<Node>,
): Promise<{ readonly store: JobStore; readonly node: Node }> {
  const [store, node] = await Promise.allSettled([JobStore.open(database), joining]);
  if (store.status === 'fulfilled' && node.status === 'fulfilled') return { store: store.value, node: node.value };
  if (store.status === 'fulfilled') await store.value.close();
  if (node.status === 'fulfilled') await node.value.close();
  throw store.status === 'rejected' ? store.reason : (node as PromiseRejectedResult).reason;
}

/** So many results are fetched before the first of them is taken. */
const fetchedAhead = 8;

async function* results(
  node: Node,
  store: JobStore,
  batch: Batch,
  closing: AbortSignal,
): AsyncGenerator<string, undefined> {
  const { name, together = usualTogether, onProgress = () => {} } = batch;
  const stop = new AbortController();
  const signal = AbortSignal.any([closing, stop.signal, ...(batch.signal ? [batch.signal] : [])]);
  // Every piece that is out listens for it.
  setMaxListeners(0, signal);
  const board = new Board(signal);
  let next = 0;
  const carry = async (): Promise<void> => {
    for (let number = next++; await board.has(number); number = next++) {
      await doneByNodes(node, { job: name, number }, board, signal);
      onProgress(board.done, board.known);
    }
  };
  const fail = (cause: unknown): void => board.fail(cause);
  const { before, keeping } = await begun(store, batch, board, signal);
  keeping.catch(fail);
  for (const number of before) board.finish(number);
  try {
    watch(store, name, board, signal).catch(fail);
    for (let count = 0; count < together; count++) carry().catch(fail);
    yield* resultsInOrder(store, name, board, signal);
    return undefined;
  } finally {
    stop.abort();
    if (board.isRead) await keeping.catch(() => {});
  }
}

/** Results in the order of their tasks, several of which are on their way. */
async function* resultsInOrder(
  store: JobStore,
  name: string,
  board: Board,
  signal: AbortSignal,
): AsyncGenerator<string, undefined> {
  const fetched = async (number: number): Promise<string | undefined> => {
    if (!((await board.has(number)) && (await board.isDone(number)))) return undefined;
    return resultOf(store, { job: name, number }, signal);
  };
  const ahead: Promise<string | undefined>[] = [];
  for (let number = 0; ; ) {
    for (; ahead.length < fetchedAhead; number++) {
      const result = fetched(number);
      result.catch(() => {});
      ahead.push(result);
    }
    const result = await ahead.shift();
    if (result === undefined) return undefined;
    yield result;
  }
}

/** Keeps the tasks of a batch, or finds those that are kept. @returns the numbers of the pieces that are done, and what ends once all tasks are kept */
async function begun(
  store: JobStore,
  { name, what = '', tasks }: Batch,
  board: Board,
  signal: AbortSignal,
): Promise<{ readonly before: ReadonlySet<number>; readonly keeping: Promise<void> }> {
  if (tasks !== undefined) {
    await store.begin(name, what);
    const before = await store.done(name);
    return { before, keeping: keepTasks(store, name, tasks, board, signal) };
  }
  const job = (await store.list()).find((each) => each.name === name);
  if (job === undefined) throw unknownJob(name);
  if (job.pieces === null) throw unreadJob(name);
  board.grow(job.pieces);
  board.close();
  return { before: await store.done(name), keeping: Promise.resolve() };
}

/** So often it is looked which pieces have a result, in milliseconds: whatever became of the answers of nodes. */
const every = 100;

/** The database knows what is done. */
async function watch(store: JobStore, name: string, board: Board, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await setTimeout(every, undefined, { ref: false });
    const done = await persistently(() => store.done(name, board.firstOpen), signal).catch(() => []);
    for (const number of done) board.finish(number);
  }
}

/** Has a piece done, however often that fails. */
async function doneByNodes(node: Node, piece: Piece, board: Board, signal: AbortSignal): Promise<void> {
  if (board.isFinished(piece.number)) return;
  const name = nameOf(piece);
  const over = new AbortController();
  const patience = AbortSignal.any([signal, over.signal]);
  const carried = persistently(() => node.work(name, JSON.stringify(piece), patience), patience);
  carried.catch(() => {});
  const known = board.isDone(piece.number);
  known.catch(() => {});
  await Promise.race([carried, known]);
  over.abort();
  if (signal.aborted) return;
  board.finish(piece.number);
  // Its result is in the database: what the engine remembers of it is not needed any more, and would keep it from being done again after a failure.
  node.forget(name).catch(() => {});
}

async function resultOf(store: JobStore, piece: Piece, signal: AbortSignal): Promise<string> {
  const outcome = await persistently(() => store.outcome(piece.job, piece.number), signal);
  if (outcome === undefined) throw unknownJob(piece.job);
  if (outcome.result === null) throw pieceFailed(piece.job, piece.number, outcome.failure ?? '');
  return outcome.result;
}
