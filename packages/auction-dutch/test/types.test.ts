import { createMechane, type OutcomeOf } from '@mechane/core';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type ClockAsk,
  type ClockOutcome,
  dutchAuctions,
  type GradualOutcome,
  type MultiUnitOutcome,
  type multiUnit,
} from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions);
const reports = { ann: { threshold: 3 } };
const settings = { startingPrice: 9 };

test('an unknown id, wrong settings or a wrong report neither compile nor run', () => {
  // @ts-expect-error: no such mechanism
  expect(() => mechane.run('auction-dutch/candle', { settings, reports })).toThrow('no plugin in use');
  // @ts-expect-error: the starting price is needed
  expect(() => mechane.run('auction-dutch/clock', { reports })).toThrow('startingPrice');
  // @ts-expect-error: no such setting
  expect(() => mechane.run('auction-dutch/clock', { settings: { ...settings, reserve: 3 }, reports })).toThrow('known');
  // @ts-expect-error: a threshold is a number
  expect(() => mechane.run('auction-dutch/clock', { settings, reports: { ann: { threshold: '3' } } })).toThrow(
    'number',
  );
  // @ts-expect-error: several units have several thresholds
  expect(() => mechane.run('auction-dutch/multi-unit', { settings: { ...settings, units: 1 }, reports })).toThrow();
  const gradual = { targetPrice: 9, decay: 0.5, schedule: { kind: 'linear', perTimeUnit: 1 } } as const;
  // @ts-expect-error: it takes messages
  expect(() => mechane.run('auction-dutch/gradual', { settings: gradual, reports })).toThrow('messages');
});

test('outcomes have exactly the type of their mechanism', () => {
  const clock = mechane.run('auction-dutch/clock', { settings, reports });
  expectTypeOf(clock.outcome).toEqualTypeOf<ClockOutcome>();
  expectTypeOf<OutcomeOf<typeof multiUnit>>().toEqualTypeOf<MultiUnitOutcome>();
  const gradual = mechane.run('auction-dutch/gradual', {
    settings: { targetPrice: 9, decay: 0.5, schedule: { kind: 'linear', perTimeUnit: 1 } },
    messages: [['ann', { at: 0, maxPrice: 9 }]],
  });
  expectTypeOf(gradual.outcome).toEqualTypeOf<GradualOutcome>();
  expect(clock.mechanism).toBe('auction-dutch/clock');
});

test('live agents know what they are asked and may say', async () => {
  const { outcome } = await mechane.open('auction-dutch/clock', {
    settings,
    agents: {
      ann: (ask) => {
        expectTypeOf(ask).toEqualTypeOf<ClockAsk>();
        return 'take' as const;
      },
      bob: () => ({ stopAt: 3 }),
    },
  }).result;
  expect(outcome.winner).toBe('ann');
});
