import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { englishAuctions } from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/auction-english');
});

test('the plugin says the name and the version of the package', () => {
  expect(englishAuctions).toMatchObject({ name: manifest.name, version: manifest.version });
});

test('the CLI finds the package by its keyword', () => {
  expect(manifest.keywords).toContain('mechane-plugin');
});

test('every mechanism has a summary, an outcome that can be described, and an id in the package', () => {
  for (const { id, summary, outcome } of englishAuctions.mechanisms) {
    expect(id).toMatch(/^auction-english\/[a-z-]+$/);
    expect(summary.length).toBeGreaterThan(20);
    expect(outcome?.safeParse('no outcome').success).toBe(false);
  }
});
