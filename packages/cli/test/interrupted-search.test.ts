import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answers, mechane } from './command.ts';
import { ended, start } from './process.ts';
import { project } from './project.ts';

const easy = 'goods 2\nbids 2\ndummy 0\n\n0\t3\t0\t#\n1\t2\t1\t#\n';

/** Long enough for a busy machine to read the hard auction, and nothing to hours of search. */
const underWay = 5_000;

/** Plays an easy auction and then one that would take hours, and asks to stop in the middle of it, or before. */
async function interrupted(rule: string, after = underWay) {
  const cwd = project(['@mechane/auction-combinatorial'], { 'easy.txt': easy });
  const drawn = ['generate', 'cats-arbitrary', '--seed', '1', '--goods', '200', '--bids', '1500', '--format', 'cats'];
  await mechane([...drawn, '--out', 'hard.txt'], { cwd });
  const files = ['easy.txt', 'hard.txt', 'easy.txt'];
  const child = start(['run', '--cats', ...files, '--mechanism', `auction-combinatorial/${rule}`, '--json'], { cwd });
  child.stdout?.once('data', () => setTimeout(() => child.kill('SIGINT'), after));
  return ended(child);
}

test('a search that is called off by Ctrl-C gives the best it has and how good that is, and nothing more is begun', async () => {
  const { exitCode, signal, stdout, stderr } = await interrupted('first-price');
  expect({ exitCode, signal, stderr }).toEqual({ exitCode: 130, signal: null, stderr: '' });
  const [first, second, ...others] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(others).toEqual([]);
  expect(first.certificate).toMatchObject({ status: 'optimal', welfare: 5 });
  expect(second.certificate.status).toBe('feasible');
  expect(second.certificate.bound).toBeGreaterThan(second.certificate.welfare);
});

test('a mechanism that needs a proof says that it has none, as it was interrupted, and gives the best it has', async () => {
  const { exitCode, stdout, stderr } = await interrupted('vcg');
  expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([130, 1]);
  const error = answers(stderr)[0]?.error as { message?: string; best?: { welfare: number; bound: number } };
  expect(error).toMatchObject({ code: 'unproved-optimum', file: 'hard.txt' });
  expect(error.message).toContain('was interrupted');
  expect(error.best?.bound).toBeGreaterThan(error.best?.welfare as number);
});

test('a Ctrl-C before the search has begun ends the command quietly, with what it has', async () => {
  const { exitCode, signal, stdout, stderr } = await interrupted('first-price', 0);
  expect({ exitCode, signal, stderr }).toEqual({ exitCode: 130, signal: null, stderr: '' });
  expect(JSON.parse(stdout.split('\n')[0] as string).certificate.status).toBe('optimal');
});

test('a scenario that is called off by Ctrl-C gives the best it has, too, and a limit of its own ends it without', async () => {
  const easier = JSON.stringify({
    mechanism: 'auction-combinatorial/first-price',
    settings: { goods: ['A'] },
    reports: {},
  });
  const cwd = project(['@mechane/auction-combinatorial'], { 'easy.json': easier });
  const drawn = ['generate', 'cats-arbitrary', '--seed', '1', '--goods', '200', '--bids', '1500'];
  await mechane([...drawn, '--set', 'mechanism=auction-combinatorial/first-price', '--out', 'hard.json'], { cwd });
  const child = start(['run', 'easy.json', 'hard.json', 'easy.json', '--json'], { cwd });
  child.stdout?.once('data', () => setTimeout(() => child.kill('SIGINT'), underWay));
  const { exitCode, signal, stdout, stderr } = await ended(child);
  expect({ exitCode, signal, stderr }).toEqual({ exitCode: 130, signal: null, stderr: '' });
  const results = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results.map(({ certificate }) => certificate.status)).toEqual(['optimal', 'feasible']);

  const hard = JSON.parse(readFileSync(join(cwd, 'hard.json'), 'utf8'));
  writeFileSync(join(cwd, 'limited.json'), JSON.stringify({ ...hard, settings: { ...hard.settings, timeLimit: 1 } }));
  const limited = await ended(start(['run', 'limited.json', '--json'], { cwd }));
  expect({ ...limited, stdout: '' }).toEqual({ exitCode: 0, signal: null, stdout: '', stderr: '' });
  expect(JSON.parse(limited.stdout).certificate.status).toBe('feasible');
});
