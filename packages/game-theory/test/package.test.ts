import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { games } from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/game-theory');
});

test('the plugin says the name and the version of the package', () => {
  expect(games).toMatchObject({ name: manifest.name, version: manifest.version });
});

test('the CLI finds the package by its keyword', () => {
  expect(manifest.keywords).toContain('mechane-plugin');
});
