import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findChromium, saidInChromium } from '../e2e/chromium.mjs';
import { coresFor } from '../e2e/core-versions.mjs';
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
  subpaths: ['.'],
  dependencies: [],
  peers: {},
  plugin: false,
  command: undefined,
  files: [],
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

test('a plugin is tried on the oldest core that was released in its range, and on the one packed here', () => {
  const changelog = '# @mechane/core\n\n## 0.3.0\n\n### Minor Changes\n\n## 0.2.1\n\n## 0.2.0\n\n## 0.1.0\n';
  expect(coresFor(changelog, '0.3.0', '^0.2.0 || ^0.3.0')).toEqual(['0.2.0', 'packed']);
  expect(coresFor(changelog, '0.3.0', '^0.3.0')).toEqual(['packed']);
  expect(coresFor('# @mechane/core\n', '0.0.0', '^0.0.0')).toEqual(['packed']);
});

test('Chromium is where the environment says, or on the path', () => {
  const folder = scratch();
  expect(findChromium({ PATH: folder.path })).toBeUndefined();
  expect(findChromium({ PATH: folder.path, MECHANE_CHROMIUM: 'required' })).toBeUndefined();
  folder.write('google-chrome', '');
  expect(findChromium({ PATH: `/nowhere:${folder.path}`, MECHANE_CHROMIUM: '' })).toBe(
    join(folder.path, 'google-chrome'),
  );
  expect(findChromium({ PATH: folder.path, MECHANE_CHROMIUM: '/opt/chrome' })).toBe('/opt/chrome');
});

test('pages are served to a browser, with what they need, until all have said something', async () => {
  const folder = scratch();
  folder.write('one/index.html', 'one');
  folder.write('one/deep/solver.wasm', 'wasm');
  folder.write('two/index.html', 'two');
  // Stands for a browser: it opens the page it is given, the frames in it, and files beside them.
  const browser = `#!${process.execPath}
const home = process.argv.at(-1);
const at = async (path) => { const got = await fetch(new URL(path, home)); return [got.status, got.headers.get('content-type'), await got.text()]; };
(async () => {
  const [, , frames] = await at('/');
  const paths = [...frames.matchAll(/src="([^"]+)"/g)].map(([, path]) => path);
  const found = [];
  for (const path of [...paths, '/one/deep/solver.wasm', '/one/absent.js', '/three/index.html', '/one/%2e%2e%2ftwo/index.html']) found.push((await at(path)).join(' '));
  await fetch(new URL('/said/one', home), { method: 'POST', body: JSON.stringify(found) });
  await fetch(new URL('/said/two', home), { method: 'POST', body: 'two is here' });
  setInterval(() => {}, 1000);
})();
`;
  folder.write('browser.cjs', browser);
  chmodSync(join(folder.path, 'browser.cjs'), 0o755);
  const pages = new Map(['one', 'two'].map((page) => [page, join(folder.path, page)]));
  const said = await saidInChromium(join(folder.path, 'browser.cjs'), folder, pages);
  expect(said.get('two')).toBe('two is here');
  expect(JSON.parse(said.get('one') ?? '')).toEqual([
    '200 text/html; charset=utf-8 one',
    '200 text/html; charset=utf-8 two',
    '200 application/wasm wasm',
    '404  ',
    '404  ',
    '404  ',
  ]);
});

test('a browser that ends, or cannot be started, leaves no answer', async () => {
  const folder = scratch();
  const pages = new Map([['one', folder.path]]);
  expect(await saidInChromium(process.execPath, folder, pages)).toEqual(new Map());
  expect(await saidInChromium('/nowhere/chromium', folder, pages)).toEqual(new Map());
});
