import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { mechane } from './command.ts';
import { entry } from './process.ts';
import { project, temporaryFolder } from './project.ts';

const commands = ['run', 'resume', 'replay', 'list', 'describe', 'verify', 'generate'];

describe('the command line', () => {
  test('says its version', async () => {
    expect(await mechane(['--version'])).toEqual({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  test.each([['--help'], ['help'], ['-h']])('shows help for %s', async (argument) => {
    const { exitCode, stdout, stderr } = await mechane([argument]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(stdout).toContain('Exit codes:');
  });

  test('typed alone is not enough: help on stderr', async () => {
    const { exitCode, stdout, stderr } = await mechane([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: mechane /);
  });

  test.each([
    [
      ['rnu'],
      /^error unknown-command: unknown command 'rnu'; expected one of run, resume, replay, list, describe, verify, generate, .*help.* Fix: did you mean "run"\?/,
    ],
    [['slove', 'game.nfg'], /^error unknown-command: .*Fix: did you mean "solve"\?/],
    [['run', '--jsn'], /^error unknown-option: .*Fix: did you mean "--json"\?/],
    [['run', '--zzzzzzzz'], /^error unknown-option: .*Fix: see mechane run --help/],
    [['--verion'], /^error unknown-option: .*"--version"/],
    [['describe'], /^error missing-argument: .*Fix: see mechane describe --help/],
    [['describe', 'a/b', 'c/d'], /^error unexpected-argument: /],
    [['help', 'nothing'], /^error unknown-command: /],
  ])('%j is refused with what was meant', async (argv, message) => {
    const { exitCode, stdout, stderr } = await mechane(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('the examples in the help work', () => {
  const bin = mkdtempSync(join(tmpdir(), 'mechane-help-'));
  const command = join(bin, 'mechane');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${entry}" "$@"\n`);
  chmodSync(command, 0o755);
  afterAll(() => rmSync(bin, { recursive: true }));

  /** Of these, the examples play and examine much. */
  const working = ['run', 'resume', 'replay', 'verify', 'generate'];
  for (const command of [undefined, ...commands])
    test(`mechane ${command ?? ''} --help`, {
      tags: command && working.includes(command) ? ['long'] : [],
    }, async () => {
      const { stdout } = await mechane([...(command ? [command] : []), '--help']);
      const examples = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example = '']) => example);
      expect(examples.length).toBeGreaterThan(0);
      const cwd = project(['@mechane/auction-sealed', '@mechane/auction-combinatorial', '@mechane/game-theory']);
      for (const example of examples) {
        const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
        expect(execFileSync('sh', ['-c', example], { cwd, env, encoding: 'utf8' })).not.toBe('');
      }
    });
});

test('help for a command fits a terminal', async () => {
  for (const command of commands) {
    const { stdout } = await mechane([command, '--help'], { cwd: temporaryFolder() });
    const described = stdout.split('\n').filter((line) => !line.startsWith('  $'));
    for (const line of described) expect(line.length).toBeLessThanOrEqual(80);
  }
});
