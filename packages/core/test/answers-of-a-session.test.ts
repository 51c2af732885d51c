import {
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  type JournalSink,
  provide,
  type RunEvent,
  TelemetryService,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { examples } from './example-mechanisms.ts';

/** Lets pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string) => expect.objectContaining({ code });
const outside = { ann: 'external', bob: 'external' } as const;

function stage(start = 0) {
  const clock = testClock();
  clock.advance(start);
  const metered: unknown[][] = [];
  const write =
    (name: string) =>
    (...values: unknown[]) =>
      void metered.push([name, ...values]);
  const trace = { round: write('traced'), finished: write('finished'), failed: write('failed') };
  const live = () => ({
    session: write('session'),
    message: write('message'),
    receipt: write('receipt'),
    round: write('round'),
  });
  const services = [
    provide(ClockService, () => clock),
    provide(TelemetryService, () => ({ runStarted: () => trace, live })),
  ];
  const mechane = createMechane({ services }).use(examples);
  const events: RunEvent[] = [];
  mechane.on(({ run: _, ...event }) => events.push(event as RunEvent));
  const refusals = () => events.filter(({ kind }) => kind === 'refused');
  return { clock, mechane, metered, refusals };
}

/** A journal that takes its time over messages. */
function slow() {
  const waiting: (() => void)[] = [];
  const journal: JournalSink = {
    append: ({ kind }) => (kind === 'message' ? new Promise<void>((resolve) => waiting.push(resolve)) : undefined),
  };
  return { journal, keep: () => waiting.shift()?.() };
}

describe('what is asked of an agent', () => {
  test('is nothing before the first round and after the last, and has the deadline of its round', async () => {
    const { mechane } = stage(500);
    const session = mechane.open('example/second-price', { agents: outside, within: 100 });
    expect([session.asked('ann'), session.closesAt]).toEqual([undefined, null]);
    await settled();
    expect(session.asked('ann')).toEqual({ round: 1, content: { report: 'requested' }, closesAt: 600 });
    expect(session.closesAt).toBe(600);
    session.close();
    await session.outcome;
    expect([session.asked('ann'), session.closesAt]).toEqual([undefined, null]);
  });
  test('is said to nobody who takes no part', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: outside });
    expect(() => session.asked('anne')).toThrow(
      expect.objectContaining({ code: 'unknown-agent', path: ['agents', 'anne'], fix: 'did you mean "ann"?' }),
    );
    session.cancel();
  });
  test('where a mechanism listens, is shown once the journal has what came before, and so is the deadline', async () => {
    const { mechane } = stage();
    const { journal, keep } = slow();
    const agents = { ann: 'external', bob: 'external' } as const;
    const session = mechane.open('example/counter', { settings: { units: 9 }, agents, journal, closesAt: 1_000 });
    await settled();
    expect(session.asked('ann')).toEqual({ round: 1, content: { left: 9 }, closesAt: 1_000 });
    expect(session.closesAt).toBe(1_000);
    const receipt = session.submit('ann', { wants: 2 });
    await settled();
    expect([session.asked('bob'), session.closesAt]).toEqual([undefined, null]);
    keep();
    await receipt;
    await settled();
    expect(session.asked('bob')).toEqual({ round: 2, content: { left: 7 }, closesAt: 1_000 });
    expect(session.closesAt).toBe(1_000);
    session.close();
    expect((await session.outcome).sales).toEqual([['ann', 2]]);
  });
  test('where a mechanism listens, is shown to nobody while the journal has not what came before, though a round is open', async () => {
    const { mechane } = stage();
    const { journal, keep } = slow();
    const agents = { ann: 'external', bob: 'external' } as const;
    const session = mechane.open('example/counter', { settings: { units: 9 }, agents, journal, closesAt: 1_000 });
    const receipt = session.submit('ann', { wants: 2 });
    await expect(session.submit('bob', { wants: 101 })).rejects.toThrow(coded('invalid-message'));
    await settled();
    expect([session.asked('ann'), session.asked('bob'), session.closesAt]).toEqual([undefined, undefined, null]);
    keep();
    await receipt;
    await settled();
    expect(session.asked('bob')).toEqual({ round: 2, content: { left: 7 }, closesAt: 1_000 });
    session.cancel();
  });
  test('where a round is held among all, is shown while the journal writes what others said', async () => {
    const { mechane } = stage();
    const { journal, keep } = slow();
    const session = mechane.open('example/second-price', { agents: outside, journal, within: 100 });
    await settled();
    const receipt = session.submit('ann', { bid: 2 });
    expect(session.asked('bob')).toMatchObject({ round: 1, closesAt: 100 });
    expect(session.closesAt).toBe(100);
    keep();
    await receipt;
    session.cancel();
  });
});

describe('what is said', () => {
  test('now or never is not kept for later', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: outside });
    await expect(session.submit('ann', { bid: 1 }, { now: true })).rejects.toThrow(coded('out-of-turn'));
    const waiting = session.submit('ann', { bid: 2 });
    await settled();
    await waiting;
    await session.submit('bob', { bid: 3 }, { now: true });
    expect(await session.outcome).toMatchObject({ winner: 'bob', payment: 2 });
  });
  test('for the next round waits for it, where the journal is slow over the end of this one', async () => {
    const { mechane } = stage();
    const waiting: (() => void)[] = [];
    const journal: JournalSink = {
      append: ({ kind }) =>
        kind === 'round-closed' ? new Promise<void>((resolve) => waiting.push(resolve)) : undefined,
    };
    const agents = { ...outside, eve: 'external' } as const;
    const session = mechane.open('example/clock', { settings: { start: 1, step: 1 }, agents, journal });
    for (const agent of ['ann', 'bob', 'eve'] as const) await session.submit(agent, 'in');
    const early = session.submit('ann', 'in', { round: 2 });
    await expect(session.submit('bob', 'in')).rejects.toThrow(coded('duplicate-message'));
    await expect(session.submit('bob', 'in', { round: 1 })).rejects.toThrow(coded('duplicate-message'));
    await settled();
    waiting.shift()?.();
    await early;
    await session.submit('bob', 'out');
    await session.submit('eve', 'out');
    await settled();
    waiting.shift()?.();
    expect(await session.outcome).toMatchObject({ winner: 'ann', payment: 2 });
  });
  test('after the end is too late, or of a stranger, and both are told and metered', async () => {
    const { mechane, metered, refusals } = stage();
    const session = mechane.open('example/second-price', { agents: outside });
    session.close();
    await session.outcome;
    metered.length = 0;
    await expect(session.submit('ann', { bid: 1 })).rejects.toThrow(
      expect.objectContaining({ code: 'late-message', path: ['messages', 'ann'] }),
    );
    await expect(session.submit('anne', { bid: 1 })).rejects.toThrow(
      expect.objectContaining({ code: 'unknown-agent', path: ['messages', 'anne'], fix: 'did you mean "ann"?' }),
    );
    const error = (code: string, agent: string) => ({
      code,
      message: 'a message was refused, and its sender was told why',
      path: ['messages', agent],
    });
    expect(refusals()).toEqual([
      { kind: 'refused', round: 0, agent: 'ann', error: error('late-message', 'ann') },
      { kind: 'refused', round: 0, agent: 'anne', error: error('unknown-agent', 'anne') },
    ]);
    expect(metered).toEqual([
      ['message', 'late-message'],
      ['message', 'unknown-agent'],
    ]);
    expect(session.strangers).toBe(1);
  });
  test('while a run ends before its first round is refused when it has ended', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/counter', { settings: { units: 0 }, agents: outside });
    const early = session.submit('ann', { wants: 1 });
    const stranger = session.submit('zed', { wants: 1 });
    await expect(early).rejects.toThrow(coded('late-message'));
    await expect(stranger).rejects.toThrow(coded('unknown-agent'));
    expect(await session.outcome).toEqual({ sales: [] });
    expect(session.strangers).toBe(1);
  });
  test('is taken back by whoever said it before the first round, too', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: outside });
    await expect(session.withdraw('ann')).rejects.toThrow(coded('out-of-turn'));
    session.cancel();
  });
  test('has a receipt after as long as the journal took, and at once where it has nothing to wait for', async () => {
    const { mechane, metered, clock } = stage(100);
    const { journal, keep } = slow();
    const session = mechane.open('example/second-price', { agents: outside, journal });
    await settled();
    const receipt = session.submit('ann', { bid: 1 });
    clock.advance(30);
    keep();
    await receipt;
    await settled();
    const receipts = () => metered.filter(([name]) => name === 'receipt');
    expect(receipts()).toEqual([['receipt', 30]]);
    session.cancel();
    const unkept = mechane.open('example/second-price', { agents: outside });
    await settled();
    await unkept.submit('ann', { bid: 1 });
    expect(receipts()).toEqual([
      ['receipt', 30],
      ['receipt', 0],
    ]);
    unkept.cancel();
  });
});

describe('what happens is told', () => {
  const kinds = ['replied', 'round-closed'];
  const told = (session: AsyncIterable<RunEvent>) => {
    const seen: string[] = [];
    (async () => {
      for await (const event of session) {
        if (!kinds.includes(event.kind)) continue;
        const { kind, round, seq } = event as RunEvent & { round: number };
        seen.push([kind, round, ...(seq === undefined ? [] : [seq])].join(' '));
      }
    })();
    return seen;
  };
  test('of a message once the journal has it, and with its number', async () => {
    const { mechane } = stage();
    const { journal, keep } = slow();
    const session = mechane.open('example/second-price', { agents: outside, journal });
    const seen = told(session);
    await settled();
    const receipts = [session.submit('ann', { bid: 1 }), session.submit('bob', { bid: 2 })];
    await settled();
    expect(seen).toEqual([]);
    keep();
    await receipts[0];
    await settled();
    expect(seen).toEqual(['replied 1 2']);
    keep();
    await session.outcome;
    await settled();
    expect(seen).toEqual(['replied 1 2', 'replied 1 3', 'round-closed 1 4']);
  });
  test('of rounds that close with a message, without a number of their own, and of the one that nobody closed, with it', async () => {
    const { mechane } = stage();
    const { journal, keep } = slow();
    const session = mechane.open('example/counter', { settings: { units: 9 }, agents: outside, journal });
    const seen = told(session);
    const receipts = [session.submit('ann', { wants: 1 }), session.submit('bob', { wants: 2 })];
    await settled();
    expect(seen).toEqual([]);
    keep();
    keep();
    await Promise.all(receipts);
    await settled();
    session.close();
    await session.outcome;
    await settled();
    expect(seen.toSorted()).toEqual([
      'replied 1 1',
      'replied 2 2',
      'round-closed 1',
      'round-closed 2',
      'round-closed 3 4',
    ]);
  });
  test('of what is refused after the end with the round that was meant, where an agent was asked in one', async () => {
    const { mechane, refusals, clock } = stage();
    let answer = (_: { bid: number }): void => {};
    const tardy = () =>
      new Promise<{ bid: number }>((resolve) => {
        answer = resolve;
      });
    const session = mechane.open('example/second-price', { agents: { tardy }, within: 10 });
    await settled();
    clock.advance(10);
    await session.outcome;
    answer({ bid: 1 });
    await settled();
    expect(refusals()).toMatchObject([{ round: 1, agent: 'tardy', error: { code: 'late-message' } }]);
  });
});

test('a live message does not say its own time: that is for the host to say', async () => {
  const timed = defineMechanism({
    id: 'timed/words',
    settings: z.strictObject({}),
    message: z.strictObject({ word: z.string(), at: z.number().optional() }),
    timeIn: ({ at }) => at,
    *conduct({ participants, ask }) {
      const replies = yield* ask(participants, {});
      return { heard: [...replies.keys()], first: replies.at?.('ann') };
    },
  });
  const clock = testClock();
  const services = [provide(ClockService, () => clock)];
  const mechane = createMechane({ services }).use(
    definePlugin({ name: 'timed', version: '1.0.0', mechanisms: [timed] }),
  );
  const session = mechane.open('timed/words', { settings: {}, agents: { ann: 'external' } });
  await settled();
  clock.advance(30);
  await expect(session.submit('ann', { word: 'x', at: 0 })).rejects.toThrow(
    expect.objectContaining({
      code: 'invalid-message',
      path: ['messages', 'ann'],
      message: expect.stringContaining('this message says its own time, which is for the host to say'),
    }),
  );
  await session.submit('ann', { word: 'x' });
  expect(await session.outcome).toEqual({ heard: ['ann'], first: 30 });
});

test('where nothing is taken down, nothing that is told has a number', async () => {
  const { mechane } = stage();
  const session = mechane.open('example/second-price', { agents: outside });
  const seen: RunEvent[] = [];
  const watching = (async () => {
    for await (const event of session) seen.push(event);
  })();
  await session.submit('ann', { bid: 1 });
  await expect(session.submit('ann', { bid: 1 })).rejects.toThrow(coded('duplicate-message'));
  await session.submit('bob', { bid: 2 });
  await session.outcome;
  await watching;
  expect(seen.map(({ kind }) => kind)).toEqual([
    ...['opened', 'asked', 'replied', 'refused', 'replied', 'round-closed', 'sold', 'finished'],
  ]);
  expect(seen.filter((event) => 'seq' in event)).toEqual([]);
});

describe('a session is metered', () => {
  test('when it opens and when it ends, by its rounds, and by its messages', async () => {
    const { mechane, metered } = stage();
    const session = mechane.open('example/second-price', { agents: outside });
    await settled();
    expect(metered).toEqual([['session', 1]]);
    await session.submit('ann', { bid: 1 });
    await session.submit('bob', { bid: 2 });
    await session.outcome;
    await settled();
    expect(metered.filter(([name]) => name !== 'receipt')).toEqual([
      ['session', 1],
      ['message', 'accepted'],
      ['message', 'accepted'],
      ['traced', 1, 2, 2],
      ['round'],
      ['finished', 1],
      ['session', -1],
    ]);
  });
});
