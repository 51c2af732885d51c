import { clusterOf } from '../cluster.ts';
import type { Context } from '../context.ts';
import { whatOf } from '../spread/job-text.ts';
import { table } from '../table.ts';

export interface ClusterStatusOptions {
  readonly cluster: string;
  readonly json?: boolean;
}

/** `mechane cluster status`: the nodes, sessions and jobs that there are. */
export async function clusterStatus(
  { cluster, json = false }: ClusterStatusOptions,
  context: Context,
): Promise<number> {
  const { cwd } = context.host;
  const { clusterStatus: look } = await clusterOf(cwd);
  const { nodes, sessions, jobs } = await look({ database: cluster, from: cwd });
  if (json) {
    await context.output.write(`${JSON.stringify({ nodes, sessions, jobs: jobs.map(whatOf) })}\n`);
    return 0;
  }
  const { style } = context;
  const rows = nodes.map(({ address, isUp, holdsSessions, works }) => [
    { text: address, emphasis: style.strong },
    isUp ? { text: 'up', emphasis: style.good } : { text: 'down', emphasis: style.bad },
    { text: [...(holdsSessions ? ['sessions'] : []), ...(works ? ['work'] : [])].join(', ') },
  ]);
  const counted = (count: number, what: string): string =>
    `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
  await context.output.write(
    `${counted(nodes.length, 'node')}\n${table(rows, '  ')}${counted(sessions.open, 'open session')}, ${sessions.ended.toLocaleString('en')} ended\n${counted(jobs.length, 'job')}\n`,
  );
  return 0;
}
