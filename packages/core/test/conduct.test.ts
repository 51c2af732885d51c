import {
  createMechane,
  defineMechanism,
  definePlugin,
  journalRecorder,
  perAgent,
  provide,
  RandomService,
  type Strategy,
  seededRandom,
} from '@mechane/core';
import { answeredBy, answeredByProxies, conduct, induced, RunSetup, ServiceScope } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clock, counter, secondPrice } from './example-mechanisms.ts';

const setupFor = (settings: unknown, participants: string[], signal?: AbortSignal) =>
  new RunSetup({ settings, breakTie: 'agent-id', participants, seed: 1, signal, openScope: () => new ServiceScope() });

describe('conducting', () => {
  test('stops a mechanism that goes on for ever', () => {
    const setup = setupFor({ start: 1, step: 1 }, ['a', 'b']);
    const stubborn = answeredBy(new Map([...'ab'].map((agent) => [agent, () => 'in'])));
    expect(() => conduct(clock, setup, stubborn, 100)).toThrow(
      expect.objectContaining({ code: 'too-many-rounds', message: expect.stringContaining('100 rounds') }),
    );
  });
  test('stops between rounds when it is called off', () => {
    const controller = new AbortController();
    const setup = setupFor({ start: 1, step: 1 }, ['a', 'b'], controller.signal);
    let rounds = 0;
    const hold = () => {
      rounds += 1;
      if (rounds === 3) controller.abort();
      return new Map([...'ab'].map((agent) => [agent, 'in']));
    };
    expect(() => conduct(clock, setup, hold)).toThrow(expect.objectContaining({ code: 'aborted' }));
    expect(rounds).toBe(3);
  });
  test('takes the first strategy that speaks where the mechanism listens', () => {
    const strategies = new Map<string, Strategy>([
      ['a', () => undefined],
      ['b', () => ({ wants: 1 })],
      ['c', () => ({ wants: 9 })],
    ]);
    const { outcome } = conduct(counter, setupFor({ units: 2 }, ['a', 'b', 'c']), answeredBy(strategies));
    expect(outcome).toEqual({
      sales: [
        ['b', 1],
        ['b', 1],
      ],
    });
  });
});

test('where a mechanism listens, one proxy speaks in each round, and the journal has one message of each', () => {
  const queue = defineMechanism({
    id: 'example/queue',
    settings: z.strictObject({}),
    report: z.strictObject({ turn: z.int() }),
    message: z.string(),
    ask: z.strictObject({ turn: z.int() }),
    *conduct({ participants, listen }) {
      const heard: string[] = [];
      for (let turn = 0; turn < 3; turn++) {
        const replies = yield* listen(participants, { turn });
        heard.push([...replies.keys()].join());
      }
      return { heard };
    },
    proxy:
      ({ turn }, agent) =>
      (ask) =>
        ask.turn >= turn ? agent : undefined,
  });
  const mechane = createMechane().use(definePlugin({ name: 'queue', version: '1.0.0', mechanisms: [queue] }));
  const journal = journalRecorder();
  const reports = { ann: { turn: 1 }, bob: { turn: 1 }, eve: { turn: 2 } };
  const { outcome } = mechane.run('example/queue', { reports, journal });
  expect(outcome).toEqual({ heard: ['', 'ann', 'ann'] });
  expect(journal.journal().entries.map(({ kind }) => kind)).toEqual([
    'opened',
    'round-closed',
    'message',
    'message',
    'closed',
  ]);
});

describe('the induced direct mechanism', () => {
  test('is the mechanism played by proxies', () => {
    const reports = new Map([
      ['a', { value: 4 }],
      ['b', { value: 2 }],
    ]);
    const setup = () => setupFor({ start: 1, step: 1 }, ['a', 'b']);
    expect(induced(clock, reports, setup())).toEqual(conduct(clock, setup(), answeredByProxies(clock, reports)));
    expect(induced(clock, reports, setup()).rounds).toBe(3);
  });
  test('takes the shorter way where there is one, and it says how many rounds it stands for', () => {
    const quick = defineMechanism({
      id: 'quick/one',
      settings: z.strictObject({}),
      report: z.strictObject({ value: z.number() }),
      message: z.number(),
      *conduct({ participants, ask }) {
        let [highest, rounds] = [0, 0];
        for (const agent of participants) {
          rounds += 1;
          const replies = yield* ask([agent], {});
          highest = Math.max(highest, replies.get(agent) ?? 0);
        }
        return { highest, rounds };
      },
      decide: (reports) => ({
        highest: Math.max(0, ...[...reports.values()].map(({ value }) => value)),
        rounds: reports.size,
      }),
      roundsOf: ({ rounds }) => rounds,
      proxy:
        ({ value }) =>
        () =>
          value,
    });
    const reports = new Map([...'abc'].map((agent, index) => [agent, { value: index }]));
    const setup = () => setupFor({}, [...reports.keys()]);
    const { lastReplies, ...conducted } = conduct(quick, setup(), answeredByProxies(quick, reports));
    expect([...lastReplies]).toEqual([['c', 2]]);
    expect(induced(quick, reports, setup())).toEqual(conducted);
  });
});

describe('a setup', () => {
  test('makes nothing before it is asked for', () => {
    let opened = 0;
    const setup = new RunSetup({
      settings: {},
      breakTie: 'lot',
      participants: ['a', 'b'],
      seed: undefined,
      signal: undefined,
      openScope: () => {
        opened += 1;
        const scope = new ServiceScope();
        scope.bind(provide(RandomService, () => seededRandom(setup.drawnSeed())));
        return scope;
      },
    });
    induced(secondPrice, new Map([['a', { bid: 1 }]]), setupFor({ reserve: 0 }, ['a']));
    expect([opened, setup.seed, setup.scope]).toEqual([0, null, undefined]);
    expect(['a', 'b']).toContain(setup.breakTie(['a', 'b']));
    expect(setup.random.next()).toBeLessThan(1);
    expect(opened).toBe(1);
    expect(setup.seed).toBe(setup.drawnSeed());
  });
});

test('records have an entry for each agent', () => {
  expect(perAgent(new Set(['a', 'b']), (agent) => agent)).toEqual({ a: 'a', b: 'b' });
});
