import type { RunEvent } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { EventStream } from '../src/live/event-stream.ts';
import { RunIdentity } from '../src/play/run-identity.ts';
import { localEvents } from '../src/services/events.ts';

/** How many events are kept, at the least, and how many more before somebody looks. */
const [kept, between] = [131_072, 4_096];

const stream = (note?: unknown, everyone = localEvents()) => new EventStream(everyone, new RunIdentity('run 1', note));
const joined = (agent: string) => ({ kind: 'joined', agent }) as const;

async function rest(events: AsyncIterator<RunEvent>): Promise<RunEvent[]> {
  const left: RunEvent[] = [];
  for (let next = await events.next(); !next.done; next = await events.next()) left.push(next.value);
  return left;
}

describe('whoever follows events', () => {
  test('and never takes any has the last 131,072 kept, and is told once how many of those before it has missed', async () => {
    const events = stream();
    const never = events[Symbol.asyncIterator]();
    // It is looked after every 4,096 events, the last of these too.
    const told = kept + 3 * between;
    for (let number = 0; number < told; number++) events.tell(joined(`${number}`), number);
    events.end();
    const [first, ...left] = await rest(never);
    expect(first).toEqual({ kind: 'omitted', count: told - left.length, run: 'run 1' });
    expect(left.length).toBe(kept);
    expect(left.findIndex(({ seq }, index) => seq !== told - left.length + index)).toBe(-1);
  }, 60_000);
  test('and takes them as they come misses none, however many', async () => {
    const events = stream();
    const iterator = events[Symbol.asyncIterator]();
    for (let number = 1; number <= 3 * between; number++) {
      events.tell(joined('ann'), number);
      expect((await iterator.next()).value.seq).toBe(number);
    }
  });
  test('with another who takes none is not told that anything is missing', async () => {
    const events = stream();
    events[Symbol.asyncIterator]();
    const quick = events[Symbol.asyncIterator]();
    const kinds = new Set<string>();
    for (let block = 0; block < kept / between + 2; block++) {
      for (let number = 0; number < between; number++) events.tell(joined('ann'));
      for (let number = 0; number < between; number++) kinds.add((await quick.next()).value.kind);
    }
    expect([...kinds]).toEqual(['joined']);
  }, 60_000);
  test('waits for the next, gets it when it happens, and ends with the run', async () => {
    const events = stream();
    const iterator = events[Symbol.asyncIterator]();
    const next = iterator.next();
    events.tell(joined('ann'));
    expect(await next).toStrictEqual({ done: false, value: { kind: 'joined', agent: 'ann', run: 'run 1' } });
    const last = iterator.next();
    events.end();
    expect(await last).toEqual({ done: true, value: undefined });
    expect(await rest(events[Symbol.asyncIterator]())).toEqual([]);
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
  });
  test('and leaves while it waits gets no more, and nothing is kept for it', async () => {
    const events = stream();
    expect(events.heard).toBe(false);
    const leaving = events[Symbol.asyncIterator]();
    const staying = events[Symbol.asyncIterator]();
    const waiting = leaving.next();
    events.tell(joined('ann'));
    expect(await leaving.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await leaving.next()).toEqual({ done: true, value: undefined });
    expect(events.heard).toBe(true);
    expect((await staying.next()).value).toMatchObject({ agent: 'ann' });
    await staying.return?.();
    expect(events.heard).toBe(false);
  });
  test('is none after the end, whether it followed before or only then, and gets what is left', async () => {
    const events = stream();
    const before = events[Symbol.asyncIterator]();
    events.tell(joined('ann'));
    events.end();
    expect(events.heard).toBe(false);
    const after = events[Symbol.asyncIterator]();
    expect(events.heard).toBe(false);
    expect((await rest(before)).length).toBe(1);
    expect(await rest(after)).toEqual([]);
    await after.return?.();
    expect(await after.next()).toEqual({ done: true, value: undefined });
  });
  test('is told of what happens from then on, and of nothing before', async () => {
    const everyone = localEvents();
    everyone.on(() => {});
    const events = stream(undefined, everyone);
    events.tell(joined('ann'));
    const first = events[Symbol.asyncIterator]();
    events.tell(joined('bob'));
    const second = events[Symbol.asyncIterator]();
    events.tell(joined('cat'));
    events.end();
    const agents = async (iterator: AsyncIterator<RunEvent>) =>
      (await rest(iterator)).map((event) => event.kind === 'joined' && event.agent);
    expect([await agents(first), await agents(second)]).toEqual([['bob', 'cat'], ['cat']]);
  });
  test('and leaves with events untaken takes none of them', async () => {
    const events = stream();
    const iterator = events[Symbol.asyncIterator]();
    events[Symbol.asyncIterator]();
    events.tell(joined('ann'));
    await iterator.return?.();
    events.tell(joined('bob'));
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });
  test('is told with every event what the application notes of the run, and its entry, where there are any', async () => {
    const events = stream({ lot: 7 });
    const iterator = events[Symbol.asyncIterator]();
    events.tell(joined('ann'), 3);
    expect((await iterator.next()).value).toStrictEqual({
      kind: 'joined',
      agent: 'ann',
      run: 'run 1',
      note: { lot: 7 },
      seq: 3,
    });
  });
});

describe('whoever listens to all runs', () => {
  test('hears of every event, of strangers too, whom those who follow the run do not hear of', async () => {
    const everyone = localEvents();
    const events = stream({ lot: 7 }, everyone);
    const heard: RunEvent[] = [];
    const off = everyone.on((event) => heard.push(event));
    expect(events.heard).toBe(true);
    events.tell(joined('ann'), 3);
    const iterator = events[Symbol.asyncIterator]();
    events.tellOfStranger(joined('eve'));
    events.tell(joined('bob'));
    off();
    events.tell(joined('cat'));
    events.tellOfStranger(joined('eve'));
    events.end();
    const origin = { run: 'run 1', note: { lot: 7 } };
    expect(heard).toStrictEqual([
      { kind: 'joined', agent: 'ann', ...origin, seq: 3 },
      { kind: 'joined', agent: 'eve', ...origin },
      { kind: 'joined', agent: 'bob', ...origin },
    ]);
    expect(events.strangers).toBe(2);
    const followed = await rest(iterator);
    expect(followed.map((event) => event.kind === 'joined' && event.agent)).toEqual(['bob', 'cat']);
  });
  test('is nobody, so that nothing is put together and the run needs no name', () => {
    const identity = {
      note: undefined,
      get id(): string {
        throw new Error('a name was drawn');
      },
    };
    const unheard = new EventStream(localEvents(), identity as unknown as RunIdentity);
    unheard.tell(joined('ann'));
    unheard.tellOfStranger(joined('eve'));
    expect([unheard.heard, unheard.strangers]).toEqual([false, 1]);
  });
});

describe('an agent that follows its events', () => {
  test('sees that it is asked, though nobody says what', async () => {
    const events = stream();
    const ann = events.seenBy('ann');
    events.tell({ kind: 'asked', round: 1, agents: ['ann'] });
    events.tell({ kind: 'asked', round: 2, agents: ['ann'] }, undefined, () => undefined);
    events.end();
    const told = await rest(ann);
    expect(told).toEqual([
      { kind: 'asked', round: 1, agents: ['ann'], run: 'run 1' },
      { kind: 'asked', round: 2, agents: ['ann'], run: 'run 1' },
    ]);
    // What is asked may be nothing, and is said all the same.
    expect(told.map((event) => 'content' in event)).toEqual([false, true]);
  });
  test('sees what it is asked, and neither what others are asked nor that they were refused', async () => {
    const events = stream();
    const ann = events.seenBy('ann');
    const all = events[Symbol.asyncIterator]();
    const asked: string[] = [];
    const contentFor = (agent: string) => {
      asked.push(agent);
      return `for ${agent}`;
    };
    const error = { code: 'late-message', message: 'too late', path: [] };
    events.tell({ kind: 'asked', round: 1, agents: ['ann', 'bob'] }, undefined, contentFor);
    events.tell({ kind: 'refused', round: 1, agent: 'bob', error });
    events.tell({ kind: 'refused', round: 1, agent: 'ann', error });
    events.tell({ kind: 'asked', round: 2, agents: ['bob'] }, undefined, contentFor);
    events.tell({ kind: 'replied', round: 2, agent: 'bob' }, undefined, contentFor);
    events.end();
    expect(await rest(ann)).toEqual([
      { kind: 'asked', round: 1, agents: ['ann', 'bob'], content: 'for ann', run: 'run 1' },
      { kind: 'refused', round: 1, agent: 'ann', error, run: 'run 1' },
      { kind: 'asked', round: 2, agents: ['bob'], run: 'run 1' },
      { kind: 'replied', round: 2, agent: 'bob', run: 'run 1' },
    ]);
    const everything = await rest(all);
    expect(everything).toHaveLength(5);
    expect(everything[0]).not.toHaveProperty('content');
    // What an agent is asked is put together for those who follow, and for nobody else.
    expect(asked).toEqual(['ann']);
  });
});
