import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMechane, type Mechane, type Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import type { Installed } from '../src/plugins.ts';
import { subjectsOf } from '../src/subjects.ts';
import { type Ended, mechane } from './command.ts';
import { project, temporaryFolder } from './project.ts';

interface Report {
  readonly mechanism: string;
  readonly seed: number;
  readonly laws: readonly { readonly law: string; readonly verdict: string }[];
}

const packages = ['liar', '@mechane/core', '@mechane/conformance'];

function reports(stdout: string): readonly Report[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Report);
}

describe('mechane verify', () => {
  test('exits with 0 when every claim holds', { tags: ['long'] }, async () => {
    const { exitCode, stdout } = await mechane(['verify', 'liar/second-price', '--runs', '20'], {
      cwd: project(packages),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^liar\/second-price /);
    expect(stdout).toMatch(/strategy-proof +holds/);
  });

  test('exits with 1 when a claim is refuted, and shows how', { tags: ['long'] }, async () => {
    const { exitCode, stdout } = await mechane(['verify', 'liar/first-price', '--runs', '20'], {
      cwd: project(packages),
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/strategy-proof +REFUTED: /);
  });

  test('ends in a summary, with a short command that shows the counterexample again and in full', {
    tags: ['long'],
  }, async () => {
    const cwd = project(packages);
    const { stdout } = await mechane(['verify', 'liar/first-price', '--runs', '20'], { cwd });
    const again = 'mechane verify liar/first-price --law strategy-proof --runs 20';
    expect(stdout).toMatch(/\n\d+ hold, 1 refuted, 0 vacuous, 0 undecided, [\d.]+ s\nsee it again:\n/);
    expect(stdout).toContain(`  ${again}\n`);
    const { exitCode, stdout: shown } = await mechane(again.split(' ').slice(1), { cwd });
    expect(exitCode).toBe(1);
    expect(shown).toMatch(
      /^liar\/first-price .*\n {2}✗ strategy-proof {2}REFUTED: .*\n {6}see it: printf .* \| mechane run --ndjson\n/,
    );
    expect(shown).toContain('0 hold, 1 refuted,');
  });

  test('prints a line of JSON for each, with the seed it was told', { tags: ['long'] }, async () => {
    const argv = [
      'verify',
      'liar/second-price',
      'liar/first-price',
      'liar/second-price',
      '--json',
      '--runs',
      '20',
      '--seed',
      '-5',
    ];
    const { exitCode, stdout } = await mechane(argv, { cwd: project(packages) });
    expect(exitCode).toBe(1);
    const all = reports(stdout);
    expect(all.map(({ mechanism, seed }) => [mechanism, seed])).toEqual([
      ['liar/second-price', -5],
      ['liar/first-price', -5],
    ]);
    const verdicts = all.map(({ laws }) => laws.find(({ law }) => law === 'strategy-proof')?.verdict);
    expect(verdicts).toEqual(['holds', 'refuted']);
  });

  test('checks all, and says which it has nothing to examine by', { tags: ['long'] }, async () => {
    const { exitCode, stdout, stderr } = await mechane(['verify', '--all', '--json', '--runs', '5'], {
      cwd: project(packages),
    });
    expect(exitCode).toBe(2);
    expect(
      reports(stdout)
        .map(({ mechanism }) => mechanism)
        .sort(),
    ).toEqual(['liar/first-price', 'liar/second-price', 'liar/tenfold']);
    expect(stderr).toMatch(
      /error nothing-to-verify: liar\/unexamined cannot be examined: liar\/conformance has no subject for it/,
    );
  });

  test('several mechanisms are examined at once, and told of in their order', { tags: ['long'] }, async () => {
    const cwd = project(['@mechane/auction-sealed']);
    const ids = ['second-price', 'first-price', 'all-pay'].map((name) => `auction-sealed/${name}`);
    const brief = ['--law', 'individually-rational', '--runs', '2', '--seed', '1', '--json'];
    const examine = (threads: number): Promise<Ended> =>
      mechane(['verify', ...ids, ...brief, '--workers', `${threads}`], { cwd });
    const two = await examine(2);
    expect(
      two.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).mechanism),
    ).toEqual(ids);
    expect(two).toEqual(await examine(1));
  });

  test('exits with 1 where something cannot be decided, and says why', async () => {
    const { exitCode, stdout } = await mechane(['verify', 'liar/tenfold', '--json'], { cwd: project(packages) });
    expect(exitCode).toBe(1);
    const [report] = reports(stdout);
    expect(report?.laws.find(({ law }) => law === 'structural/answers')).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('factor'),
    });
  });

  test('says so when a plugin gives the kit nothing', async () => {
    const { exitCode, stderr } = await mechane(['verify', 'fixture/median'], { cwd: project(['fixture']) });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/error nothing-to-verify: .*fixture\/conformance cannot be loaded/);
  });

  test('says so, too, where what the plugin gives is no list of subjects', async () => {
    const folder = join(temporaryFolder(), 'node_modules', 'mute');
    mkdirSync(folder, { recursive: true });
    const exports = { './conformance': './conformance.js' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'mute', type: 'module', exports }));
    writeFileSync(join(folder, 'conformance.js'), "export const subjects = 'none';\n");
    const installed: Installed = {
      mechane: createMechane() as object as Mechane<Mechanism>,
      packageOf: () => ({ name: 'mute', version: '1.0.0', folder, foundFrom: join(folder, '..', '..') }),
      warnings: [],
    };
    await expect(subjectsOf('mute/one', installed)).rejects.toMatchObject({
      code: 'nothing-to-verify',
      message: expect.stringContaining('mute/conformance has no subject for it'),
    });
  });

  test('looks no longer than it is told, and says of what it did not reach that it is undecided', {
    tags: ['long'],
  }, async () => {
    const argv = ['verify', 'liar/second-price', '--seconds', '1', '--runs', '100000000', '--json'];
    const { exitCode, stdout } = await mechane(argv, { cwd: project(packages) });
    expect(exitCode).toBe(1);
    const [report] = reports(stdout);
    expect(report?.laws.find(({ law }) => law === 'strategy-proof')).toMatchObject({
      verdict: 'undecided',
      reason: expect.stringContaining('the time for the examination ran out'),
    });
  });

  test('names the command that installs the kit, where a plugin has subjects and the kit is missing', async () => {
    const cwd = temporaryFolder();
    const folder = join(cwd, 'node_modules', 'alone');
    mkdirSync(folder, { recursive: true });
    const exports = { './conformance': './conformance.js' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'alone', type: 'module', exports }));
    writeFileSync(join(folder, 'conformance.js'), "import '@mechane/conformance';\n");
    const installed: Installed = {
      mechane: createMechane() as object as Mechane<Mechanism>,
      packageOf: () => ({ name: 'alone', version: '1.0.0', folder, foundFrom: cwd }),
      warnings: [],
    };
    await expect(subjectsOf('alone/one', installed)).rejects.toMatchObject({
      code: 'nothing-to-verify',
      fix: 'npm install --save-dev @mechane/conformance',
    });
  });

  test('shows progress on a terminal, and colours the verdicts', async () => {
    const situation = { cwd: project(packages), stdoutIsTerminal: true, stderrIsTerminal: true };
    const { stdout, stderr } = await mechane(['verify', 'liar/first-price', '--runs', '5'], situation);
    expect(stderr).toContain('1 of 1: liar/first-price, law 1 of ');
    expect(stderr.endsWith('\u001b[1G\u001b[2K')).toBe(true);
    expect(stdout).toMatch(/\[31m.*strategy-proof +REFUTED/);
  });

  test('when stopped, prints what it has and exits with 130, or 143 when terminated', { tags: ['long'] }, async () => {
    for (const [reason, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const signal = AbortSignal.abort(reason);
      const ended = await mechane(['verify', 'liar/second-price', 'liar/first-price', '--json'], {
        cwd: project(packages),
        signal,
      });
      expect(ended.exitCode).toBe(exitCode);
      expect(reports(ended.stdout).map(({ mechanism }) => mechanism)).toEqual(['liar/second-price']);
    }
  });

  test.each([
    [['verify'], /^error missing-argument: .*Fix: mechane verify --all/],
    [['verify', 'liar/nothing'], /^error unknown-mechanism: /],
    [['verify', 'liar/first-price', '--law', 'corr'], /^error unknown-law: .*did you mean "core"/],
    [['verify', 'liar/first-price', '--runs', '0'], /^error invalid-option: .*a whole number, 1 or more/],
    [['verify', 'liar/first-price', '--runs', '1e3'], /^error invalid-option: /],
    [['verify', 'liar/first-price', '--seed', '99999999999999999999'], /^error invalid-option: .*a whole number/],
    [['verify', 'liar/first-price', '--seed'], /^error missing-argument: /],
  ])('%j is refused', async (argv, message) => {
    const { exitCode, stdout, stderr } = await mechane(argv, { cwd: project(packages) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
