import {
  ClockService,
  createMechane,
  definePlugin,
  directMechanism,
  journalRecorder,
  MechaneError,
  provide,
  type RunEvent,
  TelemetryService,
  testClock,
} from '@mechane/core';
import { openTelemetry } from '@mechane/core/host';
import type { Meter, Span, Tracer } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { examples } from './example-mechanisms.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const secret = 'seven-hundred-and-one';

/** Fails over a report, and says over which. */
const gossip = directMechanism({
  id: 'gossip/loud',
  settings: z.strictObject({ coded: z.boolean().default(false) }),
  report: z.strictObject({ word: z.string() }),
  refuseReport: ({ word }) => (word.endsWith('!') ? { problem: `${word} is too loud`, path: ['word'] } : undefined),
  decide(reports, { settings }): { done: boolean } {
    const words = [...reports.values()].map(({ word }) => word).join();
    if (settings.coded) throw new MechaneError(`gossip`, { problem: `heard ${words}`, path: [words], fix: words });
    throw new Error(`heard ${words}`);
  },
});

/** Everything that the tracing system and the meters are told. */
function recording(): { readonly tracer: Tracer; readonly meter: Meter; readonly written: unknown[][] } {
  const written: unknown[][] = [];
  const write =
    (name: string) =>
    (...values: unknown[]): never => {
      written.push([name, ...values]);
      return span as never;
    };
  const span: Partial<Span> = {
    isRecording: () => true,
    setAttribute: write('attribute'),
    setAttributes: write('attributes'),
    addEvent: write('event'),
    setStatus: write('status'),
    end: write('end'),
  };
  const instrument = (name: string) => ({ add: write(name), record: write(name) });
  const meter = { createUpDownCounter: instrument, createCounter: instrument, createHistogram: instrument };
  return { tracer: { startSpan: write('span') } as object as Tracer, meter: meter as object as Meter, written };
}

function stage() {
  const clock = testClock();
  const { tracer, meter, written } = recording();
  const services = [provide(ClockService, () => clock), provide(TelemetryService, () => openTelemetry(tracer, meter))];
  const mechane = createMechane({ services })
    .use(examples)
    .use(definePlugin({ name: 'gossip', version: '1.0.0', mechanisms: [gossip] }));
  const events: RunEvent[] = [];
  mechane.on((event) => events.push(event));
  return { clock, mechane, events, written };
}

describe('what is sealed stays sealed', () => {
  test.each([false, true])('when a mechanism fails over it and names it (with a code: %s)', async (coded) => {
    const { mechane, events, written } = stage();
    const session = mechane.open('gossip/loud', { settings: { coded }, agents: { a: 'external', b: 'external' } });
    const seen: RunEvent[] = [];
    const watching = (async () => {
      for await (const event of session.eventsFor('b')) seen.push(event);
    })();
    await session.submit('a', { word: secret });
    await expect(session.submit('b', { word: `${secret}!` })).rejects.toThrow(`${secret}! is too loud`);
    await expect(session.submit('b', { word: 'x', [secret]: 1 } as never)).rejects.toThrow(secret);
    await session.submit('b', { word: 'hush' });
    await expect(session.result).rejects.toThrow(`heard ${secret},hush`);
    await watching;
    expect(events.map(({ kind }) => kind)).toContain('failed');
    expect(seen.map(({ kind }) => kind)).toContain('refused');
    expect(seen.at(-1)).toMatchObject({
      kind: 'failed',
      error: {
        code: coded ? 'gossip' : 'mechanism-failed',
        message: 'gossip/loud failed, and whoever holds the run was told why',
        path: [],
      },
    });
    expect(JSON.stringify([events, seen, written])).not.toContain(secret);
    expect(written).toContainEqual(['attribute', 'mechane.error', coded ? 'gossip' : 'mechanism-failed']);
  });
  test('and what stops a run from outside quotes nobody, and is told as it is', async () => {
    const { mechane, events } = stage();
    const journal = {
      append({ kind }: { readonly kind: string }) {
        if (kind === 'round-closed') throw new Error('disk full');
      },
    };
    const agents = { a: () => ({ bid: 1 }) };
    const failing = mechane.open('example/second-price', { agents, journal });
    const error = await failing.result.then(
      () => undefined,
      (thrown: MechaneError) => thrown.toJSON(),
    );
    const cancelled = mechane.open('example/second-price', { agents: { a: 'external' } });
    cancelled.cancel();
    await cancelled.result.catch(() => {});
    const failures = events.flatMap((event) => (event.kind === 'failed' ? [event.error] : []));
    expect(failures).toEqual([error, expect.objectContaining({ code: 'aborted', message: 'the run was called off.' })]);
    expect(error).toMatchObject({ code: 'journal-failed', message: expect.stringContaining('disk full') });
  });
  test('and everything that goes on says of which run it is, and what was noted of it', async () => {
    const { mechane, events, written } = stage();
    const open = { agents: { a: 'external', b: () => ({ bid: 1 }) }, id: 'lot 12', note: { room: 3 } } as const;
    const session = mechane.open('example/second-price', { ...open, journal: journalRecorder() });
    await session.submit('a', { bid: 3 });
    await expect(session.submit('zed', { bid: 3 })).rejects.toThrow();
    await session.outcome;
    expect(events.length).toBeGreaterThan(5);
    expect(events.every(({ run, note }) => run === 'lot 12' && note === open.note)).toBe(true);
    expect(written).toContainEqual([
      'attributes',
      expect.objectContaining({ 'mechane.run': 'lot 12', 'mechane.note': '{"room":3}' }),
    ]);
    const numbered = events.filter(({ seq }) => seq !== undefined).map(({ kind, seq }) => [kind, seq]);
    expect(numbered).toEqual([
      ['opened', 0],
      ['asked', 1],
      ['replied', 2],
      ['replied', 3],
      ['round-closed', 4],
      ['sold', 5],
      ['finished', 5],
    ]);
  });
});

test('open sessions, messages by verdict, receipts and rounds are metered', async () => {
  const { mechane, written } = stage();
  const session = mechane.open('example/second-price', { agents: { a: 'external', b: 'external' } });
  await settled();
  await session.submit('a', { bid: 3 });
  await expect(session.submit('a', { bid: 4 })).rejects.toThrow();
  await session.submit('b', { bid: 3 });
  await session.outcome;
  const of = { 'mechane.mechanism': 'example/second-price' };
  const told = (name: string) => written.filter(([metric]) => metric === name).map(([, ...values]) => values);
  expect(told('mechane.sessions.open')).toEqual([
    [1, of],
    [-1, of],
  ]);
  expect(
    told('mechane.messages').map(
      ([, attributes]) => (attributes as typeof of & { 'mechane.verdict': string })['mechane.verdict'],
    ),
  ).toEqual(['accepted', 'duplicate-message', 'accepted']);
  expect(told('mechane.rounds')).toEqual([[1, of]]);
  expect(told('mechane.receipt.time')).toHaveLength(2);
});

describe('what is asked', () => {
  test('is seen by whom it is asked of, in its events and when it looks', async () => {
    const { mechane } = stage();
    const session = mechane.open('example/clock', {
      settings: { start: 1, step: 1 },
      agents: { a: 'external', b: 'external' },
    });
    const seen: RunEvent[] = [];
    const watching = (async () => {
      for await (const event of session.eventsFor('a')) seen.push(event);
    })();
    await settled();
    expect(session.asked('a')).toEqual({ round: 1, content: { price: 1 }, closesAt: 60_000 });
    await session.submit('a', 'in');
    expect(session.asked('a')).toBeUndefined();
    await session.submit('b', 'in');
    await settled();
    expect(session.asked('a')).toMatchObject({ round: 2, content: { price: 2 } });
    expect(() => session.asked('zed')).toThrow(expect.objectContaining({ code: 'unknown-agent' }));
    await session.submit('a', 'out');
    await session.submit('b', 'in');
    await session.outcome;
    await watching;
    const asked = seen.filter((event) => event.kind === 'asked');
    expect(asked.map(({ content }) => content)).toEqual([{ price: 1 }, { price: 2 }]);
    expect(session.asked('a')).toBeUndefined();
  });
});

describe('a listener', () => {
  test('hears of strangers when it listens, and finds them only counted when it reads later', async () => {
    const { mechane, events } = stage();
    const session = mechane.open('example/second-price', { agents: { a: 'external' } });
    const later = session[Symbol.asyncIterator]();
    await settled();
    for (let count = 0; count < 1_000; count++) session.submit(`stranger ${count}`, { bid: 1 });
    await session.submit('a', { bid: 1 });
    await session.outcome;
    expect(session.strangers).toBe(1_000);
    expect(events.filter(({ kind }) => kind === 'refused')).toHaveLength(1_000);
    const kinds: string[] = [];
    for (let next = await later.next(); !next.done; next = await later.next()) kinds.push(next.value.kind);
    expect(kinds).not.toContain('refused');
  });
});
