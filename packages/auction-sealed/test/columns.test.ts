import { codedErrorOf } from '@mechane/conformance';
import { agentColumn, createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { type BidColumns, sealedAuctions } from '../src/index.ts';

const mechane = createMechane().use(sealedAuctions);
const ids = ['auction-sealed/first-price', 'auction-sealed/second-price', 'auction-sealed/all-pay'] as const;
type Columnar = (typeof ids)[number];

const play = (id: Columnar, columns: BidColumns, settings = {}) => mechane.run(id, { columns, settings });
const error = (id: Columnar, columns: unknown) => codedErrorOf(() => play(id, columns as BidColumns));

describe.each(ids)('%s in columns', (id) => {
  test('says what it says of the same bids in a record', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 300; round++) {
      const agents = random.shuffled(
        ['ann', 'bob', 'cat', 'dan', '__proto__', 'constructor'].slice(0, random.below(7)),
      );
      const bids = agents.map(() => random.below(8));
      const breakTie = (['agent-id', 'lot', { priority: ['dan', 'bob'] }] as const)[random.below(3)] ?? 'lot';
      const settings = { reserve: random.below(6), breakTie };
      const reports = agents.map((agent, row) => [agent, { bid: bids[row] ?? 0 }] as const);
      const columns = { ids: agentColumn(agents), bids: Float64Array.from(bids) };
      const [record, column] = [
        mechane.run(id, { reports, settings, seed: round }),
        mechane.run(id, { columns, settings, seed: round }),
      ];
      expect(JSON.parse(JSON.stringify(column.outcome))).toEqual(JSON.parse(JSON.stringify(record.outcome)));
      expect(column.outcome.payments).toEqual(record.outcome.payments);
      expect(column.metrics).toEqual(record.metrics);
    }
  });

  test('names payments once, when they are asked for', () => {
    const { outcome } = play(id, { ids: ['a', 'b'], bids: Float64Array.of(3, 5) });
    expect(outcome.payments).toBe(outcome.payments);
  });

  test('says what everybody paid although the bids were changed afterwards', () => {
    const bids = Float64Array.of(3, 5);
    const { outcome } = play(id, { ids: ['a', 'b'], bids });
    bids.fill(100);
    expect(outcome.payments.b).toBeLessThan(100);
  });

  test('takes a large column', () => {
    const bids = Float64Array.from({ length: 100_000 }, (_, row) => (row * 7919) % 100_003);
    const column = agentColumn(Array.from(bids, (_, row) => `agent${row}`));
    const [second, first] = [...bids].sort((a, b) => a - b).slice(-2);
    const { outcome, metrics } = play(id, { ids: column, bids });
    expect(outcome.winner).toBe(`agent${bids.indexOf(first ?? 0)}`);
    expect(outcome.payment).toBe(id === 'auction-sealed/second-price' ? second : first);
    expect(metrics).toMatchObject({ participants: 100_000, welfare: first, efficiency: 1 });
  });

  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['a negative bid', -1],
  ])('refuses %s wherever it stands, naming the first such row', (_, bad) => {
    for (const row of [0, 1, 2, 3]) {
      const bids = Float64Array.of(5, 9, 1, 7);
      bids[row] = bad;
      expect(error(id, { ids: ['a', 'b', 'c', 'd'], bids })).toMatchObject({
        code: 'invalid-columns',
        path: ['columns', 'bids', row],
      });
      bids[3] = Number.NaN;
      expect(error(id, { ids: ['a', 'b', 'c', 'd'], bids }).path).toEqual(['columns', 'bids', row]);
    }
  });

  test.each([
    ['nothing', null, ['columns']],
    ['text', 'bids', ['columns']],
    ['columns without ids', { bids: Float64Array.of(1) }, ['columns']],
    ['columns without bids', { ids: ['a'] }, ['columns']],
    ['bids in a plain array', { ids: ['a'], bids: [1] }, ['columns', 'bids']],
    ['ids that are no list', { ids: 'a', bids: Float64Array.of(1) }, ['columns', 'ids']],
    ['an id that is no text', { ids: [1], bids: Float64Array.of(1) }, ['columns', 'ids', 0]],
    ['fewer bids than ids', { ids: ['a', 'b'], bids: Float64Array.of(1) }, ['columns', 'bids']],
    ['more bids than ids', { ids: agentColumn(['a']), bids: Float64Array.of(1, 2) }, ['columns', 'bids']],
  ])('refuses %s', (_, columns, path) => {
    expect(error(id, columns)).toMatchObject({ code: 'invalid-columns', path });
  });

  test('refuses an agent twice, and a misspelt column', () => {
    expect(error(id, { ids: ['a', 'b', 'a'], bids: Float64Array.of(1, 2, 3) })).toMatchObject({
      code: 'duplicate-agent',
      path: ['columns', 'ids', 2],
    });
    const misspelt = error(id, { ids: ['a'], bids: Float64Array.of(1), bid: [] });
    expect(misspelt).toMatchObject({ code: 'unknown-key', path: ['columns', 'bid'], fix: 'did you mean "bids"?' });
  });
});
