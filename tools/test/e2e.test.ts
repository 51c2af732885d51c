import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bytesOf, demand, Folder } from '../e2e/folder.mjs';
import { fromTarballs, named } from '../e2e/pack.mjs';
import { tableOf, violated } from '../e2e/table.mjs';

function scratch(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'e2e-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return new Folder(path);
}

const packed = (name: string) => ({
  name,
  version: '0.0.0',
  tarball: `/tarballs/${name}.tgz`,
  bytes: 1,
  packedBytes: 1,
  subpaths: ['.'],
  plugin: false,
  browser: true,
});

test('a table says what failed, what was skipped and why, in columns', () => {
  const rows = [
    { check: 'bytes', measured: '1 kB', ok: true },
    { check: 'browser', measured: '', ok: false, skipped: true, note: 'no chromium' },
    { check: 'types', measured: '2 errors', ok: false, note: 'first\nsecond' },
  ];
  expect(tableOf(rows).split('\n')).toEqual([
    'ok       bytes    1 kB',
    'skipped  browser            no chromium',
    'failed   types    2 errors  first',
  ]);
});

test('what was skipped is no violation, what failed is', () => {
  const skipped = { check: 'browser', measured: '', ok: false, skipped: true };
  expect(violated([skipped])).toBe(false);
  expect(violated([skipped, { check: 'types', measured: '', ok: false }])).toBe(true);
});

test('bytes are those of files, without packages that are nested', () => {
  const folder = scratch();
  folder.write('a.js', '1234');
  folder.write('deep/a.js.map', '56');
  folder.write('node_modules/other/index.js', '7890');
  expect(bytesOf(folder.path)).toBe(6);
  expect(bytesOf(folder.path, (path) => path.endsWith('.map'))).toBe(2);
});

test('what is installed stands in the lock file and on the disk', () => {
  const folder = scratch();
  folder.write('node_modules/@acme/a/package.json', {});
  folder.write('node_modules/b/package.json', {});
  folder.write('node_modules/b/node_modules/c/package.json', {});
  const paths = ['', 'node_modules/@acme/a', 'node_modules/b', 'node_modules/b/node_modules/c', 'node_modules/absent'];
  folder.write('package-lock.json', { packages: Object.fromEntries(paths.map((path) => [path, {}])) });
  expect(folder.installed().map(({ name }) => name)).toEqual(['@acme/a', 'b', 'c']);
});

test('a command that ends otherwise than it should fails with what it said', async () => {
  const folder = scratch();
  folder.write('fail.mjs', "console.log('what it said');\nprocess.exit(3);\n");
  const ended = await folder.node(['fail.mjs']);
  expect(() => demand('fail.mjs', ended)).toThrow('fail.mjs ended with 3 instead of 0:\nwhat it said');
  expect(demand('fail.mjs', ended, 3)).toBe('what it said\n');
});

test('commands hear nothing of the npm that started this one', async () => {
  const folder = scratch();
  folder.write(
    'said.mjs',
    'console.log(Object.keys(process.env).filter((name) => /^npm_(package|lifecycle)/.test(name)));\n',
  );
  expect((await folder.node(['said.mjs'])).output).toBe('[]\n');
});

test('dependencies are tarballs, and a package that is not there is named', () => {
  const packages = [packed('a'), packed('b')];
  expect(fromTarballs(named(packages, ['b']))).toEqual({ b: 'file:/tarballs/b.tgz' });
  expect(() => named(packages, ['c'])).toThrow('there is no package c');
});
