import pg from 'pg';
import type { NodeStatus } from './engine/engine.ts';
import type { JobStatus } from './jobs/job-status.ts';
import { connectJobs, type JobsOptions } from './jobs/jobs.ts';

/**
 * What there is in a cluster: its nodes, its sessions and its jobs.
 *
 * @category Clusters
 */
export interface ClusterStatus {
  readonly nodes: readonly NodeStatus[];
  readonly sessions: { readonly open: number; readonly ended: number };
  readonly jobs: readonly JobStatus[];
}

/**
 * Looks what there is in the cluster on a database.
 *
 * @throws MechaneError `missing-engine`, or `cannot-open-store`.
 * @category Clusters
 */
export async function clusterStatus(options: JobsOptions): Promise<ClusterStatus> {
  const jobs = await connectJobs(options);
  try {
    const [nodes, sessions, listed] = await Promise.all([jobs.nodes(), sessionsIn(options.database), jobs.list()]);
    return { nodes, sessions, jobs: listed };
  } finally {
    await jobs.close();
  }
}

/** How many sessions are kept; none where no node has ever held any. */
async function sessionsIn(database: string): Promise<ClusterStatus['sessions']> {
  const client = new pg.Client({ connectionString: database });
  client.on('error', () => {});
  await client.connect();
  try {
    const table = await client.query<{ found: string | null }>("select to_regclass('session') as found");
    if (table.rows[0]?.found === null) return { open: 0, ended: 0 };
    const { rows } = await client.query<{ all: string; open: string }>(
      'select count(*) as all, count(*) filter (where ended is null) as open from session',
    );
    const [all, open] = [Number(rows[0]?.all), Number(rows[0]?.open)];
    return { open, ended: all - open };
  } finally {
    await client.end();
  }
}
