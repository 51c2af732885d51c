import { ServiceError } from '@mechane/client';
import type { JsonSchema } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { eventInWords, outcomeInWords, valueInWords } from '../src/live/in-words.ts';
import { journalTold, reportsIn } from '../src/live/journal-told.ts';
import { ServerClock } from '../src/live/server-clock.ts';
import { becameOf } from '../src/live/use-saying.ts';
import { waysToAnswer } from '../src/live/ways-to-answer.ts';

describe('the service’s clock', () => {
  const utc = (milliseconds: number): string => new Date(milliseconds).toUTCString();

  test('is known to within half a second after one answer, and better after more', () => {
    const clock = new ServerClock();
    const ahead = 90_400;
    // The service says the second in which it answers: 10.4 s past is said as 10.
    clock.hear(utc(100_000), 9_600, 9_700);
    expect(Math.abs(clock.now(0) - ahead)).toBeLessThanOrEqual(600);
    for (const here of [20_000, 30_250, 40_500, 50_750])
      clock.hear(utc(Math.floor((here + ahead) / 1000) * 1000), here, here);
    expect(Math.abs(clock.now(0) - ahead)).toBeLessThanOrEqual(250);
  });

  test('is found again after it was set', () => {
    const clock = new ServerClock();
    clock.hear(utc(100_000), 100_000, 100_010);
    clock.hear(utc(900_000), 101_000, 101_010);
    expect(Math.abs(clock.now(101_000) - 900_000)).toBeLessThanOrEqual(1000);
  });

  test('is this machine’s, where the service says no time', () => {
    const clock = new ServerClock();
    clock.hear(null, 0, 1);
    expect(clock.now(5)).toBe(5);
  });
});

describe('ways to answer', () => {
  const money: JsonSchema = { type: 'number', minimum: 0 };
  const object = (properties: Record<string, JsonSchema>, required: string[]): JsonSchema =>
    ({ type: 'object', properties, required }) as JsonSchema;
  const clock = {
    anyOf: [{ type: 'string', enum: ['in', 'out'] }, object({ leaveAt: money }, ['leaveAt'])],
  } as JsonSchema;

  test('a clock that calls a price has buttons, and one that runs has a field', () => {
    const called = waysToAnswer(clock, { price: 7, answer: 'in-or-out' });
    expect(called.words.map(({ message, label }) => [message, label])).toEqual([
      ['in', 'In at 7'],
      ['out', 'Out'],
    ]);
    expect(called.forms).toEqual([]);
    const running = waysToAnswer(clock, { price: 7, answer: 'leaving-price' });
    expect(running.words).toEqual([]);
    expect(running.forms.map(({ fields }) => fields.map(({ label }) => label))).toEqual([['Leave at']]);
  });

  test('kinds of orders are forms by their names, and what is fixed is not asked for', () => {
    const kind = (type: string, ...fields: string[]): JsonSchema =>
      object({ type: { const: type } as JsonSchema, ...Object.fromEntries(fields.map((name) => [name, money])) }, [
        'type',
        ...fields,
      ]);
    const { forms } = waysToAnswer(
      { oneOf: [kind('limit', 'price', 'quantity'), kind('market', 'quantity')] } as JsonSchema,
      {},
    );
    expect(forms.map(({ label, fixed, fields }) => [label, fixed, fields.map(({ name }) => name)])).toEqual([
      ['Limit', { type: 'limit' }, ['price', 'quantity']],
      ['Market', { type: 'market' }, ['quantity']],
    ]);
  });

  test('what the question says is not to be had is not offered', () => {
    const buyNow = {
      anyOf: [object({ max: money }, ['max']), object({ buyNow: { const: true } as JsonSchema }, ['buyNow'])],
    } as JsonSchema;
    expect(waysToAnswer(buyNow, { buyNow: null }).words).toEqual([]);
    expect(waysToAnswer(buyNow, { buyNow: 50 }).words).toEqual([{ message: { buyNow: true }, label: 'Buy now' }]);
  });

  test('a schema that says nothing leaves JSON', () => {
    expect(waysToAnswer({}, undefined)).toEqual({ words: [], forms: [], isOpen: true });
  });
});

describe('words', () => {
  test('of values', () => {
    expect(valueInWords(0.1 + 0.2)).toBe('0.3');
    expect(valueInWords(-3)).toBe('−3');
    expect(valueInWords({ bid: 7 })).toBe('7');
    expect(valueInWords({ type: 'stop', side: 'buy', stopPrice: 3 })).toBe('stop · side buy · stop price 3');
    expect(valueInWords({ type: 'limit', side: 'buy', price: 3, quantity: 2, id: 'a' })).toBe('buy 2 at 3');
    expect(valueInWords([['A', 'B'], null])).toBe('A, B, –');
  });

  test('of events, to those whom they are about', () => {
    const run = 's';
    expect(eventInWords({ kind: 'replied', round: 1, agent: 'ann', run }, 'ann')).toBe('You answered');
    expect(eventInWords({ kind: 'replied', round: 1, agent: 'ann', run }, 'bob')).toBe('ann answered');
    expect(eventInWords({ kind: 'sold', agent: 'ann', share: 1, payment: 7, run })).toBe('ann gets it and pays 7');
    expect(eventInWords({ kind: 'sold', agent: 'ann', share: [], payment: 0, run }, 'ann')).toBe('You get nothing');
    expect(eventInWords({ kind: 'asked', round: 2, agents: ['ann', 'bob'], run }, 'eve')).toBe(
      'Round 2: 2 others asked',
    );
  });

  test('of what came out', () => {
    const outcome = { winner: 'bob', payments: { ann: 3, bob: 7 } };
    expect(outcomeInWords(outcome, 'bob')).toBe('You won, and pay 7.');
    expect(outcomeInWords(outcome, 'ann')).toBe('bob won, and you pay 3.');
    expect(outcomeInWords({ winner: null }, 'ann', 'would')).toBe('Nothing would have been sold.');
    expect(outcomeInWords({ allocation: { ann: ['A'] }, payments: { ann: 2 } }, 'ann')).toBe('You get A and pay 2.');
    expect(outcomeInWords({ matches: { ann: ['bob'], cat: [] } }, 'ann')).toBe('You are matched with bob.');
    expect(outcomeInWords({ matches: { cat: [] } }, 'cat')).toBe('You are matched with nobody.');
    expect(outcomeInWords({ allocation: { ann: 'desk' } }, 'ann')).toBe('You get desk.');
    expect(outcomeInWords({ chosen: 'bridge', payments: { ann: 15 } }, 'ann')).toBe(
      'bridge is chosen, and you pay 15.',
    );
    const trades = [
      { buyer: 'ann', seller: 'bob', price: 10, quantity: 2 },
      { buyer: 'cat', seller: 'ann', price: 12, quantity: 1 },
    ];
    expect(outcomeInWords({ trades, payments: { ann: 8 } }, 'ann', 'would')).toBe(
      'Then: you buy 2 and sell 1, and pay 8.',
    );
    expect(outcomeInWords({ trades, payments: { eve: 0 } }, 'eve')).toBe('You do not trade.');
    expect(outcomeInWords({ unheard: {} }, 'ann')).toBeUndefined();
  });
});

describe('a journal', () => {
  const journal = (...entries: object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  const opened = { kind: 'opened', settings: { reserve: 2 }, participants: ['ann'], seed: 3 };
  const said = (round: number, agent: string, message: unknown): object => ({ kind: 'message', round, agent, message });

  test('tells who said what last in each round, and who came in', () => {
    const told = journalTold(
      journal(
        opened,
        { kind: 'joined', agent: 'bob' },
        said(1, 'ann', { bid: 3 }),
        said(1, 'ann', { bid: 4 }),
        said(1, 'bob', { bid: 5 }),
        { kind: 'withdrawn', round: 1, agent: 'bob' },
      ),
    );
    expect(told).toMatchObject({ participants: ['ann', 'bob'], settings: { reserve: 2 }, seed: 3, isWhole: true });
    expect(told.messages).toMatchObject([{ round: 1, agent: 'ann', message: { bid: 4 } }]);
  });

  test('is not whole where a line is hidden', () => {
    expect(journalTold(journal(opened, { seq: 1, leaf: 'ab', hash: 'cd' })).isWhole).toBe(false);
  });

  test('of a clock is drawn by where each left', () => {
    const told = journalTold(
      journal({ ...opened, participants: ['ann', 'bob'] }, said(1, 'ann', 'in'), said(1, 'bob', 'out')),
    );
    const history = [{ round: 1, price: 4, agent: 'bob' }];
    expect(reportsIn(told, { winner: 'ann', payment: 4, history })).toEqual({ ann: { value: 4 }, bob: { value: 4 } });
    expect(reportsIn(told, { winner: 'ann', payment: 4, history: [] })).toBeUndefined();
  });
});

test('what a service refuses is known not to count; what it answered otherwise, or not at all, may count', () => {
  const failed = (code: string, status?: number): ServiceError =>
    new ServiceError(code, { problem: 'it failed', status });
  expect(becameOf(failed('late-message', 409))).toBe('refused');
  expect(becameOf(failed('false-receipt'))).toBe('unknown');
  expect(becameOf(failed('store-failed', 503))).toBe('unknown');
  expect(becameOf(new TypeError('the network is gone'))).toBe('unknown');
});
