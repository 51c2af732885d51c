import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as packing from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/packing');
});

test('it brings nothing with it', () => {
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining([expect.stringMatching(/[dD]ependencies$/)]));
});

test('what it exports is what its readme tells of', () => {
  expect(Object.keys(packing).sort()).toEqual([
    'Budget',
    'PackingError',
    'RelatedPackings',
    'WorkingSelection',
    'componentsOf',
    'fromUnits',
    'packingOf',
    'recheckBound',
    'recheckSelection',
    'restricted',
    'rowsOfSet',
    'solvePacking',
    'toUnits',
    'unitsFor',
    'valueOfSets',
  ]);
});
