import { codedErrorOf } from '@mechane/conformance';
import { agentColumn, createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type ClockSettings, englishAuctions, type ValueColumns } from '../src/index.ts';

const mechane = createMechane().use(englishAuctions);
const play = (columns: ValueColumns, settings: ClockSettings = { startingPrice: 0 }) =>
  mechane.run('auction-english/clock', { columns, settings });

const error = (columns: unknown) => codedErrorOf(() => play(columns as ValueColumns));

test('the clock says of columns what it says of the same values in a record', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 500; round++) {
    const agents = random.shuffled(['ann', 'bob', 'cat', 'dan', '__proto__', 'constructor'].slice(0, random.below(7)));
    const values = agents.map(() => random.below(16) / 2);
    const settings = {
      startingPrice: random.below(4),
      breakTie: (['agent-id', 'lot', { priority: ['dan', 'bob'] }] as const)[random.below(3)] ?? 'lot',
      ...(random.below(2) === 0 ? { increment: 0.5 + random.below(2) } : {}),
      ...(random.below(3) === 0 ? { maxRounds: 1 + random.below(4) } : {}),
    };
    const reports = agents.map((agent, row) => [agent, { value: values[row] ?? 0 }] as const);
    const record = mechane.run('auction-english/clock', { reports, settings, seed: round });
    const columns = { ids: agentColumn(agents), values: Float64Array.from(values) };
    const column = mechane.run('auction-english/clock', { columns, settings, seed: round });
    expect(column).toEqual(record);
  }
});

test('a large column keeps the order of departures', () => {
  const random = seededRandom(3);
  const values = Float64Array.from(
    { length: 50_000 },
    () => random.below(1_000) + (random.below(2) ? random.next() : 0),
  );
  const ids = agentColumn(Array.from(values, (_, row) => `agent${row}`));
  const { outcome, metrics } = play({ ids, values });
  const [second, first] = values.toSorted().slice(-2);
  expect(outcome.payment).toBe(second);
  expect(metrics).toMatchObject({
    participants: 50_000,
    rounds: 50_000,
    welfare: first,
    efficiency: 1,
    revenue: second,
  });
  expect([outcome.history.length, outcome.historyOmitted]).toEqual([10_000, 39_999]);
  expect(outcome.history).toBe(outcome.history);
  const sorted = ids.ids.map((agent, row) => ({ agent, price: values[row] as number }));
  sorted.sort((a, b) => a.price - b.price || (a.agent < b.agent ? 1 : -1));
  expect(outcome.history.map(({ agent, price }) => ({ agent, price }))).toEqual(sorted.slice(0, 10_000));
});

test('a history that is whole says so, however many bidders it is about', () => {
  const ids = agentColumn(Array.from({ length: 12_000 }, (_, row) => `agent${row}`));
  const values = Float64Array.from({ length: 12_000 }, (_, row) => row);
  for (const increment of [1, undefined]) {
    const { outcome } = play({ ids, values }, { startingPrice: 0, maxRounds: 3, increment });
    expect(outcome.history.map(({ agent }) => agent)).toEqual(['agent0', 'agent1']);
    expect(outcome.historyOmitted).toBeUndefined();
  }
});

test('bidders that leave together do so although another stays for more rounds than can be counted', () => {
  const values = Float64Array.of(5, Number.MAX_SAFE_INTEGER, 5);
  const { outcome } = play({ ids: ['ann', 'bob', 'cat'], values }, { startingPrice: 0, increment: 1 });
  expect(outcome).toMatchObject({ winner: 'bob', payment: 6, rounds: 7 });
  expect(outcome.history).toEqual([
    { round: 7, price: 6, agent: 'cat' },
    { round: 7, price: 6, agent: 'ann' },
  ]);
});

test('the outcome stands although the values are changed afterwards', () => {
  for (const settings of [{ startingPrice: 4 }, { startingPrice: 0, increment: 1 }]) {
    const values = Float64Array.of(3, 5, 9);
    const { outcome } = play({ ids: ['a', 'b', 'c'], values }, settings);
    values.fill(100);
    expect(outcome.history.map(({ agent }) => agent)).toEqual(['a', 'b']);
    expect(outcome.payments).toEqual({ a: 0, b: 0, c: outcome.payment });
  }
});

describe('bad columns', () => {
  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['a negative value', -1],
  ])('refuses %s wherever it stands, naming the first such row', (_, bad) => {
    for (const row of [0, 1, 2, 3]) {
      const values = Float64Array.of(5, 9, 1, 7);
      values[row] = bad;
      expect(error({ ids: ['a', 'b', 'c', 'd'], values })).toMatchObject({
        code: 'invalid-columns',
        path: ['columns', 'values', row],
      });
    }
  });

  test.each([
    ['nothing', null, ['columns']],
    ['text', 'values', ['columns']],
    ['columns without ids', { values: Float64Array.of(1) }, ['columns']],
    ['columns without values', { ids: ['a'] }, ['columns']],
    ['values in a plain array', { ids: ['a'], values: [1] }, ['columns', 'values']],
    ['ids that are no list', { ids: 'a', values: Float64Array.of(1) }, ['columns', 'ids']],
    ['an id that is no text', { ids: [1], values: Float64Array.of(1) }, ['columns', 'ids', 0]],
    ['fewer values than ids', { ids: ['a', 'b'], values: Float64Array.of(1) }, ['columns', 'values']],
  ])('refuses %s', (_, columns, path) => {
    expect(error(columns)).toMatchObject({ code: 'invalid-columns', path });
  });

  test('refuses an agent twice, and a misspelt column', () => {
    expect(error({ ids: ['a', 'b', 'a'], values: Float64Array.of(1, 2, 3) })).toMatchObject({
      code: 'duplicate-agent',
      path: ['columns', 'ids', 2],
    });
    const misspelt = error({ ids: ['a'], values: Float64Array.of(1), value: [] });
    expect(misspelt).toMatchObject({ code: 'unknown-key', path: ['columns', 'value'], fix: 'did you mean "values"?' });
  });
});
