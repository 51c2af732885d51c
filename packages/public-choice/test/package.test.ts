import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { publicChoices } from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/public-choice');
});

test('the plugin says the name and the version of the package', () => {
  expect(publicChoices).toMatchObject({ name: manifest.name, version: manifest.version });
});

test('the CLI finds the package by its keyword', () => {
  expect(manifest.keywords).toContain('mechane-plugin');
});

test('every mechanism has a summary, an outcome that can be described, and an id in the package', () => {
  for (const { id, summary, outcome } of publicChoices.mechanisms) {
    expect(id).toMatch(/^public-choice\/[a-z-]+$/);
    expect(summary.length).toBeGreaterThan(20);
    expect(outcome?.safeParse('no outcome').success).toBe(false);
  }
});
