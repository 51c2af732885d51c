import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { adaptive } from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/adaptive');
});

test('the plugin says the name and the version of the package', () => {
  expect(adaptive).toMatchObject({ name: manifest.name, version: manifest.version });
});

test('the CLI finds the package by its keyword', () => {
  expect(manifest.keywords).toContain('mechane-plugin');
});
