import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorLine } from '../src/errors.ts';
import { writePackage } from '../src/write-package.ts';
import { emptyFolder, run } from './terminal.ts';

test('--yes takes the defaults and asks nothing', async () => {
  const cwd = emptyFolder();
  const { exitCode, stdout, stderr } = await run(['--yes'], cwd);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(readdirSync(join(cwd, 'my-auction/src')).sort()).toEqual(['conformance.ts', 'index.ts', 'my-auction.ts']);
  expect(stdout).toContain('my-auction/my-auction, for now by the rule second-price.');
  expect(stdout).toContain('cd my-auction\n  npm install\n  npm test');
});

test('flags answer, and a scoped name becomes a folder without the scope', async () => {
  const cwd = emptyFolder();
  const argv = ['@acme/swap', '--kind', 'rounds', '--domain', 'housing', '--license', 'ISC'];
  expect((await run(argv, cwd)).exitCode).toBe(0);
  expect(readdirSync(cwd)).toEqual(['swap']);
  expect(JSON.parse(readFileSync(join(cwd, 'swap/package.json'), 'utf8')).name).toBe('@acme/swap');
  expect(readFileSync(join(cwd, 'swap/LICENSE'), 'utf8')).toContain('2026 the authors of @acme/swap');
});

test('on a terminal it asks for what is missing, by number or by name, again where it cannot take the answer', async () => {
  const cwd = emptyFolder();
  const { exitCode, stdout } = await run([], cwd, ['My Auction', 'swap', 'never', '2', 'housing', '']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Fix: npm create mechanism my-auction.');
  expect(stdout).toContain('Choose one of direct, rounds.');
  expect(readdirSync(join(cwd, 'swap/src'))).toContain('swap.ts');
  expect(readFileSync(join(cwd, 'swap/LICENSE'), 'utf8')).toContain('MIT License');
});

test('empty answers are the defaults', async () => {
  const cwd = emptyFolder();
  expect((await run([], cwd, ['', '', '', ''])).exitCode).toBe(0);
  expect(readdirSync(join(cwd, 'my-auction/src'))).toContain('my-auction.ts');
});

test('whoever leaves in the middle gets nothing written', async () => {
  const cwd = emptyFolder();
  const { exitCode, stderr } = await run([], cwd, ['swap', undefined]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: 'interrupted: nothing was written.\n' });
  expect(readdirSync(cwd)).toEqual([]);
});

test('without a terminal it says what it would have asked', async () => {
  const cwd = emptyFolder();
  const { exitCode, stderr } = await run(['swap', '--kind', 'direct'], cwd);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^missing-answer: nobody is there to be asked for the domain, licence\..* Fix: add --yes/);
  expect(readdirSync(cwd)).toEqual([]);
});

test('a folder with something in it is left alone', async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'my-auction'));
  writeFileSync(join(cwd, 'my-auction/README.md'), 'mine');
  const { exitCode, stderr } = await run(['my-auction', '--yes'], cwd);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^folder-not-empty: .* is not empty: it has README\.md\./);
  expect(readdirSync(join(cwd, 'my-auction'))).toEqual(['README.md']);
  expect(readFileSync(join(cwd, 'my-auction/README.md'), 'utf8')).toBe('mine');
});

test('a file of that name is left alone', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'my-auction'), 'mine');
  expect((await run(['--yes'], cwd)).stderr).toMatch(/^folder-not-empty: .* is a file\./);
  expect(readFileSync(join(cwd, 'my-auction'), 'utf8')).toBe('mine');
});

test('a folder that is empty is used', async () => {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'my-auction'));
  expect((await run(['--yes'], cwd)).exitCode).toBe(0);
});

test('a file that appears while it writes is never replaced', () => {
  const folder = join(emptyFolder(), 'new');
  const files = new Map([
    ['a', 'first'],
    ['./a', 'second'],
  ]);
  expect(() => writePackage(folder, files)).toThrow(/EEXIST/);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('first');
});

test.each([
  ['My-Auction', 'npm create mechanism my-auction'],
  ['../escape', 'npm create mechanism escape'],
  ['a/b/c', 'npm create mechanism a-b-c'],
  ['@mechane/mine', 'npm create mechanism mine'],
  ['fs', 'npm create mechanism my-auction'],
  ['node_modules', 'npm create mechanism node-modules'],
  ['.hidden', 'npm create mechanism hidden'],
  ["it's", 'npm create mechanism it-s'],
  ['', 'npm create mechanism my-auction'],
  ['__proto__', 'npm create mechanism proto'],
  ['x'.repeat(300), `npm create mechanism ${'x'.repeat(214)}`],
])('the name %j is refused with one that would do', async (name, fix) => {
  const cwd = emptyFolder();
  const { exitCode, stderr } = await run(['--yes', '--', name], cwd);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^invalid-name: /);
  expect(stderr.endsWith(` Fix: ${fix}.\n`)).toBe(true);
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  [['--domian', 'housing'], /^unknown-option: .* Expected --kind, --domain/],
  [['--kind'], /^invalid-option: /],
  [['--kind', 'auction'], /^invalid-option: --kind "auction" is not known\. Expected one of direct, rounds\./],
  [['--domain', '__proto__'], /^invalid-option: --domain "__proto__" is not known/],
  [['--license', 'GPL'], /^invalid-option: --license "GPL" is not known/],
  [['one', 'two'], /^unexpected-argument: "two" is one argument too many/],
])('%j is refused in one coded line', async (argv, line) => {
  const cwd = emptyFolder();
  const { exitCode, stderr } = await run(['--yes', ...argv], cwd);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(readdirSync(cwd)).toEqual([]);
});

test('--help shows every choice and an example, --version the version', async () => {
  const cwd = emptyFolder();
  const { stdout } = await run(['--help'], cwd);
  expect(stdout).toContain('npm create mechanism my-auction -- --kind rounds --domain housing --yes');
  expect(stdout).toContain('housing         an item for everyone, no money: top-trading-cycles or serial-dictatorship');
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect((await run(['--version'], cwd)).stdout).toBe(`${version}\n`);
  expect(readdirSync(cwd)).toEqual([]);
});

test('what is no refusal is a defect, told in one line', () => {
  expect(errorLine(new Error('disk full\nat x'))).toBe(
    'internal: disk full. Fix: report it: https://github.com/mechane/mechane/issues.',
  );
  expect(errorLine('odd')).toMatch(/^internal: odd\./);
});
