import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/auction-sealed');
});
