import {
  amount,
  byCommitment,
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  type JournalEntry,
  type JournalHeader,
  journalRecorder,
  type Mechanism,
  paymentsByAgent,
  perAgent,
  provide,
  quantity,
  testClock,
} from '@mechane/core';
import { conduct, RunSetup, ServiceScope } from '@mechane/core/host';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Round } from '../src/contract/round.ts';
import { countedIn } from '../src/play/counted-in.ts';
import { Unit } from '../src/play/unit.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string, path?: readonly unknown[]) => expect.objectContaining(path ? { code, path } : { code });

/** What a rule has seen of amounts. */
let seen: unknown[] = [];
beforeEach(() => {
  seen = [];
});

/** Everybody pays what it offers for each piece, and a fee; an offer is for as many as take part. */
const offers = directMechanism({
  id: 'counted/offers',
  settings: z.strictObject({ fee: amount.default(0) }),
  report: z.strictObject({ offer: amount, pieces: quantity.default(1) }),
  outcome: z.strictObject({ payments: paymentsByAgent, run: z.string().nullable() }),
  refuseReport: ({ offer }, { fee }, { participants }) =>
    offer > 10 * participants.length
      ? { problem: `${offer} and ${fee} are too much for ${participants.length}`, path: ['offer'] }
      : undefined,
  decide: (reports, { settings: { fee }, run }) => {
    seen.push(fee, ...[...reports.values()].map(({ offer }) => offer));
    const payments = perAgent(reports.keys(), (agent) => (reports.get(agent)?.offer ?? 0) + fee);
    return { payments, run: run ?? null };
  },
  columns: {
    money: ['offers', 'tips'],
    agents: ({ ids }: { ids: string[]; offers: Float64Array; tips?: Float64Array }) => ids,
    decide({ ids, offers, tips }, { settings: { fee } }) {
      seen.push(fee, ...offers, ...(tips ?? []));
      return { outcome: { payments: perAgent(ids, () => fee), run: null }, welfare: 0, bestWelfare: 0, revenue: 0 };
    },
  },
});

/** Money in settings and columns, and no word of which columns are money. */
const reticent = directMechanism({
  id: 'counted/reticent',
  settings: z.strictObject({ fee: amount.default(0) }),
  report: z.strictObject({ yes: z.boolean() }),
  outcome: z.strictObject({ payments: paymentsByAgent }),
  decide: (reports, { settings: { fee } }) => {
    seen.push(fee);
    return { payments: perAgent(reports.keys(), () => fee) };
  },
  columns: {
    agents: ({ ids }: { ids: string[] }) => ids,
    decide({ ids }, { settings: { fee } }) {
      seen.push(fee);
      return { outcome: { payments: perAgent(ids, () => fee) }, welfare: 0, bestWelfare: 0, revenue: 0 };
    },
  },
});

/** Writes down what is offered, and when. */
const ledger = defineMechanism({
  id: 'counted/ledger',
  settings: z.strictObject({ end: z.number().optional() }),
  message: z.strictObject({ pay: amount }),
  outcome: z.any(),
  *conduct({ settings: { end }, participants, ask }) {
    const replies = yield* ask(participants, {}, { closesAt: end });
    seen.push(...[...replies.values()].map(({ pay }) => pay));
    return { at: [...replies.keys()].map((agent) => replies.at?.(agent)), closedAt: replies.closedAt };
  },
});

const falling = defineMechanism({
  id: 'counted/falling',
  settings: z.strictObject({ start: amount }),
  message: z.strictObject({ at: amount }),
  ask: z.strictObject({ start: amount }),
  outcome: z.strictObject({ price: amount }),
  *conduct({ settings: { start }, participants, runClock }) {
    const stops = yield* runClock(participants, { start }, { direction: 'descending', stopAt: ({ at }) => at });
    return { price: Math.max(0, ...[...stops.values()].map(({ at }) => at)) };
  },
});

const mechanisms = [offers, reticent, ledger, falling] as readonly object[] as Mechanism[];
const clock = testClock();
const { untyped } = createMechane({ services: [provide(ClockService, () => clock)] }).use(
  definePlugin({ name: 'counted', version: '1.0.0', mechanisms }),
);
const bids = (...given: readonly number[]) => Object.fromEntries(given.map((offer, index) => [`a${index}`, { offer }]));

describe('whole amounts', () => {
  test('of reports are a multiple of the unit that is named, and the rule sees them as they are', () => {
    untyped.run('counted/offers', { settings: { fee: 15, unit: 5 }, reports: bids(10, 5) });
    expect(seen).toEqual([15, 10, 5]);
    expect(() => untyped.run('counted/offers', { settings: { unit: 5 }, reports: bids(10, 7) })).toThrow(
      coded('imprecise-amount', ['reports', 'a1', 'offer']),
    );
  });
  test('of columns likewise, and only where all of them are', () => {
    const ids = ['a', 'b'];
    const run = (unit: number, offers: readonly number[], tips?: readonly number[]) =>
      untyped.run('counted/offers', {
        settings: { unit },
        columns: { ids, offers: Float64Array.from(offers), ...(tips && { tips: Float64Array.from(tips) }) },
      });
    run(5, [10, 15]);
    run(5, [10, 15], [20, 0]);
    run(0.5, [10, 15], [1.5, 0]);
    run(0.5, [10.5, 15], [1, 0]);
    run(0.5, [1, 0.5]);
    expect(seen).toEqual([
      ...[0, 10, 15],
      ...[0, 10, 15, 20, 0],
      ...[0, 20, 30, 3, 0],
      ...[0, 21, 30, 2, 0],
      ...[0, 2, 1],
    ]);
  });
});

describe('a scenario', () => {
  test('whose amounts are finer than any unit, or too many of them for whole numbers, is played as it is', () => {
    untyped.run('counted/offers', { reports: bids(1e-25) });
    expect(seen).toEqual([0, 1e-25]);
    seen = [];
    const pieces = (count: number) => ({ a: { offer: 0.5, pieces: count } });
    untyped.run('counted/offers', { reports: pieces(2 ** 50) });
    untyped.run('counted/offers', { reports: pieces(2 ** 53 - 1) });
    expect(seen).toEqual([0, 5, 0, 0.5]);
  });
  test('with columns of which nobody says that they are money is played as it is', () => {
    untyped.run('counted/reticent', { settings: { fee: 0.5 }, columns: { ids: ['a'] } });
    expect(seen).toEqual([0.5]);
  });
  test('with money in its settings alone is counted, whatever is reported, and live, whatever is said', async () => {
    untyped.run('counted/reticent', { settings: { fee: 0.5 }, reports: { a: { yes: true } } });
    const agents = { a: () => ({ yes: true }) };
    const { outcome } = await untyped.open('counted/reticent', { settings: { fee: 0.5 }, agents }).result;
    expect(seen).toEqual([5, 50]);
    expect(outcome).toEqual({ payments: { a: 0.5 } });
    untyped.run('counted/reticent', { settings: { fee: 5 }, reports: { a: { yes: true } } });
    expect(seen).toEqual([5, 50, 5]);
  });
  test('has no unit in its journal where it is played as it is', () => {
    const units = [bids(3), bids(0.3), bids(1e-25)].map((reports) => {
      const journal = journalRecorder();
      untyped.run('counted/offers', { reports, journal });
      const header = journal.journal().entries[0] as JournalHeader & JournalEntry;
      return 'unit' in header ? header.unit : 'none';
    });
    expect(units).toEqual(['none', 0.1, 'none']);
  });
});

describe('a live run', () => {
  test('whose settings are finer than the unit that they name is refused with both', () => {
    const open = () => untyped.open('counted/offers', { settings: { fee: 0.25, unit: 0.1 }, agents: {} });
    expect(open).toThrow(coded('imprecise-amount', ['settings', 'fee']));
    expect(open).toThrow('0.25 is finer than the smallest amount that counts, 0.1');
  });
  test('tells what is wrong with a report in the amounts that were written, and to how many', async () => {
    const session = untyped.open('counted/offers', { settings: { fee: 0.25 }, agents: { ann: 'external' } });
    await settled();
    await expect(session.submit('ann', { offer: 10.5 })).rejects.toThrow('10.5 and 0.25 are too much for 1');
    await session.submit('ann', { offer: 10 });
    expect(await session.outcome).toMatchObject({ payments: { ann: 10.25 } });
  });
  test('that counts knows what it is called, and when it heard what', async () => {
    const named = untyped.open('counted/offers', { agents: { ann: () => ({ offer: 1 }) }, id: 'lot 12' });
    expect(await named.outcome).toMatchObject({ run: 'lot 12' });
    clock.advance(1_000);
    const session = untyped.open('counted/ledger', {
      settings: { end: 50 },
      agents: { ann: 'external', bob: 'external' },
    });
    await settled();
    clock.advance(30);
    await session.submit('ann', { pay: 0.5 });
    clock.advance(20);
    expect(await session.outcome).toEqual({ at: [30], closedAt: 50 });
    expect(seen.at(-1)).toBe(50);
  });
});

describe('a scenario that says no times', () => {
  test('has none where it counts, either', () => {
    expect(untyped.run('counted/ledger', { settings: {}, messages: [['ann', { pay: 0.5 }]] }).outcome).toEqual({
      at: [undefined],
      closedAt: undefined,
    });
    expect(untyped.run('counted/ledger', { settings: {}, messages: [['ann', { pay: 0.5 }, 7]] }).outcome).toEqual({
      at: [7],
      closedAt: 7,
    });
    expect(seen).toEqual([5, 5]);
  });
});

describe('a mechanism that counts', () => {
  const setupFor = (settings: unknown) =>
    new RunSetup({
      settings,
      breakTie: 'agent-id',
      participants: ['ann'],
      seed: 1,
      signal: undefined,
      openScope: () => new ServiceScope(),
    });
  test('moves its clock in decimals, whoever looks at it', () => {
    const rounds: Round[] = [];
    const { outcome } = conduct(
      countedIn(new Unit(0.05), falling as unknown as Mechanism),
      setupFor({ start: 2 }),
      (round) => {
        rounds.push(round);
        return new Map([['ann', { at: 0.75 }]]);
      },
    );
    expect(outcome).toEqual({ price: 0.75 });
    const [round] = rounds;
    expect([round?.clock?.direction, round?.clock?.stopAt({ at: 0.75 })]).toEqual(['descending', 0.75]);
    expect(round?.contentFor('ann')).toEqual({ start: 2 });
  });
  test('has no clock where its rule has none', () => {
    conduct(countedIn(new Unit(0.05), ledger as unknown as Mechanism), setupFor({}), ({ clock }) => {
      expect(clock).toBeUndefined();
      return new Map();
    });
  });
  test('refuses what is finer than its unit, whoever plays it', () => {
    const { decide } = countedIn(new Unit(0.05), offers as unknown as Mechanism);
    const reports = (offer: number) => new Map([['ann', { offer, pieces: 1 }]]);
    expect(decide?.(reports(0.15), setupFor({ fee: 0.05 }))).toMatchObject({ payments: { ann: 0.2 } });
    expect(() => decide?.(reports(0.12), setupFor({ fee: 0 }))).toThrow(coded('imprecise-amount', []));
  });
  test('keeps what its proxies leave unsaid', () => {
    const counted = countedIn(new Unit(0.05), falling as unknown as Mechanism);
    expect(counted.proxy({}, 'ann')({ start: 2 })).toBeUndefined();
  });
  test('says nothing of what a message may cost where its rule does not, sealed or not', () => {
    const counted = countedIn(new Unit(0.05), offers as unknown as Mechanism);
    expect(counted).not.toHaveProperty('mostPaid', expect.anything());
    expect(byCommitment(counted, { commit: true, deposit: 1 }).mostPaid).toBeUndefined();
  });
});

describe('a rule that does not count', () => {
  test('has amounts written as they are, and no name without a run', () => {
    const setup = new RunSetup({
      settings: {},
      breakTie: 'agent-id',
      participants: [],
      seed: 1,
      signal: undefined,
      openScope: () => new ServiceScope(),
    });
    expect([setup.written(0.3), setup.run]).toEqual([0.3, undefined]);
  });
});
