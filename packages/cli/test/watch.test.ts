import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Changes } from '../src/watch/changes.ts';
import { watchedOfCommand, watchedOfPackages } from '../src/watch/watched-folders.ts';
import { mechane } from './command.ts';
import { project, temporaryFolder } from './project.ts';

describe('mechane verify --watch', () => {
  test('examines again when a file changes, until it is interrupted', { tags: ['long'] }, async () => {
    const cwd = project([], { 'rule.sh': rule('acme/one') });
    const interruption = new AbortController();
    let told = '';
    const onStderr = (written: string): void => {
      told += written;
      const waits = told.split('waiting for a change').length - 1;
      if (waits === 1 && !told.includes('has changed')) writeFileSync(join(cwd, 'rule.sh'), rule('acme/two'));
      if (waits === 2) interruption.abort('SIGINT');
    };
    const argv = ['verify', '--exec', 'sh rule.sh', '--law', 'core', '--json', '--watch'];
    const { PATH = '' } = process.env;
    const { exitCode, stdout } = await mechane(argv, { cwd, env: { PATH }, signal: interruption.signal, onStderr });
    expect(exitCode).toBe(130);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).mechanism),
    ).toEqual(['acme/one', 'acme/two']);
    expect(told).toContain('rule.sh has changed');
  });

  test('calls off an examination that a change overtakes', { tags: ['long'] }, async () => {
    const started = "touch started; case $(cat again 2>/dev/null) in '') sleep 1000;; esac; ";
    const cwd = project([], { 'rule.sh': started + rule('acme/one') });
    const interruption = new AbortController();
    const timer = setInterval(() => {
      if (!existsSync(join(cwd, 'started'))) return;
      clearInterval(timer);
      writeFileSync(join(cwd, 'again'), 'yes');
      writeFileSync(join(cwd, 'other.json'), '{}');
    }, 20);
    const onStderr = (written: string): void => {
      if (written.includes('waiting for a change')) interruption.abort('SIGTERM');
    };
    const argv = ['verify', '--exec', 'sh rule.sh', '--law', 'core', '--json', '--watch'];
    const { PATH = '' } = process.env;
    const { exitCode, stdout } = await mechane(argv, { cwd, env: { PATH }, signal: interruption.signal, onStderr });
    expect(exitCode).toBe(143);
    // Systems may tell of one change twice: then it is examined once more.
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line).mechanism).toBe('acme/one');
  });

  test('looks at the folders of the files that a command names, or else where it is started', () => {
    const cwd = project([], { 'a/rule.py': '', 'main.go': '' });
    const files = [join(cwd, 'a/rule.py'), join(cwd, 'main.go')];
    expect(watchedOfCommand('python3 -u a/rule.py --x=main.go', cwd)).toEqual({
      folders: [join(cwd, 'a'), cwd],
      files,
    });
    expect(watchedOfCommand('/bin/sh -c true', cwd)).toEqual({ folders: [cwd], files: [] });
  });

  test('looks at packages with their folders, but for what is installed or hidden', () => {
    const folder = temporaryFolder();
    for (const name of ['src/deep', 'node_modules/x', '.git', '__pycache__'])
      mkdirSync(join(folder, name), { recursive: true });
    expect(watchedOfPackages([folder]).folders).toEqual([folder, join(folder, 'src'), join(folder, 'src/deep')]);
  });

  test('does not hear what it writes itself, what a rule writes, nor what editors leave', async () => {
    const folder = temporaryFolder();
    const changes = new Changes({ folders: [folder], files: [join(folder, 'auction')] }, [join(folder, 'own.json')]);
    try {
      for (const name of ['own.json', 'rule.py~', '.rule.py.swp', 'rule.log', 'auction'])
        writeFileSync(join(folder, name), 'x');
      expect(await changes.next(new AbortController().signal)).toBe(join(folder, 'auction'));
      writeFileSync(join(folder, 'other.py'), 'x');
      expect(await changes.next(new AbortController().signal)).toBe(join(folder, 'other.py'));
      expect(await changes.next(AbortSignal.abort())).toBeUndefined();
    } finally {
      changes.close();
    }
  });
});

/** A mechanism that only says what it is, and sells nothing. */
function rule(id: string): string {
  const report = '{"type":"object","properties":{"bid":{"type":"number"}},"required":["bid"]}';
  const described = `{"id":"${id}","settings":{},"report":${report},"domain":"single-item","claims":[]}`;
  return `while read -r line; do case "$line" in *describe*) echo '${described}';; *) echo '{"outcome":{"winner":null}}';; esac; done\n`;
}
