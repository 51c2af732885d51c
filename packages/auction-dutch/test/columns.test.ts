import { codedErrorOf } from '@mechane/conformance';
import { agentColumn, createMechane, seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { dutchAuctions, type ThresholdColumns } from '../src/index.ts';

const mechane = createMechane().use(dutchAuctions);
const play = (columns: ThresholdColumns) =>
  mechane.run('auction-dutch/clock', { columns, settings: { startingPrice: 10 } });

const error = (columns: unknown) => codedErrorOf(() => play(columns as ThresholdColumns));

test('the clock says of columns what it says of the same thresholds in a record', () => {
  const random = seededRandom(11);
  for (let round = 0; round < 500; round++) {
    const agents = random.shuffled(['ann', 'bob', 'cat', 'dan', '__proto__', 'constructor'].slice(0, random.below(7)));
    const thresholds = agents.map(() => random.below(26) / 2);
    const settings = {
      startingPrice: 8 + random.below(4),
      floor: random.below(6),
      breakTie: (['agent-id', 'lot', { priority: ['dan', 'bob'] }] as const)[random.below(3)] ?? 'lot',
      ...(random.below(2) === 0 ? { decrement: 0.5 + random.below(2) } : {}),
    };
    const reports = agents.map((agent, row) => [agent, { threshold: thresholds[row] ?? 0 }] as const);
    const record = mechane.run('auction-dutch/clock', { reports, settings, seed: round });
    const columns = { ids: agentColumn(agents), thresholds: Float64Array.from(thresholds) };
    const column = mechane.run('auction-dutch/clock', { columns, settings, seed: round });
    expect(column).toEqual(record);
    expect(column.outcome.payments).toBe(column.outcome.payments);
  }
});

describe('bad columns', () => {
  test.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['a negative threshold', -1],
  ])('refuses %s wherever it stands, naming the first such row', (_, bad) => {
    for (const row of [0, 1, 2, 3]) {
      const thresholds = Float64Array.of(5, 9, 1, 7);
      thresholds[row] = bad;
      expect(error({ ids: ['a', 'b', 'c', 'd'], thresholds })).toMatchObject({
        code: 'invalid-columns',
        path: ['columns', 'thresholds', row],
      });
    }
  });

  test.each([
    ['nothing', null, ['columns']],
    ['text', 'thresholds', ['columns']],
    ['columns without ids', { thresholds: Float64Array.of(1) }, ['columns']],
    ['columns without thresholds', { ids: ['a'] }, ['columns']],
    ['thresholds in a plain array', { ids: ['a'], thresholds: [1] }, ['columns', 'thresholds']],
    ['ids that are no list', { ids: 'a', thresholds: Float64Array.of(1) }, ['columns', 'ids']],
    ['an id that is no text', { ids: [1], thresholds: Float64Array.of(1) }, ['columns', 'ids', 0]],
    ['fewer thresholds than ids', { ids: ['a', 'b'], thresholds: Float64Array.of(1) }, ['columns', 'thresholds']],
  ])('refuses %s', (_, columns, path) => {
    expect(error(columns)).toMatchObject({ code: 'invalid-columns', path });
  });

  test('refuses an agent twice, and a misspelt column', () => {
    expect(error({ ids: ['a', 'b', 'a'], thresholds: Float64Array.of(1, 2, 3) })).toMatchObject({
      code: 'duplicate-agent',
      path: ['columns', 'ids', 2],
    });
    expect(error({ ids: ['a'], thresholds: Float64Array.of(1), threshold: [] })).toMatchObject({
      code: 'unknown-key',
      path: ['columns', 'threshold'],
      fix: 'did you mean "thresholds"?',
    });
  });
});
