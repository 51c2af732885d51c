import {
  ClockService,
  createMechane,
  defineMechanism,
  definePlugin,
  journalRecorder,
  type LiveAgent,
  provide,
  type RunEvent,
  testClock,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleMechane, examples } from './example-mechanisms.ts';

/** Lets pending promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function stage() {
  const clock = testClock();
  const mechane = createMechane({ services: [provide(ClockService, () => clock)] }).use(examples);
  const events: RunEvent[] = [];
  mechane.on((event) => events.push(event));
  const happened = () => events.map((event) => ('agent' in event ? `${event.kind} ${event.agent}` : event.kind));
  return { clock, mechane, events, happened };
}

const settings = { start: 1, step: 1 };
const upTo =
  (limit: number) =>
  ({ price }: { price: number }) =>
    price <= limit ? ('in' as const) : ('out' as const);
const bidding = (bid: number) => () => ({ bid });
const rogue = (misbehave: () => unknown) => misbehave as LiveAgent<unknown, never>;

describe('a live run', () => {
  test('asks functions and objects, sync and async, and ends as its proxies would', async () => {
    const { mechane } = stage();
    const agents = { a: upTo(4), b: { respond: async (ask: { price: number }) => upTo(3)(ask) }, c: upTo(1) };
    const live = await mechane.open('example/clock', { settings, agents }).result;
    const reports = { a: { value: 4 }, b: { value: 3 }, c: { value: 1 } };
    expect(live).toEqual(mechane.run('example/clock', { settings, reports }));
  });
  test('of sealed bids knows the values it was told', async () => {
    const { mechane } = stage();
    const { metrics } = await mechane.open('example/second-price', { agents: { a: bidding(3), b: bidding(5) } }).result;
    expect(metrics).toEqual({ participants: 2, rounds: 1, welfare: 5, efficiency: 1, revenue: 3 });
  });
  test('has its agents in the order of pairs, though their ids are whole numbers', async () => {
    const { mechane } = stage();
    const ids = ['7', '1042', '3'];
    const pairs = ids.map((id) => [id, bidding(5)] as const);
    const atOnce = mechane.run('example/second-price', { reports: ids.map((id) => [id, { bid: 5 }] as const) });
    for (const agents of [pairs, new Map(pairs)]) {
      const run = mechane.open('example/second-price', { agents });
      expect(run.participants).toEqual(ids);
      expect(await run.result).toEqual(atOnce);
    }
    const twice = [...pairs, ...pairs];
    expect(() => mechane.open('example/second-price', { agents: twice })).toThrow(
      expect.objectContaining({ code: 'duplicate-agent', path: ['agents', '7'] }),
    );
    expect(() => mechane.open('example/second-price', { agents: twice })).toThrow(/appears twice/);
    // @ts-expect-error all are pairs, or none is
    expect(() => mechane.open('example/second-price', { agents: [...pairs, 'ann'] })).toThrow(
      expect.objectContaining({ code: 'invalid-scenario', path: ['agents', 3] }),
    );
  });
  test('finds registered agents by their ids', async () => {
    const { mechane } = stage();
    mechane.agents.register('ann', bidding(3));
    mechane.agents.register('bob', { respond: bidding(4) }, { capabilities: ['gpu'], metadata: { rate: 2 } });
    expect((await mechane.open('example/second-price', { agents: ['ann', 'bob'] }).result).outcome.winner).toBe('bob');
    expect(() => mechane.open('example/second-price', { agents: ['ann', 'bbo'] })).toThrow(/did you mean "bob"/);
    expect(() => mechane.open('example/second-price', { agents: ['ann', 'ann'] })).toThrow(/appears twice/);
    // @ts-expect-error ids are text
    expect(() => mechane.open('example/second-price', { agents: [1] })).toThrow(/number was given/);
    // @ts-expect-error agents are objects or lists
    expect(() => mechane.open('example/second-price', { agents: 'ann' })).toThrow(
      expect.objectContaining({
        code: 'invalid-scenario',
        path: ['agents'],
        expected: 'an object of live agents, a list of pairs of an id and an agent, or a list of registered ids',
      }),
    );
  });
  test('waits a round for its deadline and no longer', async () => {
    const { mechane, clock, happened } = stage();
    const agents = { slow: rogue(() => new Promise(() => {})), a: bidding(3) };
    const run = mechane.open('example/second-price', { agents, within: 500 }).result;
    await settled();
    clock.advance(499);
    await settled();
    expect(happened()).not.toContain('round-closed');
    clock.advance(1);
    expect((await run).outcome).toMatchObject({ winner: 'a', payment: 0, payments: { slow: 0, a: 0 } });
    expect(happened()).toEqual(['opened', 'asked', 'replied a', 'silent slow', 'round-closed', 'sold a', 'finished']);
  });
  test('refuses what comes after the deadline, and tells the agent that it is over', async () => {
    const { mechane, clock, events } = stage();
    let answer: (bid: { bid: number }) => void = () => {};
    let over = false;
    const late: LiveAgent<unknown, { bid: number }> = (_, { signal }) => {
      signal.addEventListener('abort', () => {
        over = true;
      });
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const run = mechane.open('example/second-price', { agents: { late, a: bidding(3) }, within: 10 }).result;
    await settled();
    clock.advance(10);
    await run;
    answer({ bid: 100 });
    await settled();
    expect(over).toBe(true);
    expect(events.at(-1)).toMatchObject({ kind: 'refused', agent: 'late', error: { code: 'late-message' } });
  });
  test('ends well with every kind of bad agent', async () => {
    const poisoned = {
      get bid() {
        throw new Error('poison');
      },
    };
    const cycle: { bid?: unknown } = {};
    cycle.bid = cycle;
    const unthenable = Object.defineProperty({}, 'then', {
      get() {
        throw new Error('poison');
      },
    });
    const bad: Record<string, LiveAgent<unknown, never>> = {
      throws: rogue(() => {
        throw new Error('crash');
      }),
      rejects: rogue(() => Promise.reject(new Error('crash'))),
      silent: rogue(() => undefined),
      nonsense: rogue(() => 'nonsense'),
      negative: rogue(() => ({ bid: -1 })),
      poisoned: rogue(() => poisoned),
      cyclic: rogue(() => cycle),
      unthenable: rogue(() => unthenable),
      huge: rogue(() => ({ bid: 'x'.repeat(1e6) })),
      none: rogue(undefined as never),
    };
    const { mechane, happened } = stage();
    const { outcome } = await mechane.open('example/second-price', { agents: { ...bad, a: bidding(3), b: bidding(5) } })
      .result;
    expect(outcome).toMatchObject({ winner: 'b', payment: 3 });
    for (const name of Object.keys(bad)) expect(happened()).toContain(`silent ${name}`);
  });
  test('lets no agent change what another is asked', async () => {
    const { mechane } = stage();
    const meddler = rogue(((ask: { price: number }) => {
      ask.price = 1000;
      return 'in';
    }) as never);
    const { outcome } = await mechane.open('example/clock', { settings, agents: { a: meddler, b: upTo(2) } }).result;
    expect(outcome).toMatchObject({ winner: 'b', payment: 1 });
  });
  test('gives the mechanism the replies in the order in which they were accepted', async () => {
    const { mechane } = stage();
    const tardy = async () => {
      await settled();
      return { bid: 4 };
    };
    const journal = journalRecorder();
    await mechane.open('example/second-price', { agents: { tardy, quick: bidding(4) }, journal }).result;
    const { entries } = journal.journal();
    expect(entries.filter(({ kind }) => kind === 'message')).toMatchObject([
      { round: 1, agent: 'quick', message: { bid: 4 } },
      { round: 1, agent: 'tardy', message: { bid: 4 } },
    ]);
  });
  test('with nobody to ask ends at once', async () => {
    const { mechane } = stage();
    expect((await mechane.open('example/second-price', { agents: {} }).result).outcome.winner).toBeNull();
  });
  test('hears the first that speaks where a mechanism listens', async () => {
    const { mechane, happened } = stage();
    const buyer = (units: number) => {
      let bought = false;
      return async () => {
        if (bought) return undefined;
        bought = true;
        return { wants: units };
      };
    };
    const { outcome } = await mechane.open('example/counter', {
      settings: { units: 9 },
      agents: { a: buyer(2), b: buyer(3) },
    }).result;
    expect(outcome.sales).toEqual(
      [
        ['a', 2],
        ['b', 3],
      ].slice(0, outcome.sales.length),
    );
    expect(happened()).toContain('silent b');
  });
  test('can be called off while it waits', async () => {
    const { mechane, happened } = stage();
    const controller = new AbortController();
    const agents = { slow: rogue(() => new Promise(() => {})) };
    const run = mechane.open('example/second-price', { agents, signal: controller.signal }).result;
    const caught = expect(run).rejects.toThrow(expect.objectContaining({ code: 'aborted', cause: 'enough' }));
    await settled();
    controller.abort('enough');
    await caught;
    expect(happened().at(-1)).toBe('failed');
  });
  test('fails with a coded error where the mechanism does', async () => {
    const { mechane } = stage();
    await expect(mechane.open('example/faulty', { agents: {} }).result).rejects.toThrow(
      expect.objectContaining({ code: 'mechanism-failed' }),
    );
  });
  test('takes its own deadline from the mechanism, and asks each agent its own thing', async () => {
    const hurried = defineMechanism({
      id: 'hurried/one',
      settings: z.strictObject({}),
      message: z.string(),
      *conduct({ participants, askEach }) {
        const replies = yield* askEach(participants, (agent) => ({ you: agent }), { within: 5 });
        return { said: [...replies.values()] };
      },
    });
    const clock = testClock();
    const mechane = createMechane({ services: [provide(ClockService, () => clock)] }).use(
      definePlugin({ name: 'hurried', version: '1.0.0', mechanisms: [hurried] }),
    );
    const run = mechane.open('hurried/one', {
      settings: {},
      agents: { a: ({ you }: { you: string }) => `I am ${you}`, b: () => new Promise<string>(() => {}) },
    }).result;
    await settled();
    clock.advance(5);
    expect((await run).outcome.said).toEqual(['I am a']);
  });
  test('uses the system clock by default', async () => {
    const { outcome } = await exampleMechane().open('example/second-price', {
      agents: { a: bidding(1), slow: rogue(() => new Promise(() => {})) },
      // Long enough for a busy machine to hear who answers at once.
      within: 250,
    }).result;
    expect(outcome.winner).toBe('a');
  });
});

describe('the agent registry', () => {
  test('finds agents by what they can do, and forgets those that leave', () => {
    const { agents } = exampleMechane();
    const leave = agents.register('ann', bidding(1), { capabilities: ['gpu'] });
    agents.register('bob', bidding(1));
    expect(agents.find({ capability: 'gpu' }).map(({ id }) => id)).toEqual(['ann']);
    expect(agents.find().map(({ id }) => id)).toEqual(['ann', 'bob']);
    expect(agents.get('bob')).toMatchObject({ capabilities: [], metadata: {} });
    const metadata = { rate: 2 };
    agents.register('eve', bidding(1), { metadata })();
    agents.register('eve', bidding(1), { metadata });
    expect(agents.get('eve').metadata).toEqual({ rate: 2 });
    metadata.rate = 3;
    expect(agents.get('eve').metadata).toEqual({ rate: 2 });
    expect(() => agents.register('ann', bidding(2))).toThrow(
      expect.objectContaining({ code: 'duplicate-agent', path: ['agents', 'ann'] }),
    );
    leave();
    agents.register('ann', bidding(2));
    leave();
    expect(agents.find().map(({ id }) => id)).toEqual(['bob', 'eve', 'ann']);
    expect(() => agents.get('zed')).toThrow(
      expect.objectContaining({ code: 'unknown-agent', path: ['agents', 'zed'] }),
    );
  });
});
