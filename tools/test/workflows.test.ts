import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { gated, named } from '../mutation/names.mjs';
import { supportedNodes } from '../nodes.mjs';
import { root } from '../root.mjs';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes': number;
  readonly strategy?: { readonly matrix: { readonly node?: readonly string[]; readonly package?: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, '.github/workflows');
const manifest: { scripts: Record<string, string>; engines: { node: string } } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

function workflow(file: string): Workflow {
  return parse(readFileSync(join(folder, file), 'utf8'));
}

function onlyJob({ jobs }: Workflow): Job {
  const [job, ...others] = Object.values(jobs);
  if (job === undefined || others.length > 0) throw new Error('there is not one job');
  return job;
}

test.each(readdirSync(folder))('%s may do nothing but read unless a job says so, and ends', (file) => {
  const { permissions, jobs } = workflow(file);
  expect(permissions).toEqual({ contents: 'read' });
  for (const job of Object.values(jobs))
    expect(job['timeout-minutes']).toBeLessThanOrEqual(job === jobs.mutation ? 350 : 60);
});

test('every change is checked by .ci/run, on the oldest Node and on newer ones, and in Chromium', () => {
  const ci = workflow('ci.yml');
  expect(Object.keys(ci.on)).toEqual(['push', 'pull_request']);
  const job = onlyJob(ci);
  expect(job.permissions).toBeUndefined();
  expect(job.steps.filter(({ run }) => run !== undefined).map(({ run }) => run)).toEqual(['.ci/run']);
  expect(existsSync(join(root, '.ci/run'))).toBe(true);
  expect(`>=${job.strategy?.matrix.node?.[0]}`).toBe(manifest.engines.node);
  expect(job.strategy?.matrix.node).toEqual(supportedNodes);
  expect(job).toMatchObject({ env: { MECHANE_CHROMIUM: 'required' } });
  expect(job.steps[0]?.with).toEqual({ 'persist-credentials': false });
});

test('every night all is checked, with the tests that take long, on the oldest Node', () => {
  const full = workflow('full.yml');
  expect(Object.keys(full.on)).toContain('schedule');
  const { check, mutation, ...others } = full.jobs;
  if (check === undefined || mutation === undefined) throw new Error('a job is missing');
  expect(others).toEqual({});
  const { steps, permissions } = check;
  expect([permissions, mutation.permissions]).toEqual([undefined, undefined]);
  expect(steps.filter(({ run }) => run !== undefined).map(({ run }) => run)).toEqual(['.ci/run --all']);
  expect(steps.map((step) => step.with?.['node-version'])).toContain(supportedNodes[0]);
  const rooms = new Set(gated(root).map((name) => named(root, name).room));
  expect([...(mutation.strategy?.matrix.package ?? [])].sort()).toEqual([...rooms].sort());
  expect(mutation.steps.at(-1)?.run).toBe(['npm run mutation -- --gate $', '{{ matrix.package }}'].join(''));
});

test('a release is checked first, then published with its provenance by commands that there are', () => {
  const release = workflow('release.yml');
  expect(release.on).toEqual({ push: { branches: ['main'] } });
  const { permissions, steps } = onlyJob(release);
  expect(permissions).toEqual({ contents: 'write', 'pull-requests': 'write', 'id-token': 'write' });
  const checked = steps.findIndex(({ run }) => run === '.ci/run --all');
  const published = steps.findIndex(({ uses }) => uses?.startsWith('changesets/action@'));
  expect(checked).toBeGreaterThan(0);
  expect(published).toBeGreaterThan(checked);
  const { with: commands = {}, env } = steps[published] ?? {};
  expect(env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true' });
  for (const command of [commands.version, commands.publish]) {
    const [, script = ''] = /^npm run (.+)$/.exec(String(command)) ?? [];
    expect(Object.keys(manifest.scripts)).toContain(script);
  }
});

test('a release keeps versions in sources, the record of peers and the lock file in step', () => {
  const steps = manifest.scripts.release?.split(' && ');
  expect(steps?.[0]).toBe('changeset version');
  expect(steps).toEqual(
    expect.arrayContaining([
      'node tools/write-versions.mjs',
      'node tools/write-peer-ranges.mjs',
      'npm install --package-lock-only --ignore-scripts',
    ]),
  );
  expect(manifest.scripts['release:publish']).toBe('npm run build -- --publish && changeset publish');
});
