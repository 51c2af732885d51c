import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';

const commands = ['run', 'resume', 'replay', 'list', 'describe', 'verify', 'generate', 'solve', 'simulate', 'init'];
const shell = (name: string): boolean => spawnSync(name, ['-c', 'true']).status === 0;

describe.each(['bash', 'zsh', 'fish'])('completion of %s', (name) => {
  test('knows every command, and options with what they do', async () => {
    const { stdout, exitCode } = await mechane(['completion', name]);
    expect(exitCode).toBe(0);
    for (const command of [...commands, 'completion', 'help']) expect(stdout).toContain(command);
    expect(stdout).toContain(name === 'fish' ? '-l journal -r' : '--journal');
    if (name !== 'bash') expect(stdout).toContain('Find the equilibria of a game');
  });

  test.skipIf(!shell(name))('is a script that the shell can read', async () => {
    const { stdout } = await mechane(['completion', name]);
    const { status, stderr } = spawnSync(name, ['-n'], { input: stdout, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe.skipIf(!shell('bash'))('what bash completes', () => {
  const completed = async (...words: string[]): Promise<string[]> => {
    const { stdout } = await mechane(['completion', 'bash']);
    const line = words.map((word) => `'${word}'`).join(' ');
    const script = `${stdout}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _mechane; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout: said } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    return said.split('\n').filter((word) => word !== '');
  };

  test('are commands first, then the options of the one that was chosen, and files by itself', async () => {
    expect(await completed('mechane', 're')).toEqual(['resume', 'replay']);
    expect(await completed('mechane', '')).toEqual(expect.arrayContaining([...commands, '--version']));
    expect(await completed('mechane', 'run', '--j')).toEqual(['--json', '--journal']);
    expect(await completed('mechane', 'solve', 'game.json', '--no')).toEqual(['--normal-form']);
    expect(await completed('mechane', 'run', 'scen')).toEqual([]);
  });
});

test('a shell that is not known is refused with those that are', async () => {
  const { exitCode, stderr } = await mechane(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('bash, zsh, fish');
});
