import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mechane } from './command.ts';
import { project } from './project.ts';

const sealed = '@mechane/auction-sealed';

test('mechane init writes a scenario that plays, and says what to type next', async () => {
  const cwd = project([sealed]);
  const { exitCode, stdout, stderr } = await mechane(['init'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [, command = ''] = /^ {2}mechane (run auction\.json) /m.exec(stdout) ?? [];
  const played = await mechane(command.split(' '), { cwd });
  expect(played.stdout).toMatch(/^ {2}winner +bob$/m);
  expect(stdout).not.toContain('npm install');
});

test('mechane init says which package is missing', async () => {
  const { stdout } = await mechane(['init', 'first.json'], { cwd: project(['fixture']) });
  expect(stdout).toContain('npm install @mechane/auction-sealed');
});

test('mechane init writes over nothing unless it is told to', async () => {
  const cwd = project([sealed], { 'auction.json': 'mine' });
  const { exitCode, stderr } = await mechane(['init'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error file-exists/);
  expect(readFileSync(join(cwd, 'auction.json'), 'utf8')).toBe('mine');
  expect((await mechane(['init', '--force'], { cwd })).exitCode).toBe(0);
});
