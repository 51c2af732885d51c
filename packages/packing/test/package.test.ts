import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/packing');
});

test('it brings nothing with it', () => {
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining([expect.stringMatching(/[dD]ependencies$/)]));
});
