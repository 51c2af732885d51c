import {
  ClockService,
  createMechane,
  type Journal,
  type JournalEntry,
  type JournalSink,
  journalRecorder,
  type LiveAgent,
  provide,
  type RunEvent,
  type Session,
  testClock,
} from '@mechane/core';
import { endOf, headerOf } from '@mechane/core/host';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { examples } from './example-mechanisms.ts';

/** Lets pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const coded = (code: string) => expect.objectContaining({ code });

function stage() {
  const clock = testClock();
  const mechane = createMechane({ services: [provide(ClockService, () => clock)] }).use(examples);
  return { clock, mechane };
}

async function eventsOf(session: Session<never, never> | AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of session) events.push(event);
  return events;
}

const clockSettings = { start: 1, step: 1 };
const upTo =
  (limit: number) =>
  ({ price }: { price: number }) =>
    price <= limit ? ('in' as const) : ('out' as const);

describe('a session', () => {
  test('tells its events in order to whoever iterates, from the beginning', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: { a: () => ({ bid: 3 }), b: () => ({ bid: 5 }) } });
    expect((await eventsOf(session)).map(({ kind }) => kind)).toEqual([
      'opened',
      'asked',
      'replied',
      'replied',
      'round-closed',
      'sold',
      'finished',
    ]);
    expect((await session.outcome).winner).toBe('b');
    expect((await session.result).metrics.revenue).toBe(3);
    expect(await eventsOf(session)).toEqual([]);
  });
  test('knows the types of its outcome and its messages', () => {
    const { mechane } = stage();
    const open = () => mechane.open('example/clock', { settings: clockSettings, agents: { a: 'external' } });
    expectTypeOf(open).returns.toHaveProperty('submit').parameter(1).toEqualTypeOf<'in' | 'out'>();
    // @ts-expect-error a clock needs a start and a step
    expect(() => mechane.open('example/clock', { agents: {} })).toThrow(coded('invalid-settings'));
  });
  test('takes what outside parties submit', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', {
      agents: { a: 'external', b: 'external', c: () => ({ bid: 4 }) },
    });
    for await (const event of session) {
      if (event.kind !== 'asked') continue;
      session.submit('a', { bid: 7 });
      session.submit('b', { bid: 5 });
    }
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 5 });
  });
  test('refuses what is malformed, out of turn, said twice, too late or from strangers, and nothing changes', async () => {
    const { mechane, clock } = stage();
    const session = mechane.open('example/clock', {
      settings: clockSettings,
      agents: { a: 'external', b: 'external', c: 'external' },
    });
    const refused: string[] = [];
    mechane.on((event) => {
      if (event.kind === 'refused') refused.push(`${event.agent} ${event.error.code}`);
    });
    await settled();
    // @ts-expect-error a message is in or out
    await expect(session.submit('a', 'perhaps')).rejects.toThrow(coded('invalid-message'));
    await expect(session.submit('zed', 'in')).rejects.toThrow(coded('unknown-agent'));
    session.submit('a', 'in');
    await expect(session.submit('a', 'out')).rejects.toThrow(coded('duplicate-message'));
    session.submit('b', 'in');
    session.submit('c', 'out');
    await settled();
    await expect(session.submit('c', 'in')).rejects.toThrow(coded('out-of-turn'));
    session.submit('a', 'in');
    clock.advance(60_000);
    await expect(session.submit('b', 'in')).rejects.toThrow(coded('late-message'));
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 2 });
    await expect(session.submit('b', 'in')).rejects.toThrow(coded('late-message'));
    await expect(session.submit('zed', 'in')).rejects.toThrow(coded('unknown-agent'));
    expect(refused).toEqual([
      'a invalid-message',
      'zed unknown-agent',
      'a duplicate-message',
      'c out-of-turn',
      'b late-message',
      'b late-message',
      'zed unknown-agent',
    ]);
  });
  test('hears what is submitted in the tick of its opening in the first round', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: { a: 'external', b: 'external' } });
    const [first, again] = [session.submit('a', { bid: 7 }), session.submit('a', { bid: 8 })];
    const stranger = session.submit('zed', { bid: 9 });
    session.submit('b', { bid: 5 });
    expect(await first).toMatchObject({ hash: null });
    await expect(again).rejects.toThrow(coded('duplicate-message'));
    await expect(stranger).rejects.toThrow(coded('unknown-agent'));
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 5 });
  });
  test('lets a message that cannot stand here be mended, and nobody else notices', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/counter', {
      settings: { units: 3 },
      agents: { a: 'external', b: 'external' },
    });
    await settled();
    await expect(session.submit('a', { wants: 101 })).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-message', path: ['messages', 'a', 'wants'] }),
    );
    session.submit('a', { wants: 3 });
    expect((await session.outcome).sales).toEqual([['a', 3]]);
  });
  test('that is closed ends with what was said', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: { a: 'external', b: 'external' } });
    await settled();
    session.submit('b', { bid: 3 });
    session.close();
    expect(await session.outcome).toMatchObject({ winner: 'b', payment: 0 });
    const early = mechane.open('example/clock', { settings: clockSettings, agents: { a: 'external', b: 'external' } });
    early.close();
    expect(await early.outcome).toMatchObject({ payment: 0 });
  });
  test('that is cancelled rejects with the reason, and nobody has to listen', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: { a: 'external' } });
    const events = eventsOf(session);
    await settled();
    session.cancel('changed my mind');
    await expect(session.outcome).rejects.toThrow(
      expect.objectContaining({ code: 'aborted', cause: 'changed my mind' }),
    );
    expect((await events).at(-1)).toMatchObject({ kind: 'failed', error: { code: 'aborted' } });
    mechane.open('example/second-price', { agents: { a: 'external' } }).cancel();
    await settled();
  });
  test('is cancelled by the signal of its opener, too', async () => {
    const { mechane } = stage();
    const controller = new AbortController();
    const session = mechane.open('example/second-price', { agents: { a: 'external' }, signal: controller.signal });
    await settled();
    controller.abort('enough');
    await expect(session.result).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'enough' }));
    expect(() => mechane.open('example/second-price', { agents: {}, signal: controller.signal })).toThrow(
      coded('aborted'),
    );
  });
  test('can be left in the middle by whoever iterates, and goes on', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: { a: () => ({ bid: 3 }) } });
    for await (const event of session) if (event.kind === 'asked') break;
    expect((await session.outcome).winner).toBe('a');
  });
  test('waits for its journal before it asks', async () => {
    const { mechane } = stage();
    const order: string[] = [];
    const journal: JournalSink = {
      async append({ kind }) {
        await settled();
        order.push(kind);
      },
    };
    const attentive = ({ price }: { price: number }) => {
      order.push(`asked ${price}`);
      return upTo(1)({ price });
    };
    const agents = { a: upTo(2), b: attentive };
    await mechane.open('example/clock', { settings: clockSettings, agents, journal }).outcome;
    expect(order).toEqual([
      'opened',
      'asked 1',
      ...['asked', 'message', 'message', 'round-closed'],
      'asked 2',
      ...['asked', 'message', 'message', 'round-closed'],
      'closed',
    ]);
  });
  test.each(['opened', 'asked', 'message', 'round-closed', 'closed'])(
    'fails when its journal does: at an entry of kind %s',
    async (failing) => {
      for (const later of [false, true]) {
        const { mechane } = stage();
        const journal: JournalSink = {
          append({ kind }) {
            if (kind !== failing) return undefined;
            if (later) return settled().then(() => Promise.reject(new Error('disk full')));
            throw new Error('disk full');
          },
        };
        const session = mechane.open('example/second-price', { agents: { a: () => ({ bid: 1 }) }, journal });
        await expect(session.outcome).rejects.toThrow(/disk full/);
      }
    },
  );
  test('fails with a coded error that says why, whatever its journal throws', async () => {
    for (const [thrown, why] of [
      [new Error('disk full'), 'disk full'],
      ['no room', 'no room'],
    ] as const) {
      const { mechane } = stage();
      const journal: JournalSink = { append: () => Promise.reject(thrown) };
      const session = mechane.open('example/second-price', { agents: { a: () => ({ bid: 1 }) }, journal });
      await expect(session.outcome).rejects.toThrow(
        expect.objectContaining({
          code: 'journal-failed',
          path: ['journal'],
          cause: thrown,
          message: expect.stringContaining(`cannot be kept: ${why}.`),
        }),
      );
    }
  });
  test('gives a receipt when the journal has the message, and not before', async () => {
    const { mechane } = stage();
    const written: (() => void)[] = [];
    const journal: JournalSink = {
      append: ({ kind, seq }) =>
        kind === 'message' ? new Promise((resolve) => written.push(() => resolve({ hash: `${seq}` }))) : undefined,
    };
    const session = mechane.open('example/second-price', { agents: { a: 'external', b: 'external' }, journal });
    await settled();
    let [a, b] = [false, false];
    const first = session.submit('a', { bid: 3 }).then((receipt) => {
      a = true;
      return receipt;
    });
    const second = session.submit('b', { bid: 2 }).then((receipt) => {
      b = true;
      return receipt;
    });
    await settled();
    expect([a, b]).toEqual([false, false]);
    let over = false;
    session.outcome.then(() => {
      over = true;
    });
    written[1]?.();
    await settled();
    expect([a, b, over]).toEqual([false, true, false]);
    written[0]?.();
    const [{ seq, at, hash }, { seq: later }] = [await first, await second];
    expect([seq, later, hash]).toEqual([2, 3, '2']);
    expect(Number.isFinite(at)).toBe(true);
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 2 });
  });
  test('without a journal gives receipts that name no hash', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', { agents: { a: 'external', b: () => ({ bid: 1 }) } });
    await settled();
    expect(await session.submit('a', { bid: 3 })).toMatchObject({ hash: null });
  });
  test('takes a message that came before the deadline, though the journal has it only afterwards', async () => {
    const { mechane, clock } = stage();
    let written = (): void => {};
    const journal: JournalSink = {
      append: ({ kind }) =>
        kind === 'message'
          ? new Promise<void>((resolve) => {
              written = resolve;
            })
          : undefined,
    };
    const agents = { a: 'external', b: 'external' } as const;
    const session = mechane.open('example/second-price', { agents, within: 100, journal });
    await settled();
    const receipt = session.submit('a', { bid: 3 });
    clock.advance(100);
    await expect(session.submit('b', { bid: 9 })).rejects.toThrow(coded('late-message'));
    written();
    await receipt;
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 0 });
  });
});

describe('resuming', () => {
  const agents = { a: upTo(5), b: upTo(3), c: upTo(4) };
  const recordedUpTo = async (rounds: number): Promise<{ journal: Journal; whole: Journal }> => {
    const { mechane } = stage();
    const recorder = journalRecorder();
    await mechane.open('example/clock', {
      settings: { ...clockSettings, breakTie: 'lot' },
      agents,
      journal: recorder,
      note: 'a note',
    }).outcome;
    const whole = recorder.journal();
    const kept = whole.entries.findIndex((entry) => 'round' in entry && entry.round > rounds);
    return { journal: { entries: whole.entries.slice(0, kept === -1 ? -1 : kept) }, whole };
  };
  const outcomeOf = (journal: Journal): unknown => endOf(journal)?.outcome;
  /** What does not depend on when it happened. */
  const untimed = (entries: readonly JournalEntry[]) =>
    entries.map((entry) => ({ ...entry, at: 0, ...('closesAt' in entry ? { closesAt: 0 } : {}) }));
  test.each([0, 1, 2, 3, 4])('after %i rounds goes on to the outcome of the uninterrupted run', async (rounds) => {
    const { journal, whole } = await recordedUpTo(rounds);
    const { mechane } = stage();
    const asked: number[] = [];
    mechane.on((event) => {
      if (event.kind === 'asked') asked.push(event.round);
    });
    const rest = journalRecorder();
    const session = mechane.resume(JSON.parse(JSON.stringify(journal)), {
      mechanism: 'example/clock',
      agents,
      journal: rest,
    });
    expect(await session.outcome).toEqual(outcomeOf(whole));
    expect(asked[0]).toBe(rounds + 1);
    expect(untimed([...journal.entries, ...rest.journal().entries])).toEqual(untimed(whole.entries));
    expect(headerOf(journal).note).toBe('a note');
  });
  test('after any entry goes on to the outcome of the uninterrupted run', async () => {
    const { whole } = await recordedUpTo(4);
    for (let kept = 1; kept < whole.entries.length; kept++) {
      const { mechane } = stage();
      const rest = journalRecorder();
      const journal = { entries: whole.entries.slice(0, kept) };
      const session = mechane.resume(journal, { mechanism: 'example/clock', agents, journal: rest });
      expect(await session.outcome, `after ${kept} entries`).toEqual(outcomeOf(whole));
      expect(untimed([...journal.entries, ...rest.journal().entries])).toEqual(untimed(whole.entries));
    }
  });
  test('a round that was open keeps its messages, and the time that it had left', async () => {
    const start = stage();
    const recorder = journalRecorder();
    const open = { settings: {}, agents: { a: 'external', b: 'external' }, within: 100 } as const;
    const before = start.mechane.open('example/second-price', { ...open, journal: recorder });
    await settled();
    start.clock.advance(60);
    await before.submit('a', { bid: 3 });
    const { mechane, clock } = stage();
    clock.advance(90);
    const asked: string[] = [];
    const agents = { a: () => void asked.push('a'), b: 'external' } as const;
    const after = mechane.resume(recorder.journal(), { mechanism: 'example/second-price', agents });
    await settled();
    await expect(after.submit('a', { bid: 4 })).rejects.toThrow(coded('duplicate-message'));
    let over = false;
    after.outcome.then(() => {
      over = true;
    });
    clock.advance(9);
    await settled();
    expect(over).toBe(false);
    clock.advance(1);
    expect(await after.outcome).toMatchObject({ winner: 'a', payment: 0 });
    expect(asked).toEqual([]);
    // After the deadline, there is no time left.
    const tooLate = stage();
    tooLate.clock.advance(1_000);
    const late = tooLate.mechane.resume(recorder.journal(), { mechanism: 'example/second-price', agents });
    await settled();
    tooLate.clock.advance(0);
    expect(await late.outcome).toMatchObject({ winner: 'a', payment: 0 });
  });
  test('by a clock that is behind takes nothing down before what is there', async () => {
    const { journal } = await recordedUpTo(2);
    const entries = journal.entries.map((entry) => ({ ...entry, at: 1_000 }));
    const { mechane, clock } = stage();
    clock.advance(10);
    const rest = journalRecorder();
    await mechane.resume({ entries }, { mechanism: 'example/clock', agents, journal: rest }).outcome;
    const times = rest.journal().entries.map(({ at }) => at);
    expect(new Set(times)).toEqual(new Set([1_000]));
  });
  test('needs a run that has not ended, and every participant', async () => {
    const { journal, whole } = await recordedUpTo(1);
    const { mechane } = stage();
    expect(() => mechane.resume(whole, { mechanism: 'example/clock', agents })).toThrow(coded('invalid-journal'));
    expect(() => mechane.resume(journal, { mechanism: 'example/second-price', agents: {} })).toThrow(
      /journal of "example\/clock"/,
    );
    expect(() => mechane.resume(journal, { mechanism: 'example/clock', agents: { a: agents.a } })).toThrow(
      expect.objectContaining({ code: 'unknown-agent', path: ['agents', 'b'] }),
    );
    const misspelt = { apple: agents.a, b: agents.b, c: agents.c };
    const named = {
      entries: journal.entries.map((entry) => ('participants' in entry ? { ...entry, participants: ['aple'] } : entry)),
    };
    expect(() => mechane.resume(named, { mechanism: 'example/clock', agents: misspelt })).toThrow(
      expect.objectContaining({ path: ['agents', 'aple'], fix: 'did you mean "apple"?' }),
    );
    for (const [id, agent] of Object.entries(agents)) mechane.agents.register(id, agent);
    expect(await mechane.resume(journal, { mechanism: 'example/clock', agents: ['a', 'b', 'c'] }).outcome).toEqual(
      outcomeOf(whole),
    );
  });
});

test('sealed messages stay sealed: no agent finds another one’s bid in what it is asked, told or shown', async () => {
  const secret = 918_273;
  const { mechane } = stage();
  const seen: unknown[] = [];
  const spy: LiveAgent<unknown, { bid: number }> = async (ask, context) => {
    await settled();
    seen.push(ask, { ...context, signal: undefined }, Object.getOwnPropertyNames(context));
    return { bid: 5 };
  };
  const session = mechane.open('example/second-price', {
    agents: { victim: () => ({ bid: secret }), spy, other: () => ({ bid: 9 }) },
  });
  for await (const event of session) seen.push(event);
  await expect(session.submit('spy', { bid: 1 })).rejects.toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(String(secret)) }),
  );
  const { payment } = await session.outcome;
  expect(payment).toBe(9);
  expect(JSON.stringify(seen)).not.toContain(String(secret));
});
