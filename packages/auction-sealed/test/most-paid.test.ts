import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';

test.each(['auction-sealed/gsp', 'auction-sealed/position-vcg'] as const)(
  'the most that is paid in %s is the bid for all clicks of the best slot',
  (id) => {
    const { mostPaid } = createMechane().use(sealedAuctions).mechanism(id);
    const said = { settings: { clickThroughRates: [200, 100] }, participants: ['ann'], ask: {}, before: 0 } as never;
    expect(mostPaid?.({ bid: 3 }, said)).toBe(600);
  },
);
