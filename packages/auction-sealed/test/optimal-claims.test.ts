import { sealedAuctions } from '@mechane/auction-sealed';
import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';

/*
 * What the optimal auction promises of several beliefs (Myerson 1981): alike in all it is anonymous, and where values have no atoms, free of envy.
 */
const { claims } = createMechane().use(sealedAuctions).mechanism('auction-sealed/optimal');
const said = (settings: Parameters<typeof claims>[0], law: string): unknown =>
  claims(settings).find((claim) => claim.law === law)?.holds;

test.each([
  ['of one belief without atoms', { distribution: { kind: 'uniform', low: 0, high: 10 } }, true, true],
  ['of one belief in values that were seen', { distribution: { kind: 'empirical', samples: [5, 7] } }, true, false],
] as const)('%s', (_, settings, anonymous, envyFree) => {
  expect(said(settings as never, 'anonymous')).toBe(anonymous);
  expect(said(settings as never, 'envy-free')).toBe(envyFree);
  expect(said(settings as never, 'revenue-monotone')).toBe(true);
});

test('of a belief for each bidder', () => {
  const distributions = { ann: { kind: 'uniform', low: 0, high: 100 }, bob: { kind: 'uniform', low: 0, high: 200 } };
  expect(said({ distributions } as never, 'anonymous')).not.toBe(true);
});
