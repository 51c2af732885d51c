import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mechane } from './command.ts';
import { project } from './project.ts';

const [games, economies] = ['@mechane/game-theory', '@mechane/market'];

describe('mechane generate --named', () => {
  test('lists games and economies that were published, each with its source', async () => {
    const cwd = project([games, economies]);
    const { exitCode, stdout, stderr } = await mechane(['generate', '--named'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^prisoners-dilemma +Prisoners’ dilemma \(Luce and Raiffa 1957, .*\)$/m);
    expect(stdout).toMatch(/^scarf +.* \(Scarf 1960, .*\)$/m);
    const listed = await mechane(['generate', '--named', '--json'], { cwd });
    const entries = JSON.parse(listed.stdout) as { id: string; source: string }[];
    expect(entries.length).toBeGreaterThanOrEqual(43);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.every(({ id, source }) => /^[a-z0-9-]+$/.test(id) && /\d{4}/.test(source))).toBe(true);
  });

  test('writes a table of payoffs that can be solved', async () => {
    const cwd = project([games]);
    const { stdout } = await mechane(['generate', '--named', 'matching-pennies'], { cwd });
    expect(JSON.parse(stdout).payoffs[0]).toEqual([
      [1, -1],
      [-1, 1],
    ]);
    const solved = await mechane(['solve', '-', '--json'], { cwd, stdin: stdout });
    expect(solved.exitCode).toBe(0);
    expect(solved.stdout).toContain('"1/2"');
  });

  test('writes a tree as Gambit has it, which can be solved, and draws it', async () => {
    const cwd = project([games]);
    const { exitCode, stdout } = await mechane(['generate', '--named', 'seltens-horse', '--plot', 'horse.svg'], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^EFG 2 R /);
    expect(existsSync(join(cwd, 'horse.svg'))).toBe(true);
    expect((await mechane(['solve', '-'], { cwd, stdin: stdout })).exitCode).toBe(0);
  });

  test('writes an economy that can be run, into a file that is not there yet', async () => {
    const cwd = project([economies]);
    const typed = ['generate', '--named', 'scarf', '--out', 'scarf.json'];
    expect(await mechane(typed, { cwd })).toMatchObject({ exitCode: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(cwd, 'scarf.json'), 'utf8'))).toMatchObject({ mechanism: 'market/exchange' });
    expect((await mechane(['run', 'scarf.json'], { cwd })).exitCode).toBe(0);
    expect((await mechane(typed, { cwd })).exitCode).toBe(2);
  });

  test.each([
    [['--named', 'prisoner-dilemma'], 'unknown-published', 'did you mean "prisoners-dilemma"?'],
    [['--named', 'nothing-like-it-at-all'], 'unknown-published', 'mechane generate --named lists them'],
    [['cats-l3', '--named', 'chicken'], 'invalid-option', 'what was published is written as it is'],
    [['--named', 'chicken', '--seed', '1'], 'invalid-option', 'what was published is written as it is'],
  ])('refuses %j', async (typed, code, said) => {
    const { exitCode, stderr } = await mechane(['generate', ...typed], { cwd: project([games]) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error ${code}: `);
    expect(stderr).toContain(said);
  });

  test('says what to install where nothing that was published is', async () => {
    const { exitCode, stderr } = await mechane(['generate', '--named'], { cwd: project(['fixture']) });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('npm install @mechane/game-theory');
  });

  test('is offered by completion', async () => {
    const { stdout } = await mechane(['completion', 'bash']);
    expect(stdout).toMatch(/generate\) words='[^']*--named/);
  });
});
