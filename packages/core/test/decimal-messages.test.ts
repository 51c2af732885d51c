import {
  amount,
  ClockService,
  certified,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  journalRecorder,
  paymentsByAgent,
  perAgent,
  provide,
  quantity,
  seededRandom,
  signedAmount,
  testClock,
} from '@mechane/core';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';

/** What a rule has seen of amounts. */
let seen: unknown[] = [];
beforeEach(() => {
  seen = [];
});

/** A till: whoever speaks pays what it names for each unit, and a fee. */
const till = defineMechanism({
  id: 'acme/till',
  settings: z.strictObject({ fee: amount.default(0), stock: quantity.default(0) }),
  message: z.strictObject({ price: amount, units: quantity.default(1), tip: z.number().optional() }),
  ask: z.strictObject({ paid: amount }),
  outcome: z.strictObject({ payments: paymentsByAgent, most: amount }),
  *conduct({ settings: { fee }, participants, listen }) {
    seen.push(fee);
    const paid = new Map<string, number>();
    let most = 0;
    for (let orders = 0; orders < 3; orders++) {
      const [order] = yield* listen(participants, { paid: most });
      if (order === undefined) break;
      const [agent, { price, units }] = order;
      seen.push(price);
      most = Math.max(most, price);
      paid.set(agent, (paid.get(agent) ?? 0) + price * units + fee);
    }
    return { payments: perAgent(participants, (agent) => paid.get(agent) ?? 0), most };
  },
});

/** A falling clock: agents name where they would stop it, and the first to stop pays that. */
const falling = defineMechanism({
  id: 'acme/falling',
  settings: z.strictObject({ start: amount }),
  report: z.strictObject({ value: amount }),
  message: z.strictObject({ at: amount }),
  ask: z.strictObject({ start: amount }),
  outcome: z.strictObject({ price: amount, winner: z.string().nullable() }),
  *conduct({ settings: { start }, participants, runClock }) {
    const stops = yield* runClock(
      participants,
      { start },
      {
        direction: 'descending',
        stopAt: ({ at }) => {
          seen.push(at);
          return at;
        },
      },
    );
    const [first] = [...stops].sort(([, a], [, b]) => b.at - a.at);
    return first ? { price: first[1].at, winner: first[0] } : { price: 0, winner: null };
  },
  proxy:
    ({ value }) =>
    ({ start }) =>
      value <= start ? { at: value } : undefined,
});

/** Proves what it says: a bound and the welfare are money without being declared, and a text is none. */
const proved = directMechanism({
  id: 'acme/proved',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: amount }),
  outcome: z.strictObject({ total: amount, gap: signedAmount }),
  decide(bids) {
    const total = [...bids.values()].reduce((sum, { bid }) => sum + bid, 0);
    seen.push(total);
    const certificate = { status: 'optimal', welfare: total, bound: total + 1, nodes: 7 } as const;
    return certified({ total, gap: -total }, certificate);
  },
});

const mechane = createMechane().use(
  definePlugin({ name: 'acme', version: '1.0.0', mechanisms: [till, falling, proved] }),
);
const coded = (code: string, path: readonly unknown[]) => expect.objectContaining({ code, path });
type Messages = [string, { price: number; units?: number; tip?: number }][];
const sell = (messages: Messages, settings: object = {}) =>
  mechane.run('acme/till', { settings: settings as { fee?: number }, messages });

describe('money in messages', () => {
  test('is counted in the finest decimal of settings and messages', () => {
    const { outcome } = sell(
      [
        ['ann', { price: 0.1, units: 3 }],
        ['bob', { price: 0.25 }],
      ],
      { fee: 0.2 },
    );
    expect(seen).toEqual([20, 10, 25]);
    expect(outcome).toEqual({ payments: { ann: 0.5, bob: 0.45 }, most: 0.25 });
  });
  test('is as it is where all of it is whole, whatever else is not', () => {
    sell([['ann', { price: 3, tip: 0.5 }]], { fee: 1 });
    expect(seen).toEqual([1, 3]);
  });
  test('is counted where only the settings have decimals, or only one message', () => {
    sell([['ann', { price: 3 }]], { fee: 0.5 });
    sell(
      [
        ['ann', { price: 3 }],
        ['bob', { price: 0.5 }],
      ],
      { fee: 1 },
    );
    expect(seen).toEqual([5, 30, 10, 30, 5]);
  });
  test('is counted in the unit that is named, whole or not, and refused with its place where it is finer', () => {
    sell([['ann', { price: 0.1 }]], { unit: 0.05 });
    expect(seen).toEqual([0, 2]);
    const finer: Messages = [
      ['ann', { price: 0.1 }],
      ['bob', { price: 0.12 }],
    ];
    expect(() => sell(finer, { unit: 0.05 })).toThrow(coded('imprecise-amount', ['messages', 1, 1, 'price']));
    expect(() => sell([['ann', { price: 7 }]], { unit: 5 })).toThrow(
      coded('imprecise-amount', ['messages', 0, 1, 'price']),
    );
    // All is whole, and a multiple of the unit: the rule sees it as it is.
    seen = [];
    sell([['ann', { price: 10 }]], { unit: 5 });
    expect(seen).toEqual([0, 10]);
  });
  test('is played as it is where amounts times quantities would go beyond whole numbers', () => {
    sell([['ann', { price: 0.01, units: 2 ** 50 }]]);
    sell([['ann', { price: 0.03, units: 2 ** 52 }]]);
    // The stock and the unit that is sold: 2⁵³ − 1 of them, and one more.
    sell([['ann', { price: 0.01 }]], { stock: 2 ** 53 - 2 });
    sell([['ann', { price: 0.01 }]], { stock: 2 ** 53 - 1 });
    expect(seen).toEqual([0, 1, 0, 0.03, 0, 1, 0, 0.01]);
    seen = [];
    // Amounts of 2⁵³ − 1 units are few enough; one more unit is not.
    sell([['ann', { price: 900719925474099.1 }]]);
    sell([['ann', { price: 900719925474099.1 }]], { fee: 0.1 });
    expect(seen).toEqual([0, 9007199254740991, 0.1, 900719925474099.1]);
  });
  test('that is too large to be whole is refused with its place', () => {
    expect(() => sell([['ann', { price: 2 ** 53 }]])).toThrow(coded('imprecise-amount', ['messages', 0, 1, 'price']));
  });
  test('live is told in what is asked, too', async () => {
    const asked: number[] = [];
    let spoken = false;
    const ann = ({ paid }: { paid: number }) => {
      asked.push(paid);
      if (spoken) return undefined;
      spoken = true;
      return { price: 0.3 };
    };
    await mechane.open('acme/till', { settings: {}, agents: { ann } }).outcome;
    expect(asked).toEqual([0, 0.3]);
    expect(seen).toEqual([0, 30]);
  });
});

describe('a clock', () => {
  test('is stopped at a price in decimals by whoever asks it, and in whole numbers by its rule', () => {
    const reports = { ann: { value: 0.25 }, bob: { value: 0.75 }, eve: { value: 2 } };
    const { outcome } = mechane.run('acme/falling', { settings: { start: 1.5 }, reports });
    expect(outcome).toEqual({ price: 0.75, winner: 'bob' });
  });
});

test('a rule that counts is given all else that a run has: lots, order, chance, services and the signal', () => {
  const signal = new AbortController().signal;
  const asking = directMechanism({
    id: 'acme/asking',
    settings: z.strictObject({ price: amount }),
    report: z.strictObject({}),
    outcome: z.strictObject({
      price: amount,
      first: z.string(),
      drawn: z.number(),
      now: z.number(),
      order: z.number(),
    }),
    decide(_, setup) {
      const { settings, participants, breakTie, tieOrder, random, service, written } = setup;
      expect(settings.price).toBe(5);
      expect(written(settings.price)).toBe(0.5);
      expect(setup.signal).toBe(signal);
      return {
        price: settings.price,
        first: breakTie(participants),
        order: tieOrder('zed', 'ann'),
        drawn: random.next(),
        now: service(ClockService).now(),
      };
    },
  });
  const services = [provide(ClockService, () => testClock())];
  const own = createMechane({ services }).use(definePlugin({ name: 'asking', version: '1.0.0', mechanisms: [asking] }));
  const play = { settings: { price: 0.5 }, reports: { zed: {}, ann: {} }, seed: 4, signal };
  const { outcome } = own.run('acme/asking', play);
  expect(outcome).toEqual({ price: 0.5, first: 'ann', order: 1, drawn: seededRandom(4).next(), now: 0 });
  expect(
    own.run('acme/asking', { ...play, settings: { price: 0.5, breakTie: { priority: ['zed'] } } }).outcome.first,
  ).toBe('zed');
});

test('a journal that names a unit for what has no money is played as it is', () => {
  const votes = directMechanism({
    id: 'acme/votes',
    settings: z.strictObject({}),
    report: z.strictObject({ yes: z.boolean() }),
    outcome: z.strictObject({ yes: z.int() }),
    decide: (reports) => ({ yes: [...reports.values()].filter(({ yes }) => yes).length }),
  });
  const own = createMechane().use(definePlugin({ name: 'votes', version: '1.0.0', mechanisms: [votes] }));
  const journal = journalRecorder();
  own.run('acme/votes', { reports: { ann: { yes: true } }, journal });
  const [opened, ...rest] = journal.journal().entries;
  expect(own.replay({ entries: [{ ...opened, unit: 0.01 }, ...rest] }).outcome).toEqual({ yes: 1 });
});

test('of two amounts that are too fine the first is named', async () => {
  const pair = directMechanism({
    id: 'acme/pair',
    settings: z.strictObject({}),
    report: z.strictObject({ low: amount, high: amount }),
    outcome: z.strictObject({ sum: amount }),
    decide: () => ({ sum: 0 }),
  });
  const own = createMechane().use(definePlugin({ name: 'pair', version: '1.0.0', mechanisms: [pair] }));
  const run = own.open('acme/pair', { agents: { ann: 'external' } });
  await new Promise((resolve) => setImmediate(resolve));
  await expect(run.submit('ann', { low: 0.001, high: 0.002 })).rejects.toThrow(
    coded('imprecise-amount', ['messages', 'ann', 'low']),
  );
  await run.submit('ann', { low: 0.01, high: 0.02 });
  expect(await run.outcome).toEqual({ sum: 0 });
});

describe('a certificate', () => {
  test('that says nothing of money has decimals for welfare and bound', () => {
    const { outcome, certificate } = mechane.run('acme/proved', { reports: { a: { bid: 0.1 }, b: { bid: 0.2 } } });
    expect(seen).toEqual([3]);
    expect(outcome).toEqual({ total: 0.3, gap: -0.3 });
    expect(certificate).toEqual({ status: 'optimal', welfare: 0.3, bound: 0.4, nodes: 7 });
  });
});
