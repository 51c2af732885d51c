import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';

test('whoever stands in a cycle trades along it, the others keep what they have (Shapley and Scarf 1974)', () => {
  const reports = {
    ann: { owns: 'flat', ranking: ['house', 'loft'] },
    bob: { owns: 'house', ranking: ['flat'] },
    cat: { owns: 'loft', ranking: ['flat', 'house'] },
  };
  const { outcome } = createMechane().use(plugin).run('__ID__/top-trading-cycles', { reports });
  expect({ ...outcome.allocation }).toEqual({ ann: 'house', bob: 'flat', cat: 'loft' });
});
