import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.mjs';
import { plant } from './tree.ts';

const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
const plugins = ['import-types', 'lost-time-outs'].map((name) => `tools/biome/${name}.grit`);
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** Whether the format of a file is as `npm run check` wants it. */
function isFormatted(path: string, text: string): boolean {
  const rules = plugins.map((plugin) => [plugin, readFileSync(join(root, plugin), 'utf8')]);
  const cwd = plant({ 'biome.json': config, ...Object.fromEntries(rules), [path]: text });
  return spawnSync(process.execPath, [biome, 'format', path], { cwd }).status === 0;
}

/** As `npm run bench` writes it. */
const written = (result: unknown) => `${JSON.stringify(result, null, 2)}\n`;

test('what a benchmark writes is accepted as it is', () => {
  const table = { title: 'one', columns: ['a', 'b'], rows: [[1, 2.5], []], notes: {}, ['x'.repeat(130)]: ['short'] };
  expect(isFormatted('bench/results/one.json', written({ suite: 'one', tables: [table, null] }))).toBe(true);
  expect(isFormatted('bench/results/one.json', JSON.stringify({ suite: 'one' }))).toBe(false);
});

test.each(readdirSync(join(root, 'bench/results')))('%s is as a benchmark writes it', (file) => {
  const text = readFileSync(join(root, 'bench/results', file), 'utf8');
  expect(text).toBe(written(JSON.parse(text)));
});
