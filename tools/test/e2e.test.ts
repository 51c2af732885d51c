import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundledModules, stowaways } from '../e2e/bundle.mjs';
import { findChromium, saidInChromium } from '../e2e/chromium.mjs';
import { coresFor } from '../e2e/core-versions.mjs';
import { bytesOf, demand, Folder } from '../e2e/folder.mjs';
import { fromTarballs, named } from '../e2e/pack.mjs';
import { misstatements, statedSizes, withSizes } from '../e2e/stated-sizes.mjs';
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

test('a bundle that can reach a solver has its file, even where it is never called; one that calls it has its code', async () => {
  const folder = scratch();
  const manifest = { name: 'highs', version: '1.0.0', type: 'module', exports: './index.js', sideEffects: false };
  folder.write('node_modules/highs/package.json', manifest);
  // Larger than what bundlers put into the code.
  folder.write('node_modules/highs/solver.wasm', 'x'.repeat(10_000));
  const solver = "export const solve = () => String(new URL('./solver.wasm', import.meta.url));\n";
  folder.write('node_modules/highs/index.js', solver);
  folder.write('node_modules/book/package.json', {
    ...manifest,
    name: 'book',
    exports: { '.': './index.js', './light': './light.js' },
  });
  folder.write('node_modules/book/light.js', "export const trade = () => 'traded';\n");
  folder.write('node_modules/book/index.js', "export { trade } from './light.js';\nexport { solve } from 'highs';\n");
  const bundle = (page: string, name: string, entry: string) =>
    bundledModules(folder, page, {
      name: page,
      known: '',
      source: '',
      imports: `import { ${name} } from '${entry}';`,
      body: `return ${name}();`,
    });
  const light = await bundle('light', 'trade', 'book/light');
  expect(stowaways(light)).toEqual([]);
  expect(light.atOnce).toHaveLength(1);
  const reached = await bundle('reached', 'trade', 'book');
  expect(stowaways(reached)).toEqual([expect.stringMatching(/solver.*\.wasm$/)]);
  const called = await bundle('called', 'solve', 'book');
  expect(stowaways(called)).toEqual([expect.stringMatching(/highs\/index\.js$/), expect.stringMatching(/\.wasm$/)]);
});

describe('the sizes that a README states', () => {
  const whole = { room: 'market', sentence: 'All of it: about # kB gzipped', numbers: [97.4] };
  const solver = { room: 'market', sentence: 'WebAssembly (# MB, # MB gzipped)', numbers: [3.531, 1.22] };
  const text = 'All of it: about 97 kB gzipped. Its WebAssembly (3.5 MB, 1.2 MB gzipped) comes later.';

  test('are right where they are as measured, or as another compressor may measure', () => {
    expect(misstatements(text, [whole, solver])).toEqual([]);
    expect(misstatements(text.replace('97', '98'), [whole, solver])).toEqual([]);
  });

  test('are wrong where they are others, are missing, or are of what nobody measures', () => {
    expect(misstatements(text.replace('97', '127'), [whole, solver])).toEqual([
      'says "All of it: about 127 kB gzipped", and it is "All of it: about 97 kB gzipped"',
    ]);
    expect(misstatements(text.replace('3.5', '2.5'), [whole, solver])).toEqual([
      'says "WebAssembly (2.5 MB, 1.2 MB gzipped)", and it is "WebAssembly (3.5 MB, 1.2 MB gzipped)"',
    ]);
    expect(misstatements('It is small.', [whole])).toEqual(['does not say "All of it: about 97 kB gzipped"']);
    expect(misstatements(text, [whole])).toEqual(['says "(3.5 MB, 1.2 MB gzipped)" of something that is not measured']);
    expect(misstatements(`${text} A part: about 5 kB gzipped.`, [whole, solver])).toEqual([
      'says "about 5 kB gzipped" of something that is not measured',
    ]);
  });

  test('are written in their places, small ones with a decimal', () => {
    const part = { room: 'market', sentence: 'A part: about # kB gzipped', numbers: [6.27] };
    const stale = `${text.replace('97', '127')} A part: about 0 kB gzipped.`;
    expect(withSizes(stale, [whole, solver, part])).toBe(`${text} A part: about 6.3 kB gzipped.`);
  });

  test('are looked at in every package, and written on request', () => {
    const folder = scratch();
    folder.write('market/README.md', text.replace('97', '127'));
    folder.write('core/README.md', 'About 48 kB, about 5 kB gzipped.');
    const found = statedSizes(folder.path, [whole, solver], false);
    expect([found.ok, found.measured]).toEqual([false, '2 sizes']);
    expect(found.note?.split('\n').map((line) => line.slice(0, 24))).toEqual([
      'npm run e2e:publish -- -',
      'the README of core says ',
      'the README of market say',
    ]);
    folder.write('core/README.md', 'About 48 kB.');
    expect(statedSizes(folder.path, [whole, solver], true)).toMatchObject({ ok: true, note: '' });
    expect(folder.read('market/README.md')).toBe(text);
  });
});
