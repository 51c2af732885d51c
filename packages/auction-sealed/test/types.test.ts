import { createMechane, type JsonValue, type OutcomeOf } from '@mechane/core';
import { expect, expectTypeOf, test } from 'vitest';
import {
  type optimal,
  type PositionOutcome,
  type RandomSamplingOutcome,
  type SealedBidOutcome,
  sealedAuctions,
  type UniformPriceOutcome,
} from '../src/index.ts';

const mechane = createMechane().use(sealedAuctions);
const reports = { ann: { bid: 3 } };

test('an unknown id, wrong settings or a wrong report neither compile nor run', () => {
  // @ts-expect-error: no such mechanism
  expect(() => mechane.run('auction-sealed/third-price', { reports })).toThrow('no plugin in use');
  // @ts-expect-error: no such setting
  expect(() => mechane.run('auction-sealed/first-price', { settings: { units: 3 }, reports })).toThrow('not known');
  // @ts-expect-error: units are needed
  expect(() => mechane.run('auction-sealed/vickrey', { reports: {} })).toThrow('units');
  // @ts-expect-error: a bid is a number
  expect(() => mechane.run('auction-sealed/first-price', { reports: { ann: { bid: '3' } } })).toThrow('number');
  // @ts-expect-error: several units are bid for in a list
  expect(() => mechane.run('auction-sealed/vickrey', { settings: { units: 1 }, reports })).toThrow('bids');
  const columns = { ids: ['ann'], bids: Float64Array.of(3) };
  // @ts-expect-error: positions take no columns
  expect(() => mechane.run('auction-sealed/gsp', { settings: { clickThroughRates: [1] }, columns })).toThrow('columns');
  // @ts-expect-error: a prior has a kind
  expect(() => mechane.run('auction-sealed/optimal', { settings: { distribution: { mean: 3 } }, reports })).toThrow();
  // @ts-expect-error: an unknown way of breaking ties
  expect(() => mechane.run('auction-sealed/first-price', { settings: { breakTie: 'first' }, reports })).toThrow(
    'breakTie',
  );
});

test('outcomes have exactly the type of their mechanism', () => {
  const first = mechane.run('auction-sealed/first-price', { reports });
  expectTypeOf(first.mechanism).toEqualTypeOf<'auction-sealed/first-price'>();
  expectTypeOf(first.outcome).toEqualTypeOf<SealedBidOutcome>();
  expectTypeOf(first.outcome.winner).toEqualTypeOf<string | null>();
  expectTypeOf(first.outcome.winningValue).toEqualTypeOf<JsonValue | undefined>();
  expectTypeOf<OutcomeOf<typeof optimal>>().toEqualTypeOf<SealedBidOutcome>();
  const settings = { units: 1 };
  const uniform = mechane.run('auction-sealed/uniform-price', { settings, reports: { ann: { bids: [3] } } });
  expectTypeOf(uniform.outcome).toEqualTypeOf<UniformPriceOutcome>();
  expectTypeOf(uniform.outcome.clearingPrice).toEqualTypeOf<number>();
  const slots = mechane.run('auction-sealed/gsp', { settings: { clickThroughRates: [1] }, reports });
  expectTypeOf(slots.outcome).toEqualTypeOf<PositionOutcome>();
  const sampled = mechane.run('auction-sealed/random-sampling', { reports, seed: 1 });
  expectTypeOf(sampled.outcome).toEqualTypeOf<RandomSamplingOutcome>();
  expect([first, uniform, slots].map(({ metrics }) => metrics.participants)).toEqual([1, 1, 1]);
});
