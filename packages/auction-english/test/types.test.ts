import { createMechane, type OutcomeOf } from '@mechane/core';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type ClinchingAsk,
  type ClinchingOutcome,
  type ClockAsk,
  type ClockOutcome,
  type clinching,
  englishAuctions,
  type OpenOutcryOutcome,
  type ProxyOutcome,
} from '../src/index.ts';

const mechane = createMechane().use(englishAuctions);
const reports = { ann: { value: 3 } };
const settings = { startingPrice: 1 };

test('an unknown id, wrong settings or a wrong report neither compile nor run', () => {
  // @ts-expect-error: no such mechanism
  expect(() => mechane.run('auction-english/candle', { settings, reports })).toThrow('no plugin in use');
  // @ts-expect-error: the starting price is needed
  expect(() => mechane.run('auction-english/clock', { reports })).toThrow('startingPrice');
  // @ts-expect-error: no such setting
  expect(() => mechane.run('auction-english/clock', { settings: { ...settings, reserve: 3 }, reports })).toThrow(
    'known',
  );
  // @ts-expect-error: the increment is needed
  expect(() => mechane.run('auction-english/proxy', { settings, reports })).toThrow('increment');
  // @ts-expect-error: a value is a number
  expect(() => mechane.run('auction-english/clock', { settings, reports: { ann: { value: '3' } } })).toThrow('number');
  // @ts-expect-error: several units are valued in a list
  expect(() => mechane.run('auction-english/clinching', { settings: { units: 1 }, reports })).toThrow('marginals');
  const columns = { ids: ['ann'], values: Float64Array.of(3) };
  // @ts-expect-error: clinching takes no columns
  expect(() => mechane.run('auction-english/clinching', { settings: { units: 1 }, columns })).toThrow('columns');
});

test('outcomes have exactly the type of their mechanism', () => {
  const clock = mechane.run('auction-english/clock', { settings, reports });
  expectTypeOf(clock.outcome).toEqualTypeOf<ClockOutcome>();
  expectTypeOf(clock.outcome.winner).toEqualTypeOf<string | null>();
  const raised = { ...settings, increment: 1 };
  expectTypeOf(
    mechane.run('auction-english/open-outcry', { settings: raised, reports }).outcome,
  ).toEqualTypeOf<OpenOutcryOutcome>();
  expectTypeOf(
    mechane.run('auction-english/proxy', { settings: raised, reports }).outcome,
  ).toEqualTypeOf<ProxyOutcome>();
  expectTypeOf<OutcomeOf<typeof clinching>>().toEqualTypeOf<ClinchingOutcome>();
  expect(clock.mechanism).toBe('auction-english/clock');
});

test('live agents know what they are asked and may say', async () => {
  await mechane.open('auction-english/clock', {
    settings,
    agents: {
      ann: (ask) => {
        expectTypeOf(ask).toEqualTypeOf<ClockAsk>();
        return 'in' as const;
      },
      bob: () => ({ leaveAt: 3 }),
    },
  }).result;
  await mechane.open('auction-english/clinching', {
    settings: { units: 1 },
    agents: {
      ann: (ask) => {
        expectTypeOf(ask).toEqualTypeOf<ClinchingAsk>();
        return { demand: 1 };
      },
    },
  }).result;
  // @ts-expect-error: a bidder says in, out, or where it leaves
  const strange = await mechane.open('auction-english/clock', { settings, agents: { ann: () => 'maybe' as const } })
    .result;
  expect(strange).toMatchObject({ outcome: { winner: null } });
});
