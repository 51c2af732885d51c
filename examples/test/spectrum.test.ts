import { combinatorialAuctions } from '@mechane/auction-combinatorial';
import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { coalitions, offerOf, winningBid } from './by-hand.ts';
import { drawnBids } from './spectrum-bids.ts';

test('no coalition would offer more for the spectrum than is paid', () => {
  const operators = drawnBids();
  const names = Object.keys(operators);
  const goods = [...'ABCDEFGHIJKLMNOPQR'];
  const reports = structuredClone(operators) as Record<string, { xor: { bundle: string[]; value: number }[] }>;
  const mechane = createMechane().use(combinatorialAuctions);
  const run = mechane.run('auction-combinatorial/core-selecting', { settings: { goods }, reports });
  const { payments } = run.outcome;
  const surplus = new Map(
    names.map((name) => [name, (winningBid(operators, name)?.value ?? 0) - (payments[name] ?? 0)]),
  );
  const offers = coalitions(names).map((some) => ({
    some,
    offer: offerOf(operators, some, (name) => surplus.get(name) ?? 0),
  }));
  const paid = run.metrics.revenue ?? 0;
  for (const { offer } of offers) expect(offer).toBeLessThanOrEqual(paid + 1e-6);
  const bindingCoalition = offers.find(({ some }) => some.join() === 'national0,regional2');
  expect(bindingCoalition?.offer).toBeCloseTo(paid, 6);
});
