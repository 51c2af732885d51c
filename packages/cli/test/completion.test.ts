import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';
import { temporaryFolder } from './project.ts';

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
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'script'), stdout);
    const { status, stderr } = spawnSync(name, ['-n', join(folder, 'script')], { encoding: 'utf8' });
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

  test('are commands first, then the options of the one that was chosen, and files by itself', {
    tags: ['long'],
  }, async () => {
    expect(await completed('mechane', 're')).toEqual(['resume', 'replay']);
    expect(await completed('mechane', '')).toEqual(expect.arrayContaining([...commands, '--version']));
    expect(await completed('mechane', 'run', '--j')).toEqual(['--json', '--journal']);
    expect(await completed('mechane', 'solve', 'game.json', '--no')).toEqual(['--normal-form']);
    expect(await completed('mechane', 'run', 'scen')).toEqual([]);
  });
});

/** A folder with the script that completes and a file `scenario.json`. */
async function folderWith(name: string): Promise<string> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'script'), (await mechane(['completion', name])).stdout);
  writeFileSync(join(folder, 'scenario.json'), '{}');
  return folder;
}

describe.skipIf(!shell('fish'))('what fish completes', () => {
  test('are commands with what they do, their options, and files where files go', async () => {
    const cwd = await folderWith('fish');
    const completed = (typed: string): string[] => {
      const script = 'source script; complete -C $argv[1]';
      const { stdout } = spawnSync('fish', ['--no-config', '-c', script, typed], { cwd, encoding: 'utf8' });
      return stdout.split('\n').filter((line) => line !== '');
    };
    expect(completed('mechane re').map((line) => line.split('\t')[0])).toEqual(['replay', 'resume']);
    expect(completed('mechane run --j')).toEqual([
      expect.stringMatching(/^--journal\twrite every round/),
      expect.stringMatching(/^--json\tprint results/),
    ]);
    expect(completed('mechane run scen')).toEqual(['scenario.json']);
    expect(completed('mechane list scen')).toEqual([]);
  });
});

/** Types at a prompt of zsh until it shows what is waited for: its completion is at work nowhere else. */
const atPrompt = `
zmodload zsh/zpty zsh/datetime
zpty shell 'TERM=dumb zsh -f -i'
local said='' part
until_seen() {
  local -F end=$((EPOCHREALTIME + 30))
  while (( EPOCHREALTIME < end )) && [[ $said != *$1* ]]; do
    if zpty -r -t shell part; then said+=$part; else sleep 0.05; fi
  done
}
zpty -w shell 'autoload -Uz compinit; compinit -D -u; setopt no_list_beep; source ./script; echo rea""dy'
until_seen ready
zpty -w -n shell "$1"$'\\t\\t'
until_seen "$2"
zpty -d shell
print -r -- $said
`;

describe.skipIf(!shell('zsh'))('what zsh completes', () => {
  const shown = async (typed: string, waited: string): Promise<string> => {
    const cwd = await folderWith('zsh');
    writeFileSync(join(cwd, 'at-prompt'), atPrompt);
    const { stdout } = spawnSync('zsh', ['-f', 'at-prompt', typed, waited], { cwd, encoding: 'utf8' });
    return stdout;
  };

  test.each([
    ['mechane re', 'replay  -- Play a finished journal again'],
    ['mechane run --j', '--journal  -- write every round down'],
    ['mechane run scen', 'mechane run scenario.json'],
  ])('%s, by commands with what they do, their options, and files', { timeout: 90_000 }, async (typed, waited) => {
    expect(await shown(typed, waited)).toContain(waited);
  });
});

test('a shell that is not known is refused with those that are', async () => {
  const { exitCode, stderr } = await mechane(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('bash, zsh, fish');
});
