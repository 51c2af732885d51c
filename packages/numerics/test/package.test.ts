import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as numerics from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/numerics');
});

test('it needs nothing but itself', () => {
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('peerDependencies');
  const sources = new URL('../src/', import.meta.url);
  for (const file of readdirSync(sources)) {
    const imported = [
      ...readFileSync(new URL(file, sources), 'utf8').matchAll(/^(?:import|export) .*from '([^']+)'/gm),
    ];
    expect(imported.map(([, specifier]) => specifier).filter((specifier) => !specifier?.startsWith('./'))).toEqual([]);
  }
});

test('what it exports is what its readme names', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(Object.keys(numerics).filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
});
