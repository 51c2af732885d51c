import { createMechane, type Mechanism, type Plugin, type SingleItemOutcome, type TieBreak } from '@mechane/core';
import { describe, expectTypeOf, test } from 'vitest';
import { clock, counter, exampleMechane, examples, lottery, secondPrice } from './example-mechanisms.ts';

/** Compiles, and is never called. */
const compiles = (_: () => void): void => {};
const mechane = exampleMechane();

describe('types', () => {
  test('outcomes are exact', () => {
    compiles(() => {
      const second = mechane.run('example/second-price', { reports: {} });
      expectTypeOf(second.outcome).toEqualTypeOf<SingleItemOutcome>();
      expectTypeOf(second.mechanism).toEqualTypeOf<'example/second-price'>();
      expectTypeOf(second.metrics.efficiency).toEqualTypeOf<number | null>();
      const sales = mechane.run('example/counter', { settings: { units: 1 }, messages: [] });
      expectTypeOf(sales.outcome).toEqualTypeOf<{ sales: [string, number][] }>();
    });
  });
  test('live runs are promises, and agents know what they are asked and may say', () => {
    compiles(() => {
      const live = mechane.open('example/clock', {
        settings: { start: 1, step: 1 },
        agents: {
          ann: ({ price }, { agent, signal }) => {
            expectTypeOf(price).toEqualTypeOf<number>();
            expectTypeOf(agent).toEqualTypeOf<string>();
            expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
            return price < 3 ? 'in' : 'out';
          },
          bob: { respond: async () => 'in' as const },
        },
      }).result;
      expectTypeOf(live).resolves.toHaveProperty('outcome').toEqualTypeOf<SingleItemOutcome>();
      mechane.open('example/clock', {
        settings: { start: 1, step: 1 },
        // @ts-expect-error an agent says in or out
        agents: { ann: () => 'maybe' },
      }).result;
    });
  });
  test('an unknown id does not compile', () => {
    compiles(() => {
      // @ts-expect-error there is no third price
      mechane.run('example/third-price', { reports: {} });
      // @ts-expect-error without a plugin there is nothing to run
      createMechane().run('example/second-price', { reports: {} });
    });
  });
  test('wrong settings do not compile, nor missing ones', () => {
    compiles(() => {
      mechane.run('example/second-price', { settings: { breakTie: 'lot' }, reports: {} });
      mechane.run('example/lottery', { settings: { breakTie: { priority: ['ann'] } }, reports: {} });
      // @ts-expect-error a reserve is a number
      mechane.run('example/second-price', { settings: { reserve: '3' }, reports: {} });
      // @ts-expect-error there is no such setting
      mechane.run('example/second-price', { settings: { reserv: 3 }, reports: {} });
      // @ts-expect-error a clock needs a start and a step
      mechane.run('example/clock', { reports: {} });
      // @ts-expect-error there is no such tie-break
      mechane.run('example/second-price', { settings: { breakTie: 'coin' }, reports: {} });
    });
  });
  test('a wrong report does not compile', () => {
    compiles(() => {
      // @ts-expect-error a bid is a number
      mechane.run('example/second-price', { reports: { ann: { bid: '3' } } });
      // @ts-expect-error a report has a bid
      mechane.run('example/second-price', { reports: { ann: {} } });
      // @ts-expect-error a type is a report
      mechane.run('example/second-price', { reports: {}, types: { ann: { value: 3 } } });
      // @ts-expect-error it takes messages
      mechane.run('example/counter', { settings: { units: 1 }, reports: { ann: {} } });
      // @ts-expect-error it takes no columns
      mechane.run('example/second-price', { columns: {} });
    });
  });
  test('the types of a mechanism can be read off it', () => {
    expectTypeOf(secondPrice.id).toEqualTypeOf<'example/second-price'>();
    expectTypeOf(examples).toExtend<Plugin>();
    for (const mechanism of [secondPrice, clock, counter, lottery]) expectTypeOf(mechanism).toExtend<Mechanism>();
    expectTypeOf<TieBreak>().toEqualTypeOf<'agent-id' | 'lot' | { readonly priority: readonly string[] }>();
  });
});
