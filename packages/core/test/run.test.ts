import {
  agentColumn,
  createMechane,
  definePlugin,
  directMechanism,
  journalRecorder,
  perAgent,
  type RunEvent,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleMechane } from './example-mechanisms.ts';

const mechane = exampleMechane();
const reports = { agent1: { bid: 10, value: 0.8 }, agent2: { bid: 15, value: 0.9 }, agent3: { bid: 12, value: 0.7 } };

const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('a run with reports', () => {
  test('gives outcome and metrics', () => {
    expect(mechane.run('example/second-price', { reports })).toStrictEqual({
      mechanism: 'example/second-price',
      outcome: {
        winner: 'agent2',
        payment: 12,
        allocation: perAgent(['agent2'], () => 1),
        payments: perAgent(Object.keys(reports), (agent) => (agent === 'agent2' ? 12 : 0)),
      },
      metrics: { participants: 3, rounds: 1, welfare: 15, efficiency: 1, revenue: 12 },
      seed: null,
    });
  });
  test('measures at the true types, which never change the outcome', () => {
    const { outcome, metrics } = mechane.run('example/second-price', { reports, types: { agent1: { bid: 30 } } });
    expect(outcome.winner).toBe('agent2');
    expect(metrics).toMatchObject({ welfare: 15, efficiency: 0.5 });
  });
  test('lets proxies play the rounds', () => {
    const { outcome, metrics } = mechane.run('example/clock', {
      settings: { start: 5, step: 1 },
      reports: { a: { value: 9 }, b: { value: 7 }, c: { value: 8 } },
    });
    expect(outcome).toMatchObject({ winner: 'a', payment: 9 });
    expect(metrics).toEqual({ participants: 3, rounds: 5, welfare: null, efficiency: null, revenue: 9 });
  });
  test('works with nobody', () => {
    const { outcome, metrics } = mechane.run('example/second-price', { reports: {} });
    expect(outcome).toEqual({ winner: null, payment: 0, allocation: {}, payments: {} });
    expect(metrics).toEqual({ participants: 0, rounds: 1, welfare: 0, efficiency: 1, revenue: 0 });
  });
  test('takes pairs in their order, and refuses an agent that comes twice', () => {
    const pairs: [string, { bid: number }][] = [
      ['b', { bid: 1 }],
      ['a', { bid: 2 }],
    ];
    expect(mechane.run('example/second-price', { reports: new Map(pairs) }).outcome.winner).toBe('a');
    expect(() => mechane.run('example/second-price', { reports: [...pairs, ['b', { bid: 3 }]] })).toThrow(
      coded('duplicate-agent', ['reports', 'b']),
    );
  });
  test('takes agents of any name', () => {
    const hostile = JSON.parse('{"__proto__": {"bid": 3}, "constructor": {"bid": 5}, "": {"bid": 1}}');
    const { outcome } = mechane.run('example/second-price', { reports: hostile });
    expect(outcome.winner).toBe('constructor');
    expect(JSON.parse(JSON.stringify(outcome.payments))).toEqual(
      JSON.parse('{"__proto__": 0, "constructor": 3, "": 0}'),
    );
  });
  test('sends its events to those who listen, and nothing that an agent said', () => {
    const own = exampleMechane();
    const events: RunEvent[] = [];
    own.on((event) => events.push(event));
    own.run('example/second-price', { reports });
    const run = events[0]?.run ?? '';
    expect(run).toMatch(/./);
    expect(events).toEqual([
      { kind: 'opened', mechanism: 'example/second-price', participants: ['agent1', 'agent2', 'agent3'], run },
      { kind: 'sold', agent: 'agent2', share: 1, payment: 12, run },
      { kind: 'finished', mechanism: 'example/second-price', rounds: 1, run },
    ]);
    expect(JSON.stringify(events).replaceAll(run, '')).not.toContain('15');
  });
});

describe('efficiency', () => {
  const sign = directMechanism({
    id: 'example/sign',
    settings: z.strictObject({ best: z.number() }),
    report: z.strictObject({ value: z.number() }),
    decide: () => ({ chosen: true }),
    value: (_, { value }) => value,
    bestWelfare: (_, { best }) => best,
  });
  const signs = createMechane().use(definePlugin({ name: 'signs', version: '1.0.0', mechanisms: [sign] }));
  test.each([
    { welfare: 4, best: 8, efficiency: 0.5 },
    { welfare: 0, best: 0, efficiency: 1 },
    { welfare: -3, best: -3, efficiency: 1 },
    { welfare: -3, best: 0, efficiency: null },
  ])('of welfare $welfare where $best is possible is $efficiency', ({ welfare, best, efficiency }) => {
    const { metrics } = signs.run('example/sign', { settings: { best }, reports: { a: { value: welfare } } });
    expect(metrics).toMatchObject({ welfare, efficiency, revenue: null });
  });
});

test('sums beyond all doubles are refused, not printed as nothing', async () => {
  const everybodyPays = directMechanism({
    id: 'example/everybody-pays',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: z.number() }),
    decide: (bids) => ({ payments: perAgent(bids.keys(), (agent) => bids.get(agent)?.bid ?? 0) }),
  });
  const payers = createMechane().use(definePlugin({ name: 'payers', version: '1.0.0', mechanisms: [everybodyPays] }));
  const reports = { a: { bid: 1e308 }, b: { bid: 1e308 } };
  expect(() => payers.run('example/everybody-pays', { reports })).toThrow(coded('overflow', ['reports']));
  // Among live agents the outcome stands: nobody takes it from the others by naming an amount.
  const live = await payers.open('example/everybody-pays', {
    agents: { a: () => ({ bid: 1e308 }), b: () => ({ bid: 1e308 }) },
  }).result;
  expect(live.outcome).toEqual({ payments: { a: 1e308, b: 1e308 } });
  expect(live.metrics).toEqual({ participants: 2, rounds: 1, welfare: null, efficiency: null, revenue: null });
});

test('a payment that is no finite number is the mechanism’s fault, and no journal takes it for nothing', async () => {
  for (const payment of [Number.POSITIVE_INFINITY, Number.NaN]) {
    const endless = directMechanism({
      id: 'example/endless',
      settings: z.strictObject({}),
      report: z.strictObject({ bid: z.number() }),
      decide: (bids) => ({ payments: perAgent(bids.keys(), () => payment) }),
    });
    const payers = createMechane().use(definePlugin({ name: 'payers', version: '1.0.0', mechanisms: [endless] }));
    const [live, recorded, atOnce] = [journalRecorder(), journalRecorder(), journalRecorder()];
    const session = payers.open('example/endless', { agents: { a: () => ({ bid: 1 }) }, journal: live });
    await expect(session.result).rejects.toMatchObject({ code: 'mechanism-failed' });
    const scenario = { mechanism: 'example/endless', reports: { a: { bid: 1 } } };
    await expect(payers.record(scenario, { journal: recorded })).rejects.toThrow(/finite number/);
    expect(() => payers.runScenario(scenario, { journal: atOnce })).toThrow(/finite number/);
    for (const journal of [live, recorded, atOnce]) {
      expect(journal.journal().entries.map(({ kind }) => kind)).not.toContain('closed');
    }
  }
});

describe('seeds', () => {
  const draw = (seed?: number) =>
    mechane.run('example/lottery', { reports: { a: {}, b: {} }, ...(seed === undefined ? {} : { seed }) });
  test('fix all randomness', () => {
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4).outcome).not.toEqual(draw(5).outcome);
  });
  test('are drawn where none is given and randomness is asked for, so that the run can be repeated', () => {
    const { seed, outcome, certificate } = draw();
    expect(draw(seed as number).outcome).toEqual(outcome);
    expect(certificate).toEqual({ status: 'feasible' });
    expect(draw().seed).not.toBe(seed);
  });
  test.each([1.5, Number.NaN, '1', null])('of %s are refused', (seed) => {
    // @ts-expect-error some of these are no numbers
    expect(() => mechane.run('example/lottery', { reports: {}, seed })).toThrow(coded('invalid-scenario', ['seed']));
  });
});

describe('ties', () => {
  const tied = { zed: { bid: 7 }, amy: { bid: 7 }, bob: { bid: 7 } };
  const winner = (breakTie: 'agent-id' | 'lot' | { priority: string[] }, seed = 1, bids: object = tied) =>
    mechane.run('example/second-price', { settings: { breakTie }, reports: bids as typeof tied, seed }).outcome.winner;
  test('go to the first id unless told otherwise', () => {
    expect(mechane.run('example/second-price', { reports: tied }).outcome.winner).toBe('amy');
    expect(winner('agent-id')).toBe('amy');
  });
  test('go by priority on request, then by id', () => {
    expect(winner({ priority: ['bob', 'zed'] })).toBe('bob');
    expect(winner({ priority: ['nobody'] })).toBe('amy');
  });
  test('go by seeded lot on request, to each about equally often, whatever the order of the reports', () => {
    const wins = new Map<string | null, number>();
    for (let seed = 0; seed < 3000; seed++) {
      const drawn = winner('lot', seed);
      wins.set(drawn, (wins.get(drawn) ?? 0) + 1);
    }
    for (const agent of Object.keys(tied))
      expect(Math.abs((wins.get(agent) ?? 0) - 1000)).toBeLessThan(5 * Math.sqrt(667));
    const reversed = Object.fromEntries(Object.entries(tied).reverse());
    for (let seed = 0; seed < 20; seed++) expect(winner('lot', seed, reversed)).toBe(winner('lot', seed));
  });
  test('break by one agent at a time, too', () => {
    const all = { settings: { start: 5, step: 2 }, reports: { b: { value: 8 }, a: { value: 8 } } };
    expect(mechane.run('example/clock', all).outcome).toMatchObject({ winner: 'a', payment: 7 });
  });
  test.each(['coin', { priority: ['a', 'a'] }, { priorities: [] }, 3])('by %j are refused', (breakTie) => {
    // @ts-expect-error none of these is a tie-break
    expect(() => mechane.run('example/second-price', { settings: { breakTie }, reports: tied })).toThrow(
      expect.objectContaining({ path: expect.arrayContaining(['settings', 'breakTie']) }),
    );
  });
});

describe('messages', () => {
  test('are heard in their order', () => {
    const { outcome, metrics } = mechane.run('example/counter', {
      settings: { units: 5 },
      messages: [
        ['a', { wants: 2 }],
        ['b', { wants: 2 }],
        ['a', { wants: 4 }],
      ],
    });
    expect(outcome.sales).toEqual([
      ['a', 2],
      ['b', 2],
      ['a', 1],
    ]);
    expect(metrics).toEqual({ participants: 2, rounds: 3, welfare: null, efficiency: null, revenue: null });
  });
  test('may run out before the mechanism has heard enough', () => {
    expect(mechane.run('example/counter', { settings: { units: 5 }, messages: [] }).outcome.sales).toEqual([]);
  });
  test('that nobody listens to are refused with their place', () => {
    const messages: [string, { wants: number }][] = [
      ['a', { wants: 1 }],
      ['b', { wants: 1 }],
    ];
    expect(() => mechane.run('example/counter', { settings: { units: 1 }, messages })).toThrow(
      coded('invalid-message', ['messages', 1]),
    );
    expect(() => mechane.run('example/counter', { settings: { units: 9, open: ['b'] }, messages })).toThrow(
      coded('invalid-message', ['messages', 0]),
    );
  });
  test('of a round that asks are taken until somebody would speak twice', () => {
    const messages: [string, 'in' | 'out'][] = [
      ['a', 'in'],
      ['b', 'in'],
      ['a', 'in'],
      ['b', 'out'],
    ];
    expect(mechane.run('example/clock', { settings: { start: 1, step: 1 }, messages }).outcome).toMatchObject({
      winner: 'a',
      payment: 2,
    });
  });
  test.each([
    [{}, ['messages']],
    [[['a']], ['messages', 0]],
    [[[1, { wants: 1 }]], ['messages', 0]],
    [[['a', { wants: 0 }]], ['messages', 0, 1, 'wants']],
    [[['a', { wants: 101 }]], ['messages', 0, 1, 'wants']],
  ])('like %j are refused', (messages, path) => {
    // @ts-expect-error none of these is a list of messages
    expect(() => mechane.run('example/counter', { settings: { units: 1 }, messages })).toThrow(
      coded('invalid-message', path),
    );
  });
});

describe('columns', () => {
  const highest = directMechanism({
    id: 'example/highest',
    settings: z.strictObject({}),
    report: z.strictObject({ bid: z.number() }),
    decide: (bids) => ({ winner: [...bids.keys()][0] ?? null }),
    columns: {
      agents: ({ ids }: { ids: string[]; bids: Float64Array }) => agentColumn(ids).ids,
      decide({ ids, bids }) {
        const best = bids.reduce((winner, bid, index) => (bid > (bids[winner] ?? 0) ? index : winner), 0);
        const welfare = bids[best] ?? 0;
        return { outcome: { winner: ids[best] ?? null }, welfare, bestWelfare: welfare, revenue: 0 };
      },
    },
  });
  const columnar = createMechane().use(definePlugin({ name: 'columnar', version: '1.0.0', mechanisms: [highest] }));
  test('run at once', () => {
    const columns = { ids: ['a', 'b'], bids: Float64Array.of(3, 4) };
    expect(columnar.run('example/highest', { columns })).toEqual({
      mechanism: 'example/highest',
      outcome: { winner: 'b' },
      metrics: { participants: 2, rounds: 1, welfare: 4, efficiency: 1, revenue: 0 },
      seed: null,
    });
  });
  test('need distinct agents that are text', () => {
    expect(() => agentColumn(['a', 'b', 'a'])).toThrow(coded('duplicate-agent', ['columns', 'ids', 2]));
    // @ts-expect-error an id is text
    expect(() => agentColumn([1])).toThrow(coded('invalid-columns', ['columns', 'ids', 0]));
    expect(() => agentColumn(['x'.repeat(1e6), 'x'.repeat(1e6)])).toThrow(/x…" appears twice/);
  });
  test('are refused where a mechanism takes none', () => {
    // @ts-expect-error it takes none
    expect(() => mechane.run('example/clock', { settings: { start: 1, step: 1 }, columns: {} })).toThrow(
      coded('invalid-columns', ['columns']),
    );
  });
});

describe('bad input', () => {
  const run = (scenario: unknown) => () => mechane.runScenario(scenario);
  const second = (rest: object) => run({ mechanism: 'example/second-price', ...rest });
  test.each<[string, () => unknown, string, (string | number)[], RegExp]>([
    [
      'text',
      run('x'),
      'invalid-scenario',
      [],
      /^string was given; expected an object with "mechanism" and "reports"\./,
    ],
    ['null', run(null), 'invalid-scenario', [], /null was given/],
    ['a list', run([]), 'invalid-scenario', [], /an array was given/],
    ['no mechanism', run({}), 'unknown-mechanism', ['mechanism'], /no mechanism is named/],
    [
      'an unknown mechanism',
      run({ mechanism: 'example/secondprice' }),
      'unknown-mechanism',
      ['mechanism'],
      /did you mean "example\/second-price"/,
    ],
    [
      'an uninstalled mechanism',
      run({ mechanism: 'gossip/whisper-down-the-lane' }),
      'unknown-mechanism',
      ['mechanism'],
      /npm install @mechane\/gossip/,
    ],
    [
      'a mechanism of no package',
      run({ mechanism: 'zzzzzzzzzzzz' }),
      'unknown-mechanism',
      ['mechanism'],
      /use\(\) the plugin/,
    ],
    ['a misspelt key', second({ report: {} }), 'unknown-key', ['report'], /did you mean "reports"/],
    [
      'a misspelt setting',
      second({ settings: { reserv: 1 }, reports: {} }),
      'unknown-key',
      ['settings', 'reserv'],
      /did you mean "reserve"/,
    ],
    [
      'a misspelt common setting',
      second({ settings: { braekTie: 1 }, reports: {} }),
      'unknown-key',
      ['settings', 'braekTie'],
      /did you mean "breakTie"/,
    ],
    [
      'an unlikely key',
      second({ settings: { zzzzzz: 1 }, reports: {} }),
      'unknown-key',
      ['settings', 'zzzzzz'],
      /remove the key/,
    ],
    [
      'settings that are text',
      second({ settings: 'x', reports: {} }),
      'invalid-settings',
      ['settings'],
      /object of settings/,
    ],
    ['no reports', second({}), 'invalid-scenario', ['reports'], /there are no reports/],
    ['no messages', run({ mechanism: 'example/counter' }), 'invalid-scenario', ['messages'], /there are no messages/],
    [
      'reports where messages are due',
      run({ mechanism: 'example/counter', reports: {} }),
      'invalid-scenario',
      ['reports'],
      /takes messages/,
    ],
    [
      'reports that are text',
      second({ reports: 'x' }),
      'invalid-report',
      ['reports'],
      /string was given; expected an object of reports by agent id, or a list of pairs/,
    ],
    ['reports that are a number', second({ reports: 7 }), 'invalid-report', ['reports'], /number was given/],
    ['reports that are nothing', second({ reports: null }), 'invalid-report', ['reports'], /null was given/],
    [
      'a bad report among pairs',
      second({ reports: [['a', { bid: -1 }]] }),
      'invalid-report',
      ['reports', 'a', 'bid'],
      />=0/,
    ],
    [
      'a unit that is no number',
      second({ settings: { unit: 'cent' }, reports: {} }),
      'invalid-settings',
      ['settings', 'unit'],
      /number/,
    ],
    [
      'a setting that is wrong',
      second({ settings: { reserve: 'x' }, reports: {} }),
      'invalid-settings',
      ['settings', 'reserve'],
      /number/,
    ],
    ['a list of no pairs', second({ reports: [1] }), 'invalid-report', ['reports', 0], /this is no pair/],
    ['NaN', second({ reports: { a: { bid: Number.NaN } } }), 'invalid-report', ['reports', 'a', 'bid'], /NaN/],
    [
      'Infinity',
      second({ reports: { a: { bid: Number.POSITIVE_INFINITY } } }),
      'invalid-report',
      ['reports', 'a', 'bid'],
      /number/,
    ],
    ['a negative bid', second({ reports: { a: { bid: -1 } } }), 'invalid-report', ['reports', 'a', 'bid'], />=0/],
    [
      'a missing bid',
      second({ reports: { a: {} } }),
      'invalid-report',
      ['reports', 'a', 'bid'],
      /nothing is given; expected a number/,
    ],
    [
      'a misspelt key in a report',
      second({ reports: { a: { bd: 1, bid: 1 } } }),
      'unknown-key',
      ['reports', 'a', 'bd'],
      /did you mean "bid"/,
    ],
    [
      'a report that is no object',
      second({ reports: { a: 7 } }),
      'invalid-report',
      ['reports', 'a'],
      /expected object/,
    ],
    [
      'types of nobody',
      second({ reports: { ann: { bid: 1 } }, types: { anne: { bid: 1 } } }),
      'unknown-agent',
      ['types', 'anne'],
      /did you mean "ann"/,
    ],
    ['types that are text', second({ reports: {}, types: 'x' }), 'invalid-types', ['types'], /object of types/],
    [
      'a type that is wrong',
      second({ reports: { a: { bid: 1 } }, types: { a: { bid: '1' } } }),
      'invalid-types',
      ['types', 'a', 'bid'],
      /number/,
    ],
    [
      'a mechanism named by a number',
      run({ mechanism: 7 }),
      'unknown-mechanism',
      ['mechanism'],
      /no mechanism is named/,
    ],
  ])('%s is refused', (_, attempt, code, path, message) => {
    expect(attempt).toThrow(coded(code, path));
    expect(attempt).toThrow(message);
  });
  test('of 10 MB gets a short answer', () => {
    const endless = 'x'.repeat(10_000_000);
    for (const scenario of [
      { mechanism: endless },
      { mechanism: 'example/second-price', [endless]: 1 },
      { mechanism: 'example/second-price', reports: { [endless]: { bid: -1 } } },
      { mechanism: 'example/second-price', reports: { a: { bid: endless } } },
    ]) {
      expect(run(scenario)).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{1,1000}$/s) }));
    }
  });
  test('that fights back gets a coded error', () => {
    const throwing = {
      get bid() {
        throw new Error('ha');
      },
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(second({ reports: { a: throwing } })).toThrow(coded('invalid-report', ['reports', 'a']));
    expect(second({ reports: { a: proxy } })).toThrow(coded('invalid-report', ['reports', 'a']));
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(second({ reports: { a: { bid: 1, value: deep } } })).toThrow(
      coded('invalid-report', ['reports', 'a', 'value']),
    );
  });
  test('names the branch of a union that got furthest', () => {
    const either = directMechanism({
      id: 'example/either',
      settings: z.strictObject({}),
      report: z.union([
        z.strictObject({ xor: z.array(z.strictObject({ value: z.number() })) }),
        z.strictObject({ or: z.array(z.number()) }),
      ]),
      decide: () => perAgent([], () => 0),
    });
    const union = createMechane().use(definePlugin({ name: 'either', version: '1.0.0', mechanisms: [either] }));
    const report = (given: unknown) => () => union.runScenario({ mechanism: 'example/either', reports: { a: given } });
    expect(report({ xor: [{ value: 'x' }] })).toThrow(coded('invalid-report', ['reports', 'a', 'xor', 0, 'value']));
    expect(report({ xor: [{ vaule: 1, value: 1 }] })).toThrow(/did you mean "value"/);
    expect(report({ xro: [] })).toThrow(expect.objectContaining({ path: ['reports', 'a', expect.any(String)] }));
    expect(report(3)).toThrow(coded('invalid-report', ['reports', 'a']));
  });
});

describe('a mechanism that fails', () => {
  test.each([
    ['error', /division by zero/],
    ['word', /no error/],
  ] as const)('with an %s gives a coded error and an event, and is named', (thrown, message) => {
    const own = exampleMechane();
    const events: RunEvent[] = [];
    own.on((event) => events.push(event));
    expect(() => own.run('example/faulty', { settings: { thrown }, reports: {} })).toThrow(
      expect.objectContaining({ code: 'mechanism-failed', message: expect.stringMatching(message) }),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['opened', 'failed']);
  });
});

test('a run that was called off does not begin', () => {
  const signal = AbortSignal.abort('enough');
  expect(() => mechane.run('example/second-price', { reports, signal })).toThrow(
    expect.objectContaining({ code: 'aborted', cause: 'enough' }),
  );
});
