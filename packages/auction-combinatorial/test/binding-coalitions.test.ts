import { byCodeUnit, createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { combinatorialAuctions } from '../src/index.ts';
import { generated } from './generated.ts';

const mechane = createMechane().use(combinatorialAuctions);

test.each([1, 2, 3, 4, 5, 6])(
  'GSVM, seed %d: a coalition that binds prices is named once, in a fixed order',
  (seed) => {
    const { settings, reports } = generated('gsvm', { bundles: 6 }, seed);
    const goods = [...settings.goods];
    const ids = Object.keys(reports);
    const binding = (order: readonly string[]): readonly (readonly string[])[] => {
      const shuffled = Object.fromEntries(order.map((agent) => [agent, { xor: [...(reports[agent]?.xor ?? [])] }]));
      const { certificate } = mechane.run('auction-combinatorial/core-selecting', {
        settings: { goods },
        reports: shuffled,
      });
      return certificate.binding;
    };
    const coalitions = binding(ids);
    expect(coalitions.length).toBeGreaterThan(0);
    const named = coalitions.map((members) => members.toSorted(byCodeUnit).join(' '));
    expect(new Set(named).size).toBe(coalitions.length);
    expect(binding(ids.toReversed())).toEqual(coalitions);
  },
);
