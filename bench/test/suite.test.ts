import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loadSuite, suitesIn } from '../src/suite.ts';

function folderOf(files: Record<string, string>): URL {
  const folder = mkdtempSync(join(tmpdir(), 'suites-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return pathToFileURL(`${folder}/`);
}

test('every module of the folder is a suite', () => {
  expect(suitesIn(folderOf({ 'sealed.js': '', 'english.js': '', 'english.d.ts': '', 'english.js.map': '' }))).toEqual([
    'english',
    'sealed',
  ]);
  expect(suitesIn(new URL('gone/', folderOf({})))).toEqual([]);
});

test('a suite is loaded by its name and run', async () => {
  const folder = folderOf({
    'package.json': '{"type":"module"}',
    'sealed.js': "export const run = async () => [{ title: 'Sealed', columns: [], rows: [] }];",
  });
  expect(await (await loadSuite(folder, 'sealed')).run()).toEqual([{ title: 'Sealed', columns: [], rows: [] }]);
});

test('a module that is no suite is refused', async () => {
  const folder = folderOf({ 'package.json': '{"type":"module"}', 'sealed.js': 'export const tables = [];' });
  await expect(loadSuite(folder, 'sealed')).rejects.toThrow('the suite sealed does not export a function run');
});
