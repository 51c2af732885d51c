import { availableParallelism } from 'node:os';
import { addressIn, clusterOf } from '../cluster.ts';
import type { Context } from '../context.ts';
import { requireMechanisms } from '../plugins.ts';
import { WorkPool } from '../spread/work-pool.ts';
import { untilAborted } from '../until-aborted.ts';

export interface WorkerOptions {
  readonly cluster: string;
  readonly clusterAddress?: string;
  readonly workers?: number;
}

/** `mechane worker`: does work that commands on any machine give out, until it is told to stop. */
export async function worker({ cluster, clusterAddress, workers }: WorkerOptions, context: Context): Promise<number> {
  const { cwd, signal, stderr } = context.host;
  const address = addressIn(clusterAddress);
  const { joinWorkers } = await clusterOf(cwd);
  requireMechanisms(await context.plugins());
  const threads = workers ?? availableParallelism();
  const pool = new WorkPool(threads, cwd);
  const { work } = pool;
  const warming = pool.warm();
  warming.catch(() => {});
  const node = await joinWorkers({ database: cluster, work, address, from: cwd });
  try {
    await warming;
    await context.output.write(`working at ${node.address} on ${threads} ${threads === 1 ? 'thread' : 'threads'}\n`);
    if (stderr.isTTY) stderr.write('stop: Ctrl-C\n');
    await untilAborted(signal);
  } finally {
    await node.close();
    await pool.close();
  }
  await context.output.write(`${pool.done} pieces done\n`);
  return 0;
}
