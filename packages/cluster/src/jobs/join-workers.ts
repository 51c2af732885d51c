import { joinOnEffect } from '../engine/effect-node.ts';
import type { JoinEngine, NodeStatus } from '../engine/engine.ts';
import { freePort } from '../free-port.ts';
import { JobStore } from './job-store.ts';
import { workOn } from './piece.ts';

/**
 * A node that does work.
 *
 * @category Jobs
 */
export interface WorkerOptions {
  /** The Postgres that all nodes share: `postgres://user@host/database`. */
  readonly database: string;
  /** Does one piece, and gives its result; several at once, so that whoever can do but few has the others wait. What it throws is told to whoever gave out the job. */
  readonly work: (task: string) => Promise<string>;
  /** Where other nodes reach this one: 127.0.0.1, and a port that is free, unless it says otherwise. */
  readonly address?: { readonly host?: string; readonly port?: number };
  /** The folder of the project in which the engine is installed; the folder in which the process runs, unless it is given. */
  readonly from?: string;
  /** What carries work to nodes: Effect Cluster, unless it is given. */
  readonly engine?: JoinEngine;
}

/**
 * A node that does work, and holds no sessions.
 *
 * @category Jobs
 */
export interface WorkerNode {
  /** Where other nodes reach this one. */
  readonly address: string;
  /** The nodes that are there, this one too. */
  nodes(): Promise<readonly NodeStatus[]>;
  /** Leaves: what it has not done, others do. */
  close(): Promise<void>;
}

/**
 * Joins the nodes that share a database, to do work that is given out by `connectJobs`.
 *
 * @throws MechaneError `missing-engine`, or `cannot-open-store`.
 * @category Jobs
 */
export async function joinWorkers(options: WorkerOptions): Promise<WorkerNode> {
  const { database, work, address = {}, from = process.cwd(), engine = joinOnEffect } = options;
  const { host = '127.0.0.1', port = await freePort(host) } = address;
  const store = await JobStore.open(database);
  const place = { database, address: { host, port }, from };
  const leaving = new AbortController();
  const node = await engine(place, { work: workOn(store, work, leaving.signal) }).catch(async (cause) => {
    await store.close();
    throw cause;
  });
  return {
    address: `${host}:${port}`,
    nodes: () => node.nodes(),
    async close() {
      leaving.abort();
      await node.close();
      await store.close();
    },
  };
}
