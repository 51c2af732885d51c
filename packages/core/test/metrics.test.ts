import {
  agentColumn,
  createMechane,
  definePlugin,
  directMechanism,
  MechaneError,
  type RunEvent,
  seededRandom,
  signedAmount,
  sold,
  unsold,
} from '@mechane/core';
import { isAgentColumn, paymentsOf, revenueOf, utilityOf, welfareOf } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clock, lottery, secondPrice } from './example-mechanisms.ts';

describe('utility', () => {
  const outcome = sold(['ann', 'bob'], 'ann', 4);
  test('is value less payment unless the mechanism says otherwise', () => {
    expect(utilityOf(secondPrice, 'ann', { bid: 10 }, outcome, {})).toBe(6);
    expect(utilityOf(secondPrice, 'bob', { bid: 10 }, outcome, {})).toBe(0);
    expect(utilityOf(clock, 'ann', { value: 10 }, outcome, {})).toBe(6);
  });
  test('of somebody who is in no payment is the value', () => {
    expect(utilityOf(secondPrice, 'eve', { bid: 10 }, { ...outcome, winner: 'eve' }, {})).toBe(10);
    expect(utilityOf(secondPrice, 'ann', { bid: 10 }, { winner: 'ann' }, {})).toBe(10);
  });
  test('is unknown where the mechanism has no values', () => {
    expect(utilityOf(lottery, 'ann', {}, {}, {})).toBeUndefined();
    expect(welfareOf(lottery, new Map([['ann', {}]]), {}, {})).toBeUndefined();
  });
});

test('sums of decimals are decimals, and payments that balance come to nothing', () => {
  const bids = new Map([
    ['ann', { bid: 0.1 }],
    ['bob', { bid: 0.2 }],
  ]);
  const everybody = { ...secondPrice, value: (_: string, { bid }: { bid: number }) => bid };
  expect(welfareOf(everybody as typeof secondPrice, bids, {}, {})).toBe(0.3);
  expect(revenueOf({ payments: { ann: 0.1, bob: 0.2 } })).toBe(0.3);
  expect(revenueOf({ payments: { ann: 0.1, bob: 0.2, eve: -0.3 } })).toBe(0);
  expect(revenueOf({ payments: { ann: -0.1, bob: -0.2 } })).toBe(-0.3);
});

describe('metrics of decimals are exact', () => {
  const bids = z.strictObject({ bid: signedAmount });
  /** All pay what they bid, and it is worth that to them. */
  const everybodyPays = directMechanism({
    id: 'example/everybody-pays',
    settings: z.strictObject({}),
    report: bids,
    outcome: z.strictObject({ payments: z.record(z.string(), signedAmount) }),
    decide: (reports) => ({ payments: Object.fromEntries([...reports].map(([agent, { bid }]) => [agent, bid])) }),
    value: (_, { bid }) => bid,
    // Added up the other way round, which comes to another double.
    bestWelfare: (types) => [...types.values()].reduceRight((sum, { bid }) => sum + bid, 0),
  });
  const mechane = createMechane().use(
    definePlugin({ name: 'x', version: '1.0.0', mechanisms: [everybodyPays as unknown as typeof secondPrice] }),
  );
  const metricsOf = (...amounts: number[]) =>
    mechane.run('example/everybody-pays' as 'example/second-price', {
      reports: amounts.map((bid, index) => [`agent${index}`, { bid }] as const),
    }).metrics;

  test.each([
    [[999999.000000001], 999999.000000001],
    [[1000000.000000001, 1e-9], 1000000.000000002],
    [[12345678.00000001, 0], 12345678.00000001],
    [[1000.1, -1000], 0.1],
    [[999999.000000001, -999999], 1e-9],
    [[0.7, -0.1, -0.6], 0],
    [Array.from({ length: 1000 }, () => 1e-12), 1e-9],
  ])('of what agents pay who bid %j', (amounts, sum) => {
    expect(metricsOf(...amounts)).toMatchObject({ welfare: sum, efficiency: 1, revenue: sum });
  });
  test('and whoever has no unit to count them in takes for the best what is as good, up to what adding doubles costs', () => {
    const drawn = seededRandom(1);
    for (let draw = 0; draw < 200; draw++) {
      const amounts = Array.from({ length: 2 + drawn.below(6) }, () => drawn.next() * 10 - 3);
      const { welfare, efficiency } = metricsOf(...amounts);
      expect(efficiency).toBe(1);
      expect(welfare).toBeCloseTo(
        amounts.reduce((sum, amount) => sum + amount),
        12,
      );
    }
  });
  test('and types that are finer than all reports, or larger than can be counted, are metrics too', () => {
    const reports = { ann: { bid: 1 }, bob: { bid: 2 } };
    const types = { ann: { bid: 1000.001 }, bob: { bid: -1000 } };
    const { metrics } = mechane.run('example/everybody-pays' as 'example/second-price', { reports, types });
    expect(metrics).toMatchObject({ welfare: 0.001, efficiency: 1, revenue: 3 });
    const vast = { ann: { bid: 1e300 }, bob: { bid: 0.5 } };
    const { metrics: large } = mechane.run('example/everybody-pays' as 'example/second-price', {
      reports,
      types: vast,
    });
    expect(large).toMatchObject({ welfare: 1e300, efficiency: 1 });
  });
});

describe('efficiency needs to know both', () => {
  const define = (more: object) =>
    directMechanism({
      id: 'example/half-known',
      settings: z.strictObject({ best: z.number().default(4) }),
      report: z.strictObject({ bid: z.number() }),
      decide: () => ({ chosen: true, allocation: { a: 1 } }),
      ...more,
    });
  const play = (more: object, bid = 3, settings = {}) => {
    const mechane = createMechane().use(definePlugin({ name: 'x', version: '1.0.0', mechanisms: [define(more)] }));
    const sales: RunEvent[] = [];
    mechane.on(({ run: _, ...event }) => event.kind === 'sold' && sales.push(event as RunEvent));
    const { metrics } = mechane.run('example/half-known', { settings, reports: { a: { bid } } });
    // Nobody has bought anything where nobody pays.
    expect(sales).toEqual([]);
    return metrics;
  };
  const value = (_: string, { bid }: { bid: number }) => bid;
  const bestWelfare = (_: unknown, { best }: { best: number }) => best;
  test('what there is, and what there could be', () => {
    expect(play({ value, bestWelfare })).toMatchObject({ welfare: 3, efficiency: 0.75 });
    expect(play({ value })).toMatchObject({ welfare: 3, efficiency: null });
    expect(play({ bestWelfare })).toMatchObject({ welfare: null, efficiency: null });
  });
  test('and a share beyond all doubles is refused', () => {
    expect(() => play({ value, bestWelfare }, 1e308, { best: 1e-300 })).toThrow(
      expect.objectContaining({ code: 'overflow' }),
    );
  });
});

test('payments and revenue are read off any outcome that has them', () => {
  expect(revenueOf({ payments: { ann: 5, bob: -2 } })).toBe(3);
  expect(revenueOf({})).toBeNull();
  expect(paymentsOf({ location: 3 })).toBeUndefined();
  expect(unsold(['ann'])).toEqual({ winner: null, payment: 0, allocation: {}, payments: { ann: 0 } });
});

test('what is no number at all is the mechanism’s fault, among live agents too', async () => {
  const broken = directMechanism({
    id: 'example/broken',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: z.number() }),
    decide: () => ({ payments: { a: Number.NaN } }),
  });
  const mechane = createMechane().use(definePlugin({ name: 'broken', version: '1.0.0', mechanisms: [broken] }));
  const failed = expect.objectContaining({ code: 'mechanism-failed' });
  expect(() => mechane.run('example/broken', { reports: { a: { bid: 1 } } })).toThrow(failed);
  await expect(mechane.open('example/broken', { agents: { a: () => ({ bid: 1 }) } }).outcome).rejects.toThrow(failed);
});

describe('among live agents', () => {
  const priced = directMechanism({
    id: 'example/priced',
    settings: z.strictObject({ value: z.enum(['its bid', 'an error', 'a coded error']).default('its bid') }),
    report: z.strictObject({ pays: z.number() }),
    decide: (reports) => ({
      payments: Object.fromEntries([...reports].map(([agent, { pays }]) => [agent, pays === 0 ? 1 / pays : pays])),
    }),
    value: (_, { pays }, __, { value }) => {
      if (value === 'an error') throw new Error('no value');
      if (value === 'a coded error') throw new MechaneError('no-value', { problem: 'there is no value' });
      return pays;
    },
  });
  const { untyped } = createMechane().use(definePlugin({ name: 'priced', version: '1.0.0', mechanisms: [priced] }));
  const open = (pays: readonly number[], settings = {}) => {
    const agents = Object.fromEntries(pays.map((each, index) => [`a${index}`, () => ({ pays: each })]));
    return untyped.open('example/priced', { settings, agents }).result;
  };
  test('sums that are too large are nothing, and the outcome stands', async () => {
    const { outcome, metrics } = await open([1e308, 1e308]);
    expect(outcome).toEqual({ payments: { a0: 1e308, a1: 1e308 } });
    expect(metrics).toEqual({ participants: 2, rounds: 1, welfare: null, efficiency: null, revenue: null });
  });
  test('one payment that is not finite is the mechanism’s fault, whatever the others are', async () => {
    await expect(open([0, 1])).rejects.toThrow(expect.objectContaining({ code: 'mechanism-failed' }));
    await expect(open([1, 0])).rejects.toThrow(expect.objectContaining({ code: 'mechanism-failed' }));
  });
  test('whatever else goes wrong while values are taken is told as what it is', async () => {
    const coded = (code: string) => expect.objectContaining({ code });
    await expect(open([1], { value: 'an error' })).rejects.toThrow(coded('mechanism-failed'));
    await expect(open([1], { value: 'a coded error' })).rejects.toThrow(coded('no-value'));
  });
});

test('sales are told of whoever has a share, at what it pays or nothing', () => {
  const gifts = directMechanism({
    id: 'example/gifts',
    settings: z.strictObject({ kind: z.enum(['given', 'none', 'text']) }),
    report: z.strictObject({}),
    decide: (_, { settings: { kind } }) =>
      kind === 'given'
        ? { allocation: { a: 2, b: 1 }, payments: { a: 3 } }
        : { allocation: kind === 'none' ? null : 'all', payments: {} },
  });
  const mechane = createMechane().use(definePlugin({ name: 'gifts', version: '1.0.0', mechanisms: [gifts] }));
  const sales: RunEvent[] = [];
  mechane.on(({ run: _, ...event }) => event.kind === 'sold' && sales.push(event as RunEvent));
  for (const kind of ['given', 'none', 'text'] as const)
    mechane.run('example/gifts', { settings: { kind }, reports: {} });
  expect(sales).toEqual([
    { kind: 'sold', agent: 'a', share: 2, payment: 3 },
    { kind: 'sold', agent: 'b', share: 1, payment: 0 },
  ]);
});

test('a column of agents is recognised', () => {
  expect(isAgentColumn(agentColumn(['ann']))).toBe(true);
  expect(isAgentColumn(['ann'])).toBe(false);
  expect(isAgentColumn(null)).toBe(false);
});
