import { believedOnGrid, type Domain, type LawVerdict, singleItem, verify } from '@mechane/conformance';
import type { Mechanism } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { clock } from '../src/clock.ts';
import { openOutcry } from '../src/open-outcry.ts';

/** Values from 0 to 5, equally likely: a single buyer is best asked for 3, which earns 3/2, while 2 earns 4/3 and 4 earns 4/3. */
const values = believedOnGrid(singleItem({ report: (value: number) => ({ value }), largest: 60 })) as Domain;

async function credibilityOf(mechanism: object, settings: object): Promise<LawVerdict | undefined> {
  const claims = [{ law: 'credible', holds: true, because: 'Akbarpour and Li 2020' }] as const;
  const claiming: Mechanism = { ...(mechanism as Mechanism), claims: () => claims };
  const examined = { mechanism: claiming, domain: values, settings: [settings] };
  return (await verify(examined, { laws: ['credible'], runs: 30 })).laws[0];
}

describe('an ascending auction between two bidders (Akbarpour and Li 2020)', () => {
  test('is credible by open outcry from the reserve that is best: who bids last pays what it bid', async () => {
    expect(await credibilityOf(openOutcry, { startingPrice: 3, increment: 1 })).toMatchObject({
      verdict: 'holds',
      method: 'exhaustive',
    });
  });

  test('is not from a lower one: the operator goes on with whoever is left', async () => {
    const verdict = await credibilityOf(openOutcry, { startingPrice: 0, increment: 1 });
    expect(verdict).toMatchObject({ verdict: 'refuted' });
    expect(verdict?.reason).toContain('by asking them otherwise than by the rules');
  });

  test.each([{}, { increment: 1 }])(
    'is not by a clock that hears where one would leave, or asks all together: %o',
    async (steps) => {
      expect(await credibilityOf(clock, { startingPrice: 3, ...steps })).toMatchObject({ verdict: 'refuted' });
    },
  );
});
