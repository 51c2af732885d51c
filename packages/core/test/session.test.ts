import {
  ClockService,
  createMechane,
  type Journal,
  journalRecorder,
  type LiveAgent,
  provide,
  type RunEvent,
  type Session,
  testClock,
} from '@mechane/core';
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
    const session = mechane.open('example/second-price', {}, { a: () => ({ bid: 3 }), b: () => ({ bid: 5 }) });
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
    const open = () => mechane.open('example/clock', clockSettings, { a: 'external' });
    expectTypeOf(open).returns.toHaveProperty('submit').parameter(1).toEqualTypeOf<'in' | 'out'>();
    // @ts-expect-error a clock needs a start and a step
    expect(() => mechane.open('example/clock', {}, {})).toThrow(coded('invalid-settings'));
  });
  test('takes what outside parties submit', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', {}, { a: 'external', b: 'external', c: () => ({ bid: 4 }) });
    for await (const event of session) {
      if (event.kind !== 'asked') continue;
      session.submit('a', { bid: 7 });
      session.submit('b', { bid: 5 });
    }
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 5 });
  });
  test('refuses what is malformed, out of turn, said twice, too late or from strangers, and nothing changes', async () => {
    const { mechane, clock } = stage();
    const session = mechane.open('example/clock', clockSettings, { a: 'external', b: 'external', c: 'external' });
    const refused: string[] = [];
    mechane.on((event) => {
      if (event.kind === 'refused') refused.push(`${event.agent} ${event.error.code}`);
    });
    expect(() => session.submit('a', 'in')).toThrow(coded('late-message'));
    await settled();
    // @ts-expect-error a message is in or out
    expect(() => session.submit('a', 'perhaps')).toThrow(coded('invalid-message'));
    expect(() => session.submit('zed', 'in')).toThrow(coded('unknown-agent'));
    session.submit('a', 'in');
    expect(() => session.submit('a', 'out')).toThrow(coded('duplicate-message'));
    session.submit('b', 'in');
    session.submit('c', 'out');
    await settled();
    expect(() => session.submit('c', 'in')).toThrow(coded('out-of-turn'));
    session.submit('a', 'in');
    clock.advance(60_000);
    expect(() => session.submit('b', 'in')).toThrow(coded('late-message'));
    expect(await session.outcome).toMatchObject({ winner: 'a', payment: 2 });
    expect(() => session.submit('b', 'in')).toThrow(coded('late-message'));
    expect(() => session.submit('zed', 'in')).toThrow(coded('unknown-agent'));
    expect(refused).toEqual([
      'a late-message',
      'a invalid-message',
      'zed unknown-agent',
      'a duplicate-message',
      'c out-of-turn',
      'b late-message',
      'b late-message',
      'zed unknown-agent',
    ]);
  });
  test('lets a message that cannot stand here be mended, and nobody else notices', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/counter', { units: 3 }, { a: 'external', b: 'external' });
    await settled();
    expect(() => session.submit('a', { wants: 101 })).toThrow(
      expect.objectContaining({ code: 'invalid-message', path: ['messages', 'a', 'wants'] }),
    );
    session.submit('a', { wants: 3 });
    expect((await session.outcome).sales).toEqual([['a', 3]]);
  });
  test('that is closed ends with what was said', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', {}, { a: 'external', b: 'external' });
    await settled();
    session.submit('b', { bid: 3 });
    session.close();
    expect(await session.outcome).toMatchObject({ winner: 'b', payment: 0 });
    const early = mechane.open('example/clock', clockSettings, { a: 'external', b: 'external' });
    early.close();
    expect(await early.outcome).toMatchObject({ payment: 0 });
  });
  test('that is cancelled rejects with the reason, and nobody has to listen', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', {}, { a: 'external' });
    const events = eventsOf(session);
    await settled();
    session.cancel('changed my mind');
    await expect(session.outcome).rejects.toThrow(
      expect.objectContaining({ code: 'aborted', cause: 'changed my mind' }),
    );
    expect((await events).at(-1)).toMatchObject({ kind: 'failed', error: { code: 'aborted' } });
    mechane.open('example/second-price', {}, { a: 'external' }).cancel();
    await settled();
  });
  test('is cancelled by the signal of its opener, too', async () => {
    const { mechane } = stage();
    const controller = new AbortController();
    const session = mechane.open('example/second-price', {}, { a: 'external' }, { signal: controller.signal });
    await settled();
    controller.abort('enough');
    await expect(session.result).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'enough' }));
    expect(() => mechane.open('example/second-price', {}, {}, { signal: controller.signal })).toThrow(coded('aborted'));
  });
  test('can be left in the middle by whoever iterates, and goes on', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/second-price', {}, { a: () => ({ bid: 3 }) });
    for await (const event of session) if (event.kind === 'asked') break;
    expect((await session.outcome).winner).toBe('a');
  });
  test('waits for its journal before it asks', async () => {
    const { mechane } = stage();
    const order: string[] = [];
    const slow = (what: string) => async () => {
      await settled();
      order.push(what);
    };
    const journal = { open: slow('opened'), round: slow('round'), close: slow('closed') };
    const attentive = ({ price }: { price: number }) => {
      order.push(`asked ${price}`);
      return upTo(1)({ price });
    };
    const agents = { a: upTo(2), b: attentive };
    await mechane.open('example/clock', clockSettings, agents, { journal }).outcome;
    expect(order).toEqual(['opened', 'asked 1', 'round', 'asked 2', 'round', 'closed']);
  });
  test('fails when its journal does', async () => {
    const { mechane } = stage();
    const journal = {
      open() {
        throw new Error('disk full');
      },
      round() {},
      close() {},
    };
    await expect(mechane.open('example/second-price', {}, {}, { journal }).outcome).rejects.toThrow(/disk full/);
  });
});

describe('resuming', () => {
  const agents = { a: upTo(5), b: upTo(3), c: upTo(4) };
  const recordedUpTo = async (rounds: number): Promise<{ journal: Journal; whole: Journal }> => {
    const { mechane } = stage();
    const recorder = journalRecorder();
    await mechane.open('example/clock', { ...clockSettings, breakTie: 'lot' }, agents, {
      journal: recorder,
      note: 'a note',
    }).outcome;
    const { outcome, ...whole } = recorder.journal();
    return { journal: { ...whole, rounds: whole.rounds.slice(0, rounds) }, whole: { ...whole, outcome } };
  };
  test.each([0, 1, 2, 3, 4])('after %i rounds goes on to the outcome of the uninterrupted run', async (rounds) => {
    const { journal, whole } = await recordedUpTo(rounds);
    const { mechane } = stage();
    const asked: number[] = [];
    mechane.on((event) => {
      if (event.kind === 'asked') asked.push(event.round);
    });
    const rest = journalRecorder();
    rest.open(journal);
    const session = mechane.resume('example/clock', JSON.parse(JSON.stringify(journal)), agents, { journal: rest });
    expect(await session.outcome).toEqual(whole.outcome);
    expect(asked[0]).toBe(rounds + 1);
    expect([...journal.rounds, ...rest.journal().rounds]).toEqual(whole.rounds);
    expect(journal.note).toBe('a note');
  });
  test('needs a run that has not ended, and every participant', async () => {
    const { journal, whole } = await recordedUpTo(1);
    const { mechane } = stage();
    expect(() => mechane.resume('example/clock', whole, agents)).toThrow(coded('invalid-journal'));
    expect(() => mechane.resume('example/second-price', journal, {})).toThrow(/journal of "example\/clock"/);
    expect(() => mechane.resume('example/clock', journal, { a: agents.a })).toThrow(coded('unknown-agent'));
    for (const [id, agent] of Object.entries(agents)) mechane.agents.register(id, agent);
    expect(await mechane.resume('example/clock', journal, ['a', 'b', 'c']).outcome).toEqual(whole.outcome);
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
  const session = mechane.open(
    'example/second-price',
    {},
    { victim: () => ({ bid: secret }), spy, other: () => ({ bid: 9 }) },
  );
  for await (const event of session) seen.push(event);
  expect(() => session.submit('spy', { bid: 1 })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(String(secret)) }),
  );
  const { payment } = await session.outcome;
  expect(payment).toBe(9);
  expect(JSON.stringify(seen)).not.toContain(String(secret));
});
