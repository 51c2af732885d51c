import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { plant } from './tree.ts';

const {
  vcs: _,
  $schema: __,
  ...config
} = JSON.parse(readFileSync(new URL('../../biome.json', import.meta.url), 'utf8'));
const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** The files of a package of which the linter says that they are part of a circle. */
function circling(files: Readonly<Record<string, string>>): string[] {
  const sources = Object.entries(files).map(([name, text]) => [`packages/circle/src/${name}`, text]);
  const cwd = plant({ 'biome.json': config, ...Object.fromEntries(sources) });
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--colors=off'], { cwd, encoding: 'utf8' });
  const found = [...`${stdout}${stderr}`.matchAll(/src\/(\S+\.ts):\S+ lint\/suspicious\/noImportCycles/g)];
  return found.map(([, name = '']) => name).sort();
}

const [auction, outcome] = [
  'export interface Auction { readonly outcome: Outcome }\n',
  'export interface Outcome { readonly of: Auction }\n',
];

test.each([
  [
    'values',
    "import { second } from './b.ts';\nexport const first = () => second();\n",
    "import { first } from './a.ts';\nexport const second = () => first();\n",
  ],
  [
    'types alone',
    `import type { Outcome } from './b.ts';\n${auction}`,
    `import type { Auction } from './a.ts';\n${outcome}`,
  ],
  ['types that are passed on', "export type { Outcome } from './b.ts';\n", `export * from './a.ts';\n${outcome}`],
])('two files that import each other in a circle are found: %s', (_, a, b) => {
  expect(circling({ 'a.ts': a, 'b.ts': b })).toEqual(['a.ts', 'b.ts']);
});

test('where both import a third below them, there is no circle', () => {
  const files = {
    'a.ts': "import type { Id } from './c.ts';\nexport interface Auction { readonly id: Id }\n",
    'b.ts':
      "import type { Auction } from './a.ts';\nimport type { Id } from './c.ts';\nexport type Run = [Auction, Id];\n",
    'c.ts': 'export type Id = string;\n',
  };
  expect(circling(files)).toEqual([]);
});
