import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import * as optimization from '../src/index.ts';

test('the package is named after its folder', () => {
  expect(manifest.name).toBe('@mechane/optimization');
});

test('what it exports is what its readme names', () => {
  expect(Object.keys(optimization).sort()).toEqual([
    'NearestPoint',
    'OptimizerService',
    'basisStatus',
    'createOptimizer',
    'dualBound',
    'highsOptimizer',
    'linearProgram',
    'nearestPoint',
    'objectiveAt',
    'violationAt',
  ]);
});
