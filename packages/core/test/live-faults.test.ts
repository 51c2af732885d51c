import { getEventListeners } from 'node:events';
import {
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  type JournalSink,
  journalRecorder,
  type LiveAgent,
  type MechaneError,
  provide,
  type RunEvent,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { examples } from './example-mechanisms.ts';

/** Lets pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Asks twice, and shows the signal of its run to whoever looks. */
const patient = (seen: { signal?: AbortSignal | undefined }) =>
  definePlugin({
    name: 'patient',
    version: '1.0.0',
    mechanisms: [
      defineMechanism({
        id: 'patient/twice',
        settings: z.strictObject({}),
        message: z.string(),
        *conduct({ participants, ask, signal }) {
          seen.signal = signal;
          const first = yield* ask(participants, {});
          const second = yield* ask(participants.slice(1), {});
          return { heard: first.size + second.size };
        },
      }),
    ],
  });

function stage() {
  const clock = testClock();
  const seen: { signal?: AbortSignal | undefined } = {};
  const mechane = createMechane({ services: [provide(ClockService, () => clock)] })
    .use(examples)
    .use(patient(seen));
  const events: RunEvent[] = [];
  // Which run it is, is another for each.
  mechane.on(({ run: _, ...event }) => events.push(event as RunEvent));
  const of = <Kind extends RunEvent['kind']>(kind: Kind) =>
    events.filter((event): event is RunEvent & { kind: Kind } => event.kind === kind);
  return { clock, mechane, of, seen };
}

const never = () => new Promise<never>(() => {});

describe('what a live run tells', () => {
  test('each round names those who are asked', async () => {
    const { mechane, of } = stage();
    const agents = { a: () => 'yes', b: () => 'yes', c: () => 'no' };
    await mechane.open('patient/twice', { agents }).outcome;
    expect(of('asked')).toEqual([
      { kind: 'asked', round: 1, agents: ['a', 'b', 'c'] },
      { kind: 'asked', round: 2, agents: ['b', 'c'] },
    ]);
    expect(of('round-closed')).toEqual([
      { kind: 'round-closed', round: 1, replies: 3 },
      { kind: 'round-closed', round: 2, replies: 2 },
    ]);
  });
  test('nobody falls silent twice: neither who is late and then says nothing', async () => {
    const { mechane, of, clock } = stage();
    let sayNothing = (): void => {};
    const late: LiveAgent<unknown, never> = () =>
      new Promise<undefined>((resolve) => {
        sayNothing = () => resolve(undefined);
      });
    const run = mechane.open('example/second-price', { agents: { late, a: () => ({ bid: 3 }) }, within: 10 });
    await settled();
    clock.advance(10);
    await run.outcome;
    sayNothing();
    await settled();
    expect(of('silent')).toEqual([{ kind: 'silent', round: 1, agent: 'late', why: 'late' }]);
  });
  test('nor who was spoken for before it says nothing, which leaves its message standing', async () => {
    const { mechane, of } = stage();
    let sayNothing = (): void => {};
    const slow: LiveAgent<unknown, never> = () =>
      new Promise<undefined>((resolve) => {
        sayNothing = () => resolve(undefined);
      });
    const run = mechane.open('example/second-price', { agents: { slow, a: 'external' } });
    await settled();
    await run.submit('slow', { bid: 7 });
    sayNothing();
    await settled();
    expect(of('silent')).toEqual([]);
    expect(of('round-closed')).toEqual([]);
    await run.submit('a', { bid: 4 });
    expect(await run.outcome).toMatchObject({ winner: 'slow', payment: 4 });
  });
  test('of whoever does not answer, why', async () => {
    const { mechane, of, clock } = stage();
    const agents: Record<string, LiveAgent<unknown, never>> = {
      mute: () => undefined,
      broken: () => {
        throw new Error('crash');
      },
      babbling: (() => 'blah') as never,
      slow: never,
    };
    const run = mechane.open('example/second-price', { agents, within: 5 });
    await settled();
    clock.advance(5);
    await run.outcome;
    expect(Object.fromEntries(of('silent').map(({ agent, why }) => [agent, why]))).toEqual({
      mute: 'said-nothing',
      broken: 'threw',
      babbling: 'malformed',
      slow: 'late',
    });
  });
  test('where it listens, nothing of the others: they may speak next', async () => {
    const { mechane, of } = stage();
    const run = mechane.open('example/counter', { settings: { units: 1 }, agents: { a: 'external', b: 'external' } });
    await settled();
    await run.submit('a', { wants: 1 });
    await run.outcome;
    expect(of('silent')).toEqual([]);
  });
});

describe('a round', () => {
  test('that listens goes on while some say nothing and others may still speak', async () => {
    const { mechane, of } = stage();
    const agents = { a: () => undefined, b: 'external', c: 'external' } as const;
    const run = mechane.open('example/counter', { settings: { units: 1 }, agents });
    await settled();
    expect(of('silent')).toEqual([{ kind: 'silent', round: 1, agent: 'a', why: 'said-nothing' }]);
    expect(of('round-closed')).toEqual([]);
    await run.submit('b', { wants: 1 });
    expect((await run.outcome).sales).toEqual([['b', 1]]);
  });
  test('that listens is taken down with its message, which closes it; a round that asks, with its deadline and its end', async () => {
    const { mechane } = stage();
    const listening = journalRecorder();
    const run = mechane.open('example/counter', {
      settings: { units: 1 },
      agents: { a: 'external' },
      journal: listening,
    });
    await settled();
    await run.submit('a', { wants: 1 });
    await run.outcome;
    expect(listening.journal().entries.map(({ kind }) => kind)).toEqual(['opened', 'message', 'closed']);
    const asking = journalRecorder();
    const agents = { a: () => 'yes', b: () => 'no' };
    await mechane.open('patient/twice', { agents, journal: asking }).outcome;
    const round = ['asked', 'message', 'message', 'round-closed'];
    expect(asking.journal().entries.map(({ kind }) => kind)).toEqual([
      'opened',
      ...round,
      ...round.toSpliced(1, 1),
      'closed',
    ]);
  });
  test('that is closed twice closes once', async () => {
    const { mechane, of } = stage();
    const run = mechane.open('example/second-price', { agents: { a: 'external' } });
    await settled();
    run.close();
    run.close();
    await run.outcome;
    expect(of('round-closed')).toHaveLength(1);
    expect(of('silent')).toHaveLength(1);
  });
  test('with somebody who takes no part finds that nobody answers', async () => {
    const haunted = defineMechanism({
      id: 'example/haunted',
      settings: z.strictObject({}),
      report: z.strictObject({}),
      message: z.string(),
      proxy: () => () => 'boo',
      *conduct({ ask }) {
        return { heard: [...(yield* ask(['ghost'], {}))].length };
      },
    });
    const { mechane, of } = stage();
    const plugin = definePlugin({ name: 'haunted', version: '1.0.0', mechanisms: [haunted] });
    expect(await mechane.use(plugin).open('example/haunted', { agents: {} }).outcome).toEqual({ heard: 0 });
    expect(of('silent')).toEqual([{ kind: 'silent', round: 1, agent: 'ghost', why: 'said-nothing' }]);
    expect(mechane.runScenario({ mechanism: 'example/haunted', reports: { ann: {} } }).outcome).toEqual({ heard: 0 });
  });
  test('that waits for its journal after its end can still be called off', async () => {
    const { mechane, clock } = stage();
    const journal: JournalSink = { append: ({ kind }) => (kind === 'message' ? never() : undefined) };
    const agents = { a: 'external', b: 'external' } as const;
    const run = mechane.open('example/second-price', { agents, within: 10, journal });
    await settled();
    run.submit('a', { bid: 3 });
    clock.advance(10);
    run.cancel('enough');
    await expect(run.outcome).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'enough' }));
  });
});

describe('a refusal says what is wrong and how to mend it', () => {
  const refused = async (submit: () => Promise<unknown>): Promise<string> =>
    submit().then(
      () => 'accepted',
      (error: MechaneError) => error.message,
    );
  test('in every case', async () => {
    const { mechane, of } = stage();
    const settings = { start: 1, step: 1 };
    const run = mechane.open('example/clock', {
      settings,
      agents: { ann: 'external', bob: 'external', eve: 'external' },
    });
    const said: string[] = [];
    const submit = async (agent: string, message: unknown): Promise<void> => {
      said.push(await refused(() => run.submit(agent, message as never)));
    };
    await submit('ann', 'in');
    await submit('anne', 'in');
    await settled();
    await submit('anne', 'in');
    await submit('bob', 'inn');
    await submit('ann', 'in');
    await submit('ann', 'out');
    await submit('bob', 'in');
    await submit('eve', 'out');
    await settled();
    await submit('eve', 'in');
    run.close();
    await run.outcome;
    await submit('ann', 'in');
    expect(said).toEqual([
      // What comes before the first round waits for it.
      'accepted',
      'messages.anne: no agent is called "anne"; expected an agent that takes part. Fix: did you mean "ann"?',
      'messages.anne: no agent is called "anne"; expected an agent that takes part. Fix: did you mean "ann"?',
      'messages.bob: "inn" is not among them; expected "in" or "out". Fix: did you mean "in"?',
      'messages.ann: this agent has answered already. Fix: answer once a round.',
      'messages.ann: this agent has answered already. Fix: answer once a round.',
      'accepted',
      'accepted',
      'messages.eve: this agent is not asked in this round. Fix: wait to be asked.',
      'messages.ann: the round was over when this message came. Fix: answer before the deadline, or stop when the signal aborts.',
    ]);
    // Everybody else hears that it was refused, and nothing of what was said.
    const refusals = of('refused').map(({ error }) => error.message);
    expect(refusals).toHaveLength(said.filter((message) => message !== 'accepted').length);
    expect(new Set(refusals)).toEqual(new Set(['a message was refused, and its sender was told why']));
  });
});

describe('who iterates over a session', () => {
  test('and leaves hears no more', async () => {
    const { mechane } = stage();
    const run = mechane.open('example/second-price', { agents: { a: () => ({ bid: 3 }) } });
    const events = run[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ kind: 'opened' });
    expect(await events.return?.()).toEqual({ done: true, value: undefined });
    await run.outcome;
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
  test('after its end finds it over', async () => {
    const { mechane } = stage();
    const run = mechane.open('example/second-price', { agents: {} });
    await run.outcome;
    expect(await run[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});

describe('calling off', () => {
  test('by a signal leaves nothing behind that listens to it', async () => {
    const { mechane } = stage();
    const { signal } = new AbortController();
    await mechane.open('patient/twice', { agents: { a: () => 'x', b: () => 'x' }, signal }).outcome;
    await settled();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
  test('a mechanism that looks at its signal sees it, before and after', async () => {
    const { mechane, of, seen } = stage();
    const agents = { a: 'external', b: 'external' } as const;
    const running = mechane.open('patient/twice', { agents });
    await settled();
    expect(seen.signal?.aborted).toBe(false);
    running.cancel('enough');
    expect(seen.signal).toMatchObject({ aborted: true, reason: 'enough' });
    // One that is called off before it has begun never begins.
    const begun = of('asked').length;
    const early = mechane.open('patient/twice', { agents });
    early.cancel('too early');
    await expect(early.outcome).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'too early' }));
    expect(of('asked')).toHaveLength(begun);
  });
  test('twice keeps the first reason', async () => {
    const { mechane, of, seen } = stage();
    const run = mechane.open('patient/twice', { agents: { a: 'external', b: 'external' } });
    await settled();
    run.cancel('first');
    run.cancel('second');
    await expect(run.outcome).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'first' }));
    expect(seen.signal?.reason).toBe('first');
    expect(of('failed')).toHaveLength(1);
  });
  test('after the end changes nothing', async () => {
    const { mechane, of } = stage();
    const run = mechane.open('patient/twice', { agents: { a: () => 'x', b: () => 'x' } });
    expect(await run.outcome).toEqual({ heard: 3 });
    run.cancel('late');
    run.close();
    expect(await run.outcome).toEqual({ heard: 3 });
    expect(of('failed')).toEqual([]);
  });
  test('an agent that looks at its signal after the round is told that it is over', async () => {
    const { mechane } = stage();
    let look = (): boolean => false;
    const tardy: LiveAgent<unknown, string> = (_, context) => {
      look = () => context.signal.aborted;
      return never();
    };
    const run = mechane.open('patient/twice', { agents: { tardy, b: 'external' } });
    await settled();
    run.close();
    await run.outcome;
    expect(look()).toBe(true);
  });
});
