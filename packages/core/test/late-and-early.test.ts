import {
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  directMechanism,
  type JournalSink,
  journalRecorder,
  type LiveAgent,
  provide,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { examples } from './example-mechanisms.ts';

/** Lets pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string) => expect.objectContaining({ code });

/** Sealed bids that may be revised, and to which others may come. */
const openBids = directMechanism({
  id: 'open/second-price',
  settings: z.strictObject({}),
  report: z.strictObject({ bid: z.number().nonnegative() }),
  revisable: true,
  openEntry: true,
  decide(bids, { participants }) {
    const [best] = [...bids].sort(([, a], [, b]) => b.bid - a.bid);
    return { winner: best?.[0] ?? null, order: [...bids.keys()], participants: [...participants] };
  },
});

/** Writes down what it hears, and when, until the end that it sets. */
const stopwatch = defineMechanism({
  id: 'open/stopwatch',
  settings: z.strictObject({ end: z.number() }),
  message: z.string(),
  endsItself: true,
  openEntry: true,
  *conduct({ settings: { end }, participants, listen }) {
    const heard: [string, string, number | undefined][] = [];
    for (;;) {
      const replies = yield* listen(participants, { heard: heard.length }, { closesAt: end });
      const [first] = replies;
      if (first === undefined) return { heard, closedAt: replies.closedAt, participants: [...participants] };
      heard.push([...first, replies.at?.(first[0])]);
    }
  },
});

const plugin = definePlugin({ name: 'open', version: '1.0.0', mechanisms: [openBids, stopwatch] });

function stage(start = 0) {
  const clock = testClock();
  clock.advance(start);
  const mechane = createMechane({ services: [provide(ClockService, () => clock)] })
    .use(examples)
    .use(plugin);
  return { clock, mechane };
}

const day = 86_400_000;

describe('a deadline', () => {
  test.each([Number.NaN, -1, '1000', null, {}])('of %s milliseconds is refused', (within) => {
    const { mechane } = stage();
    const open = () => mechane.untyped.open('example/second-price', { agents: { a: 'external' }, within });
    expect(open).toThrow(expect.objectContaining({ code: 'invalid-deadline', path: ['within'] }));
  });
  test.each([Number.NaN, -1, 'tomorrow', '2027-01-31', new Date('never')])('at %s is refused', (closesAt) => {
    const { mechane } = stage();
    const open = () => mechane.untyped.open('example/second-price', { agents: { a: 'external' }, closesAt });
    expect(open).toThrow(expect.objectContaining({ code: 'invalid-deadline', path: ['closesAt'] }));
  });
  test.each([400 * day, new Date(400 * day), new Date(400 * day).toISOString()])(
    'may be more than a year away, at %s',
    async (closesAt) => {
      const { mechane, clock } = stage();
      const session = mechane.open('example/second-price', { agents: { a: 'external', b: 'external' }, closesAt });
      await session.submit('a', { bid: 3 });
      await session.submit('b', { bid: 2 });
      clock.advance(400 * day - 1);
      await settled();
      expect(session.asked('a')).toBeUndefined();
      let isOver = false;
      session.result.finally(() => {
        isOver = true;
      });
      await settled();
      expect(isOver).toBe(false);
      clock.advance(1);
      expect(await session.outcome).toMatchObject({ winner: 'a', payment: 2 });
    },
  );
  test('may be none, and the round then closes when all have answered or somebody closes it', async () => {
    const { mechane, clock } = stage();
    const open = { agents: { a: 'external', b: 'external' }, within: Number.POSITIVE_INFINITY } as const;
    const session = mechane.open('example/second-price', open);
    await session.submit('a', { bid: 3 });
    clock.advance(1_000 * day);
    await settled();
    expect(session.asked('b')).toMatchObject({ round: 1, closesAt: null });
    session.close();
    expect(await session.outcome).toMatchObject({ winner: 'a' });
  });
  test('that the host has set is none for a mechanism that sets its own end', () => {
    const { mechane } = stage();
    const open = () => mechane.open('open/stopwatch', { settings: { end: 5 }, agents: {}, closesAt: 7 });
    expect(open).toThrow(coded('invalid-deadline'));
  });
  test('is kept by a message of the last moment, and missed by one of the next', async () => {
    const { mechane, clock } = stage(1_000);
    const session = mechane.open('example/second-price', { agents: { a: 'external', b: 'external' }, within: 100 });
    await settled();
    clock.advance(99);
    expect(await session.submit('a', { bid: 3 })).toMatchObject({ at: 1_099 });
    clock.advance(1);
    await expect(session.submit('b', { bid: 4 })).rejects.toThrow(coded('late-message'));
    expect(await session.outcome).toMatchObject({ winner: 'a' });
  });
  test('of two thousand sessions at once: the right one closes first', async () => {
    const { mechane, clock } = stage();
    const sessions = 2_000;
    const order: number[] = [];
    for (let index = 0; index < sessions; index++) {
      const within = 30 * day + ((index * 7_919) % sessions);
      const session = mechane.open('example/second-price', { agents: { a: 'external' }, within });
      session.result.then(() => order.push(within));
    }
    await settled();
    clock.advance(30 * day);
    await settled();
    expect(order).toEqual([30 * day]);
    clock.advance(sessions);
    await settled();
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order.length).toBe(sessions);
  });
});

describe('time', () => {
  test('is read from the replies: when each was accepted, since the opening', async () => {
    const { mechane, clock } = stage(5_000);
    const journal = journalRecorder();
    const open = { settings: { end: 1_000 }, agents: { a: 'external', b: 'external' }, journal } as const;
    const session = mechane.open('open/stopwatch', open);
    await settled();
    clock.advance(300);
    await session.submit('b', 'one');
    clock.advance(200);
    await session.submit('a', 'two');
    clock.advance(499);
    const last = session.submit('a', 'three');
    clock.advance(1);
    await last;
    await expect(session.submit('a', 'four')).rejects.toThrow(coded('late-message'));
    const outcome = await session.outcome;
    expect(outcome).toMatchObject({
      heard: [
        ['b', 'one', 300],
        ['a', 'two', 500],
        ['a', 'three', 999],
      ],
      closedAt: 1_000,
    });
    const again = createMechane().use(plugin).replay(journal.journal());
    expect(again.outcome).toEqual(outcome);
  });
  test('of a journal is counted from the opening where a scenario says when things happen, and is the host’s elsewhere', () => {
    const times = (id: string, settings: object, messages: readonly unknown[]) => {
      const { mechane } = stage(5_000);
      const journal = journalRecorder();
      mechane.untyped.run(id, { settings, messages, journal });
      return journal.journal().entries.map(({ at }) => at);
    };
    const [one, two] = [{ wants: 1 }, { wants: 2 }];
    const counted = { units: 2 };
    expect(
      times('example/counter', counted, [
        ['a', one, 10],
        ['b', two],
      ]),
    ).toEqual([0, 10, 10, 10]);
    expect(
      times('example/counter', counted, [
        ['a', one],
        ['b', two],
      ]),
    ).toEqual([5_000, 5_000, 5_000, 5_000]);
    expect(times('open/stopwatch', { end: 100 }, [['a', 'one']])).toEqual([0, 0, 100, 100]);
  });
  test('of a scenario stands beside each message, and is the last one where it is left out', () => {
    const { mechane } = stage();
    const messages = [
      ['a', 'one', 10],
      ['b', 'two'],
      ['a', 'three', 99.5],
    ] as const;
    const { outcome } = mechane.run('open/stopwatch', { settings: { end: 100 }, messages });
    expect(outcome.heard).toEqual([
      ['a', 'one', 10],
      ['b', 'two', 10],
      ['a', 'three', 99.5],
    ]);
    const journal = journalRecorder();
    mechane.run('open/stopwatch', { settings: { end: 100 }, messages, journal });
    expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
  });
  test.each<[string, readonly (readonly [string, string, number?])[], string, readonly unknown[]]>([
    ['comes at the end', [['a', 'x', 100]], 'late-message', ['messages', 0]],
    [
      'comes before the one before it',
      [
        ['a', 'x', 9],
        ['a', 'y', 8],
      ],
      'invalid-message',
      ['messages', 1, 2],
    ],
    ['comes before the opening', [['a', 'x', -1]], 'invalid-message', ['messages', 0, 2]],
  ])('of a scenario: a message that %s is an error', (_, messages, code, path) => {
    const { mechane } = stage();
    const run = () => mechane.untyped.run('open/stopwatch', { settings: { end: 100 }, messages });
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });
});

describe('whoever comes late', () => {
  const agents = { a: 'external', b: 'external' } as const;
  test('is let in where the mechanism has open entry, and stands in the journal', async () => {
    const { mechane, clock } = stage();
    const journal = journalRecorder();
    const session = mechane.open('open/second-price', { settings: {}, agents, entry: 'open', within: 100, journal });
    await session.submit('a', { bid: 3 });
    await session.submit('b', { bid: 2 });
    await session.join('c');
    await session.join('d', () => ({ bid: 5 }));
    await expect(session.join('a')).rejects.toThrow(coded('duplicate-agent'));
    expect(session.asked('c')).toMatchObject({ round: 1 });
    await session.submit('c', { bid: 7 });
    expect(session.participants).toEqual(['a', 'b', 'c', 'd']);
    await settled();
    clock.advance(100);
    const outcome = await session.outcome;
    expect(outcome).toEqual({ winner: 'c', order: ['a', 'b', 'd', 'c'], participants: ['a', 'b', 'c', 'd'] });
    expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
    await expect(session.join('e')).rejects.toThrow(coded('closed-entry'));
  });
  test.each<['open' | undefined, string]>([
    ['open', 'c'],
    [undefined, 'b'],
  ])('is waited for where entry is %s, though all who are there have answered', async (entry, winner) => {
    const { mechane } = stage();
    const here = { a: () => ({ bid: 3 }), b: () => ({ bid: 5 }) };
    const session = mechane.open('open/second-price', { settings: {}, agents: here, ...(entry && { entry }) });
    await settled();
    const late = session.join('c').then(() => session.submit('c', { bid: 7 }));
    await (entry === 'open' ? late : expect(late).rejects.toThrow(coded('closed-entry')));
    session.close();
    expect((await session.outcome).winner).toBe(winner);
  });
  test('is refused where it has none, or the host wants none', async () => {
    const { mechane } = stage();
    await expect(mechane.open('example/second-price', { agents }).join('c')).rejects.toThrow(coded('closed-entry'));
    const closed = mechane.open('open/second-price', { settings: {}, agents, entry: 'closed' });
    await expect(closed.join('c')).rejects.toThrow(coded('closed-entry'));
    expect(() => mechane.open('example/second-price', { agents, entry: 'open' })).toThrow(coded('closed-entry'));
  });
  test('hears of what is asked while a mechanism listens', async () => {
    const { mechane, clock } = stage();
    const session = mechane.open('open/stopwatch', { settings: { end: 100 }, agents: {} });
    await settled();
    let said = 0;
    await session.join('a', () => (said++ === 0 ? 'hello' : undefined));
    await settled();
    clock.advance(100);
    expect(await session.outcome).toMatchObject({ heard: [['a', 'hello', 0]], participants: ['a'] });
  });
});

describe('whoever changes its mind', () => {
  const agents = { a: 'external', b: 'external' } as const;
  test('may revise and take back until the deadline, where the mechanism allows it; a revision comes last', async () => {
    const { mechane, clock } = stage();
    const journal = journalRecorder();
    const session = mechane.open('open/second-price', { settings: {}, agents, within: 100, journal });
    await session.submit('a', { bid: 9 });
    await session.submit('b', { bid: 2 });
    await session.submit('a', { bid: 1 });
    await expect(session.withdraw('a')).resolves.toMatchObject({ at: 0 });
    await expect(session.withdraw('a')).rejects.toThrow(coded('out-of-turn'));
    await session.submit('a', { bid: 4 });
    clock.advance(99);
    await session.submit('b', { bid: 3 });
    clock.advance(1);
    await expect(session.withdraw('b')).rejects.toThrow(coded('late-message'));
    const outcome = await session.outcome;
    expect(outcome).toEqual({ winner: 'a', order: ['a', 'b'], participants: ['a', 'b'] });
    expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
  });
  test('may not where it does not', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents });
    await session.submit('a', { bid: 3 });
    await expect(session.submit('a', { bid: 4 })).rejects.toThrow(coded('duplicate-message'));
    await expect(session.withdraw('a')).rejects.toThrow(coded('not-revisable'));
    await session.submit('b', { bid: 1 });
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 1 });
  });
  test('as a function that answers nonsense, is told and asked again until the deadline', async () => {
    const { mechane, clock } = stage();
    const told: unknown[] = [];
    const wavering: LiveAgent<unknown, { bid: number }> = async (_, { refused }) => {
      told.push(refused?.code);
      if (told.length < 7) {
        if (told.length % 2 === 0) await new Promise<void>((resolve) => void clock.after(1, resolve));
        return { bid: 'much' as never };
      }
      return { bid: 8 };
    };
    const session = mechane.open('example/second-price', { agents: { a: wavering, b: () => ({ bid: 3 }) } });
    for (let instant = 0; instant < 5; instant++) {
      await settled();
      clock.advance(1);
    }
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 3 });
    expect(told).toEqual([undefined, ...Array(6).fill('invalid-message')]);
  });
  test('as a function that answers nothing else, is not waited for, and may still submit', async () => {
    const { mechane } = stage();
    let tries = 0;
    const babbling = (() => ++tries) as never;
    const session = mechane.open('example/second-price', { agents: { a: babbling, b: 'external' } });
    await settled();
    expect(tries).toBe(3);
    await session.submit('a', { bid: 8 });
    await session.submit('b', { bid: 3 });
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 3 });
  });
});

describe('a round named with a message', () => {
  test('that is over, or not yet there, is refused', async () => {
    const { mechane } = stage();
    const agents = { a: 'external', b: 'external', c: 'external' } as const;
    const session = mechane.open('example/clock', { settings: { start: 1, step: 1 }, agents });
    for (const agent of ['a', 'b', 'c']) await session.submit(agent, 'in', { round: 1 });
    await settled();
    await expect(session.submit('a', 'in', { round: 1 })).rejects.toThrow(coded('late-message'));
    await expect(session.submit('a', 'in', { round: 3 })).rejects.toThrow(coded('out-of-turn'));
    for (const agent of ['a', 'b', 'c']) await session.submit(agent, agent === 'a' ? 'in' : 'out', { round: 2 });
    expect(await session.outcome).toMatchObject({ winner: 'a' });
  });
});

describe('a key', () => {
  const agents = { a: 'external', b: 'external' } as const;
  test('repeated with the same message gives the same receipt, and the message counts once', async () => {
    const { mechane } = stage();
    const journal = journalRecorder();
    const session = mechane.open('example/second-price', { agents, journal });
    const [first, second] = await Promise.all([
      session.submit('a', { bid: 3 }, { key: 'k' }),
      session.submit('a', { bid: 3 }, { key: 'k' }),
    ]);
    expect(second).toEqual(first);
    await expect(session.submit('a', { bid: 4 }, { key: 'k' })).rejects.toThrow(coded('key-reused'));
    await session.submit('b', { bid: 2 }, { key: 'k' });
    expect(await session.submit('a', { bid: 3 }, { key: 'k' })).toEqual(first);
    await session.outcome;
    expect(journal.journal().entries.filter(({ kind }) => kind === 'message').length).toBe(2);
  });
  test('of a message that was refused is free again', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/counter', { settings: { units: 3 }, agents });
    await expect(session.submit('a', { wants: 101 }, { key: 'k' })).rejects.toThrow(coded('invalid-message'));
    await session.submit('a', { wants: 3 }, { key: 'k' });
    expect((await session.outcome).sales).toEqual([['a', 3]]);
  });
  test('is known after a crash', async () => {
    const { mechane } = stage();
    const journal = journalRecorder();
    const before = mechane.open('example/second-price', { agents, journal });
    const receipt = await before.submit('a', { bid: 3 }, { key: 'k' });
    const after = mechane.resume(journal.journal(), { mechanism: 'example/second-price', agents });
    expect(await after.submit('a', { bid: 3 }, { key: 'k' })).toEqual(receipt);
    await expect(after.submit('a', { bid: 4 }, { key: 'k' })).rejects.toThrow(coded('key-reused'));
    await after.submit('b', { bid: 2 });
    expect(await after.outcome).toMatchObject({ winner: 'a', payment: 2 });
    before.cancel();
  });
});

describe('a run that was stopped, and can be resumed where its journal ends', () => {
  const agents = { a: 'external', b: 'external' } as const;
  test('says so to whoever says something to it: it is heard by the one that goes on', async () => {
    const { mechane } = stage();
    const stop = new AbortController();
    const journal = journalRecorder();
    const settings = { units: 2 };
    const before = mechane.open('example/counter', { settings, agents, journal, signal: stop.signal });
    const early = before.submit('a', { wants: 1 });
    stop.abort();
    await expect(early).rejects.toThrow(coded('aborted'));
    await expect(before.submit('a', { wants: 1 })).rejects.toThrow(coded('aborted'));
    await expect(before.outcome).rejects.toThrow(coded('aborted'));
    await expect(before.submit('a', { wants: 1 })).rejects.toThrow(coded('aborted'));
  });
  test('by its journal, says what that has said', async () => {
    const { mechane } = stage();
    let isFull = false;
    const journal: JournalSink = {
      append: () => (isFull ? Promise.reject(new Error('no room')) : Promise.resolve()),
    };
    const session = mechane.open('open/second-price', { settings: {}, agents, within: 100, journal });
    await session.submit('a', { bid: 1 });
    isFull = true;
    const [second, third] = [session.submit('a', { bid: 2 }), session.submit('b', { bid: 3 })];
    await expect(second).rejects.toThrow('no room');
    await expect(third).rejects.toThrow('no room');
    await expect(session.submit('b', { bid: 3 })).rejects.toThrow('no room');
    await expect(session.outcome).rejects.toThrow('no room');
    await expect(session.submit('b', { bid: 3 })).rejects.toThrow(coded('journal-failed'));
  });
  test('but that was called off for good is over: whatever comes then is late', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents, journal: journalRecorder() });
    await settled();
    session.cancel();
    await expect(session.outcome).rejects.toThrow(coded('aborted'));
    await expect(session.submit('a', { bid: 1 })).rejects.toThrow(coded('late-message'));
  });
});

describe('orders that come together', () => {
  test('are all taken, in the order in which they came, each with a receipt', async () => {
    for (const journal of [undefined, slowJournal()]) {
      const { mechane } = stage();
      const [buyers, orders] = [50, 5_000];
      const agents = Object.fromEntries(
        Array.from({ length: buyers }, (_, index) => [`b${index}`, 'external' as const]),
      );
      const options = { settings: { units: orders }, agents, ...(journal && { journal }) };
      const session = mechane.open('example/counter', options);
      const receipts = Array.from({ length: orders }, (_, index) => session.submit(`b${index % buyers}`, { wants: 1 }));
      const more = session.submit('b0', { wants: 1 });
      const seqs = (await Promise.all(receipts)).map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      await expect(more).rejects.toThrow(coded('late-message'));
      const { sales } = await session.outcome;
      expect(sales).toEqual(Array.from({ length: orders }, (_, index) => [`b${index % buyers}`, 1]));
    }
  });
  test('of functions that think at the same time are all taken, too', async () => {
    const { mechane, clock } = stage();
    const thinking = (milliseconds: number): LiveAgent<unknown, { wants: number }> => {
      let isDone = false;
      return () => {
        if (isDone) return undefined;
        isDone = true;
        return new Promise((resolve) => void clock.after(milliseconds, () => resolve({ wants: milliseconds })));
      };
    };
    const agents = { a: thinking(30), b: thinking(10), c: thinking(20) };
    const session = mechane.open('example/counter', { settings: { units: 1_000 }, agents });
    for (let step = 0; step < 5; step++) {
      await settled();
      clock.advance(10);
    }
    expect((await session.outcome).sales).toEqual([
      ['b', 10],
      ['c', 20],
      ['a', 30],
    ]);
  });
});

/** Keeps nothing, and takes its time over it. */
function slowJournal(): JournalSink {
  return { append: ({ seq }) => (seq % 97 === 0 ? settled() : Promise.resolve()) };
}
