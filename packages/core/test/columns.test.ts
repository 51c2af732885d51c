import {
  agentColumn,
  columnIds,
  createMechane,
  definePlugin,
  directMechanism,
  firstInvalidAmount,
} from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { amount, paymentsByAgent, perAgent } from '../src/index.ts';

const coded = (code: string, path: readonly unknown[]) => expect.objectContaining({ code, path });

describe('the ids of columns', () => {
  const bids = Float64Array.of(3, 4);
  test('are those of a plain list, or of a list that was checked before', () => {
    expect(columnIds({ ids: ['a', 'b'], bids }, 'bids')).toEqual(['a', 'b']);
    const checked = agentColumn(['a', 'b']);
    expect(columnIds({ ids: checked, bids }, 'bids')).toBe(checked.ids);
  });
  test('are copied when they are checked, so that nobody makes two of them alike afterwards', () => {
    const given = ['a', 'b'];
    const { ids } = agentColumn(given);
    given[1] = 'a';
    expect(ids).toEqual(['a', 'b']);
    expect(() => (ids as string[]).push('a')).toThrow(TypeError);
  });
  test.each<[string, unknown, string]>([
    ['no object', 7, 'columns: these are no columns; expected an object with ids and bids. Fix: pass { ids, bids }.'],
    ['nothing', null, 'columns: these are no columns; expected an object with ids and bids. Fix: pass { ids, bids }.'],
    [
      'no ids',
      { bids },
      'columns: these are no columns; expected an object with ids and bids. Fix: pass { ids, bids }.',
    ],
    [
      'no column',
      { ids: ['a', 'b'] },
      'columns: these are no columns; expected an object with ids and bids. Fix: pass { ids, bids }.',
    ],
    [
      'a column that nobody knows',
      { ids: ['a', 'b'], bids, bid: bids },
      'columns.bid: the key "bid" is not known; expected "ids" or "bids". Fix: did you mean "bids"?',
    ],
    [
      'a column that is a list',
      { ids: ['a', 'b'], bids: [3, 4] },
      'columns.bids: the bids are no column; expected a Float64Array. Fix: make it by Float64Array.from.',
    ],
    [
      'ids that are no list',
      { ids: 'ab', bids },
      'columns.ids: the ids are no column; expected a list of agent ids, or an agentColumn. Fix: list the ids.',
    ],
    [
      'an id that is no text',
      { ids: ['a', 7], bids },
      'columns.ids[1]: number was given; expected an agent id (text). Fix: write the id as text.',
    ],
    [
      'an agent that comes twice',
      { ids: ['a', 'a'], bids },
      'columns.ids[1]: the agent "a" appears twice; expected every agent once. Fix: merge its reports or rename one.',
    ],
    [
      'an agent too many',
      { ids: ['a', 'b', 'c'], bids },
      'columns.bids: there are 2 bids for 3 ids; expected one for each id. Fix: make them equally long.',
    ],
  ])('are refused for %s', (_, columns, message) => {
    expect(() => columnIds(columns, 'bids')).toThrow(expect.objectContaining({ message }));
  });
});

test.each([
  [[1, -0.5, Number.NaN], 1, '-0.5'],
  [[0, Number.NaN], 1, 'NaN'],
  [[Number.POSITIVE_INFINITY], 0, 'Infinity'],
])('of %j the first that is no amount is named', (amounts, row, said) => {
  const error = firstInvalidAmount('bids', Float64Array.from(amounts));
  expect(error).toMatchObject({ code: 'invalid-columns', path: ['columns', 'bids', row] });
  expect(error.message).toContain(`${said} is no amount; expected a finite number, 0 or more.`);
});

describe('columns of money', () => {
  const seen: number[][] = [];
  /** Everybody pays what it offers: on whole numbers alone. */
  const offers = directMechanism({
    id: 'example/offers',
    settings: z.strictObject({ fee: amount.default(0) }),
    report: z.strictObject({ offer: amount }),
    outcome: z.strictObject({ payments: paymentsByAgent }),
    decide: (reports, { settings: { fee } }) => ({
      payments: perAgent(reports.keys(), (agent) => (reports.get(agent)?.offer as number) + fee),
    }),
    value: (_, { offer }) => offer,
    columns: {
      money: ['offers'],
      agents: ({ ids }: { ids: string[]; offers: Float64Array; weights?: Float64Array }) => ids,
      decide({ ids, offers, weights }, { settings: { fee } }) {
        seen.push([...offers, fee, ...(weights ?? [])]);
        const welfare = offers.reduce((sum, offer) => sum + offer, 0);
        const payments = perAgent(ids, (agent) => (offers[ids.indexOf(agent)] as number) + fee);
        return { outcome: { payments }, welfare, bestWelfare: 2 * welfare, revenue: welfare + ids.length * fee };
      },
    },
  });
  const mechane = createMechane().use(definePlugin({ name: 'offers', version: '1.0.0', mechanisms: [offers] }));
  const ids = ['a', 'b'];

  test('reach the rule in whole numbers of the finest decimal, and come back as decimals', () => {
    seen.length = 0;
    const columns = { ids, offers: Float64Array.of(0.1, 0.25), weights: Float64Array.of(0.5, 0.5) };
    const { outcome, metrics } = mechane.run('example/offers', { columns, settings: { fee: 0.2 } });
    expect(seen).toEqual([[10, 25, 20, 0.5, 0.5]]);
    expect(outcome).toEqual({ payments: { a: 0.3, b: 0.45 } });
    expect(metrics).toEqual({ participants: 2, rounds: 1, welfare: 0.35, efficiency: 0.5, revenue: 0.75 });
    expect([...columns.offers]).toEqual([0.1, 0.25]);
  });
  test('come to metrics of every digit, however many there are', () => {
    const columns = { ids, offers: Float64Array.of(1000000.000000001, 1e-9) };
    const { metrics } = mechane.run('example/offers', { columns });
    expect(metrics).toMatchObject({ welfare: 1000000.000000002, efficiency: 0.5, revenue: 1000000.000000002 });
  });
  test('reach it as they are where all is whole, or beyond what can be counted', () => {
    seen.length = 0;
    mechane.run('example/offers', { columns: { ids, offers: Float64Array.of(3, 4) } });
    mechane.run('example/offers', { columns: { ids, offers: Float64Array.of(1e-15, 4000) } });
    expect(seen).toEqual([
      [3, 4, 0],
      [1e-15, 4000, 0],
    ]);
  });
  test('are counted in the unit that is named, and refused where they are finer', () => {
    seen.length = 0;
    const run = (unit: number, ...offers: number[]) =>
      mechane.run('example/offers', { columns: { ids, offers: Float64Array.from(offers) }, settings: { unit } });
    run(0.05, 0.1, 0.25);
    expect(seen).toEqual([[2, 5, 0]]);
    expect(() => run(0.1, 0.1, 0.25)).toThrow(coded('imprecise-amount', ['columns', 'offers', 1]));
    expect(() => run(5, 10, 3)).toThrow(coded('imprecise-amount', ['columns', 'offers', 1]));
  });
  test('are refused where a whole amount is more than can be told from its neighbour', () => {
    const columns = { ids, offers: Float64Array.of(2 ** 53, 0.5) };
    expect(() => mechane.run('example/offers', { columns })).toThrow(
      coded('imprecise-amount', ['columns', 'offers', 0]),
    );
  });
  test('give what reports of the same give', () => {
    const columns = { ids, offers: Float64Array.of(0.1, 0.25) };
    const reports = { a: { offer: 0.1 }, b: { offer: 0.25 } };
    const settings = { fee: 0.01 };
    expect(mechane.run('example/offers', { columns, settings }).outcome).toEqual(
      mechane.run('example/offers', { reports, settings }).outcome,
    );
  });
});
