import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { answers, mechane } from './command.ts';
import { ended, interrupted, type Said, start } from './process.ts';
import { project } from './project.ts';

vi.setConfig({ testTimeout: 180_000 });

const easy = 'goods 2\nbids 2\ndummy 0\n\n0\t3\t0\t#\n1\t2\t1\t#\n';

/** An easy auction and then one that would take hours, and then the easy one again. */
async function auctions(rule: string): Promise<{ readonly argv: readonly string[]; readonly cwd: string }> {
  const cwd = project(['@mechane/auction-combinatorial'], { 'easy.txt': easy });
  const drawn = ['generate', 'cats-arbitrary', '--seed', '1', '--goods', '200', '--bids', '1500', '--format', 'cats'];
  await mechane([...drawn, '--out', 'hard.txt'], { cwd });
  const files = ['easy.txt', 'hard.txt', 'easy.txt'];
  // One thread: another would play the last while the second searches.
  const argv = ['run', '--cats', ...files, '--mechanism', `auction-combinatorial/${rule}`, '--json', '--workers', '1'];
  return { argv, cwd };
}

/** Whether the hard auction was under way: it comes second, and what it has ends what is said. */
const saysTwo = ({ stdout }: Said): boolean => stdout.trimEnd().split('\n').length > 1;

test('a search that is called off by Ctrl-C gives the best it has and how good that is, and nothing more is begun', {
  tags: ['long'],
}, async () => {
  const { argv, cwd } = await auctions('first-price');
  const { exitCode, signal, stdout, stderr } = await interrupted(argv, { cwd }, saysTwo);
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

test('searches that go on at once are called off together, and each gives the best it has, in the order of the files', {
  tags: ['long'],
}, async () => {
  const { argv, cwd } = await auctions('first-price');
  const both = [...argv.map((each) => (each === 'easy.txt' ? 'hard.txt' : each)), '--workers', '2'];
  const { exitCode, stdout, stderr } = await interrupted(both, { cwd }, saysTwo);
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
  const statuses = answers(stdout).map(
    (answer) => (answer as { certificate?: { status: string } }).certificate?.status,
  );
  expect(statuses).toEqual(['feasible', 'feasible']);
});

test('a mechanism that needs a proof says that it has none, as it was interrupted, and gives the best it has', {
  tags: ['long'],
}, async () => {
  const { argv, cwd } = await auctions('vcg');
  const { exitCode, stdout, stderr } = await interrupted(argv, { cwd }, (said) => said.stderr !== '');
  expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([130, 1]);
  const error = answers(stderr)[0]?.error as { message?: string; best?: { welfare: number; bound: number } };
  expect(error).toMatchObject({ code: 'unproved-optimum', file: 'hard.txt' });
  expect(error.message).toContain('was interrupted');
  expect(error.best?.bound).toBeGreaterThan(error.best?.welfare as number);
});

test('a Ctrl-C before the search has begun ends the command quietly, with what it has', {
  tags: ['long'],
}, async () => {
  const { argv, cwd } = await auctions('first-price');
  const child = start(argv, { cwd });
  child.stdout?.once('data', () => child.kill('SIGINT'));
  const { exitCode, signal, stdout, stderr } = await ended(child);
  expect({ exitCode, signal, stderr }).toEqual({ exitCode: 130, signal: null, stderr: '' });
  expect(JSON.parse(stdout.split('\n')[0] as string).certificate.status).toBe('optimal');
});

test('a scenario that is called off by Ctrl-C gives the best it has, too, and a limit of its own ends it without', {
  tags: ['long'],
}, async () => {
  const easier = JSON.stringify({
    mechanism: 'auction-combinatorial/first-price',
    settings: { goods: ['A'] },
    reports: {},
  });
  const cwd = project(['@mechane/auction-combinatorial'], { 'easy.json': easier });
  const drawn = ['generate', 'cats-arbitrary', '--seed', '1', '--goods', '200', '--bids', '1500'];
  await mechane([...drawn, '--set', 'mechanism=auction-combinatorial/first-price', '--out', 'hard.json'], { cwd });
  const argv = ['run', 'easy.json', 'hard.json', 'easy.json', '--json'];
  const { exitCode, signal, stdout, stderr } = await interrupted(argv, { cwd }, saysTwo);
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
