import { clusterOf } from '../cluster.ts';
import type { Context } from '../context.ts';
import { noJobNamed, unknownJob } from '../errors.ts';
import { recordIn, whatOf } from '../spread/job-text.ts';
import type { JobRecord } from '../spread/spread.ts';
import { table } from '../table.ts';
import { generate } from './generate.ts';
import { run } from './run.ts';
import { simulate } from './simulate.ts';
import { verify } from './verify.ts';

export interface JobsOptions {
  readonly cluster: string;
  readonly json?: boolean;
}

export type JobsAction = 'list' | 'resume' | 'forget';

/** `mechane jobs`: what is kept of work that was given out; takes it up, or forgets it. */
export async function jobs(
  action: JobsAction,
  name: string | undefined,
  options: JobsOptions,
  context: Context,
): Promise<number> {
  if (action === 'list') return list(options, context);
  if (name === undefined) throw noJobNamed(action);
  return action === 'resume' ? resume(name, options, context) : forget(name, options, context);
}

async function list({ cluster, json = false }: JobsOptions, context: Context): Promise<number> {
  const kept = (await keptOn(cluster, context)).map(whatOf);
  if (json) await context.output.write(`${JSON.stringify(kept)}\n`);
  else if (kept.length === 0) await context.output.write('no jobs\n');
  else {
    const rows = kept.map(({ job, command, begun, pieces, done }) => [
      { text: job, emphasis: context.style.strong },
      { text: pieces === null ? `${done} done, input not read to its end` : `${done} of ${pieces} done` },
      { text: begun.slice(0, 19).replace('T', ' ') },
      { text: command },
    ]);
    await context.output.write(table(rows));
  }
  return 0;
}

/** Tells all results, as the command would have that began the job. */
async function resume(name: string, { cluster }: JobsOptions, context: Context): Promise<number> {
  const kept = await keptOn(cluster, context);
  const found = kept.find((job) => job.name === name);
  const record = found && recordIn(found.what);
  if (record === undefined)
    throw unknownJob(
      name,
      kept.map((job) => job.name),
    );
  return takenUp(record, { cluster, job: name }, context);
}

function takenUp(
  { command, inputs, options }: JobRecord,
  spread: { readonly cluster: string; readonly job: string },
  context: Context,
): Promise<number> {
  if (command === 'run') return run(inputs, { ...options, ...spread }, context);
  if (command === 'verify') return verify(inputs, { ...options, ...spread }, context);
  if (command === 'generate') return generate(inputs[0], { ...options, ...spread }, context);
  return simulate(inputs[0] ?? '', { ...options, ...spread }, context);
}

async function forget(name: string, { cluster }: JobsOptions, context: Context): Promise<number> {
  const { cwd } = context.host;
  const { connectJobs } = await clusterOf(cwd);
  const kept = await connectJobs({ database: cluster, from: cwd });
  try {
    if (await kept.forget(name)) return 0;
    throw unknownJob(
      name,
      (await kept.list()).map((job) => job.name),
    );
  } finally {
    await kept.close();
  }
}

async function keptOn(cluster: string, { host }: Context): ReturnType<Awaited<ReturnType<Connect>>['list']> {
  const { connectJobs } = await clusterOf(host.cwd);
  const kept = await connectJobs({ database: cluster, from: host.cwd });
  try {
    return await kept.list();
  } finally {
    await kept.close();
  }
}

type Connect = typeof import('@mechane/cluster')['connectJobs'];
