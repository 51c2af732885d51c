import {
  amount,
  certified,
  createMechane,
  definePlugin,
  directMechanism,
  type Mechanism,
  type OutcomeOf,
  type Plugin,
  type ReportOf,
  type SettingsOf,
  type SingleItemOutcome,
  type TieBreak,
} from '@mechane/core';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
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
  test('a mechanism that is spread into another keeps its types', () => {
    const claimed = { ...secondPrice, claims: () => [] };
    expectTypeOf<OutcomeOf<typeof claimed>>().toEqualTypeOf<SingleItemOutcome>();
    expectTypeOf<ReportOf<typeof claimed>>().toEqualTypeOf<ReportOf<typeof secondPrice>>();
    expectTypeOf<SettingsOf<typeof claimed>>().toEqualTypeOf<SettingsOf<typeof secondPrice>>();
    const plugin = definePlugin({ name: 'claimed', version: '1.0.0', mechanisms: [claimed] });
    const spread = createMechane().use(plugin);
    compiles(() => {
      const { outcome } = spread.run('example/second-price', { settings: { reserve: 1 }, reports: { a: { bid: 1 } } });
      expectTypeOf(outcome).toEqualTypeOf<SingleItemOutcome>();
      // @ts-expect-error a reserve is a number
      spread.run('example/second-price', { settings: { reserve: '1' }, reports: {} });
      // @ts-expect-error a report has a bid
      spread.run('example/second-price', { reports: { a: {} } });
    });
  });
  test('a mechanism of a known id is exact, one of another id does not compile', () => {
    expectTypeOf(mechane.mechanism('example/clock').id).toEqualTypeOf<'example/clock'>();
    expectTypeOf<OutcomeOf<ReturnType<typeof read>>>().toEqualTypeOf<SingleItemOutcome>();
    function read() {
      return mechane.mechanism('example/second-price');
    }
    compiles(() => {
      // @ts-expect-error there is no third price
      mechane.mechanism('example/third-price');
      // @ts-expect-error there is no third price
      mechane.describe('example/third-price');
    });
  });
  test('an id that comes from elsewhere has a door of its own, for runs, live runs and schemas', async () => {
    const request: { id: string; settings: unknown; reports: unknown } = {
      id: 'example/second-price',
      settings: { reserve: 2 },
      reports: { ann: { bid: 3 } },
    };
    const { untyped } = mechane;
    const { id, ...play } = request;
    expect(untyped.run(id, play).outcome).toMatchObject({ winner: 'ann', payment: 2 });
    expectTypeOf(untyped.run(id, play).outcome).toEqualTypeOf<object>();
    expect(untyped.mechanism(id).id).toBe(id);
    expect(untyped.describe(id).id).toBe(id);
    const session = untyped.open(id, { ...play, agents: { ann: () => ({ bid: 3 }), bob: 'external' } });
    const submitted = new Promise((resolve) => setImmediate(() => resolve(session.submit('bob', { bid: 2 }))));
    expect(await session.outcome).toMatchObject({ winner: 'ann', payment: 2 });
    await submitted;
    expect(() => untyped.run('example/third-price', play)).toThrow(/second-price/);
    expect(() => untyped.run(id, { reports: { ann: { bid: 'much' } } })).toThrow(/reports.ann.bid/);
  });
  test('a replay has the type of its mechanism: of the one named, or of all, told apart by their ids', () => {
    compiles(() => {
      const one = mechane.replay({}, { mechanism: 'example/counter' });
      expectTypeOf(one.outcome).toEqualTypeOf<{ sales: [string, number][] }>();
      const any = mechane.replay({});
      if (any.mechanism === 'example/clock') expectTypeOf(any.outcome).toEqualTypeOf<SingleItemOutcome>();
      const session = mechane.resume({}, { mechanism: 'example/clock', agents: {} });
      expectTypeOf(session.outcome).resolves.toEqualTypeOf<SingleItemOutcome>();
      // @ts-expect-error an agent says in or out
      session.submit('ann', 'maybe');
    });
  });
  test('a certificate is one of a mechanism’s types', () => {
    const bounded = directMechanism({
      id: 'example/bounded',
      settings: z.strictObject({}),
      report: z.strictObject({ value: amount }),
      decide: (reports) => certified({ size: reports.size }, { status: 'optimal', bound: reports.size }),
      columns: { agents: () => [], decide: () => ({ outcome: { size: 0 }, welfare: 0, bestWelfare: 0, revenue: 0 }) },
    });
    const plugin = definePlugin({ name: 'bounded', version: '1.0.0', mechanisms: [bounded] });
    const { certificate } = createMechane()
      .use(plugin)
      .run('example/bounded', { reports: { a: { value: 1 } } });
    expectTypeOf(certificate.bound).toEqualTypeOf<number>();
    expect(certificate.bound).toBe(1);
    compiles(() => {
      expectTypeOf(mechane.run('example/second-price', { reports: {} }).certificate).toEqualTypeOf<undefined>();
      expectTypeOf(mechane.run('example/lottery', { reports: {} }).certificate.status).toEqualTypeOf<'feasible'>();
    });
  });
  test('nobody runs a mechanism with columns that takes none, nor with two things at once', () => {
    compiles(() => {
      // @ts-expect-error it takes no columns
      mechane.run('example/lottery', { columns: { ids: [] } });
      // @ts-expect-error it takes no columns
      mechane.run('example/clock', { settings: { start: 1, step: 1 }, columns: undefined as unknown });
      // @ts-expect-error reports or messages
      mechane.run('example/counter', { settings: { units: 1 }, messages: [], reports: {} });
      // @ts-expect-error live agents are for open
      mechane.run('example/second-price', { agents: {} });
    });
  });
  test('the types of a mechanism can be read off it', () => {
    expectTypeOf(secondPrice.id).toEqualTypeOf<'example/second-price'>();
    expectTypeOf(examples).toExtend<Plugin>();
    for (const mechanism of [secondPrice, clock, counter, lottery]) expectTypeOf(mechanism).toExtend<Mechanism>();
    expectTypeOf<TieBreak>().toEqualTypeOf<'agent-id' | 'lot' | { readonly priority: readonly string[] }>();
  });
});
