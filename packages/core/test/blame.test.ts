import { createMechane, definePlugin, directMechanism, type JournalSink } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleMechane } from './example-mechanisms.ts';

const diskFull = (): never => {
  throw new Error('disk full');
};

describe('a journal that fails', () => {
  const sinks: [string, JournalSink][] = [
    ['at once', { append: diskFull }],
    ['later', { append: async () => diskFull() }],
  ];
  test.each(sinks)('is not the mechanism’s fault: %s', async (_, journal) => {
    const mechane = exampleMechane();
    const live = mechane.open('example/second-price', { agents: { a: () => ({ bid: 1 }) }, journal });
    await expect(live.result).rejects.toMatchObject({ code: 'journal-failed', path: ['journal'] });
    const scenario = { mechanism: 'example/second-price', reports: { a: { bid: 1 } } };
    await expect(mechane.record(scenario, { journal })).rejects.toMatchObject({ code: 'journal-failed' });
  });
  test('fails a run at once that it fails at once', () => {
    const run = () =>
      exampleMechane().run('example/second-price', { reports: { a: { bid: 1 } }, journal: { append: diskFull } });
    expect(run).toThrow(/the journal cannot be kept: disk full/);
  });
});

test('what is no number is not so large, and the mechanism’s fault', () => {
  const broken = directMechanism({
    id: 'example/broken',
    settings: z.strictObject({}),
    report: z.strictObject({}),
    decide: () => ({ payments: { a: Number.NaN } }),
  });
  const mechane = createMechane().use(definePlugin({ name: 'broken', version: '1.0.0', mechanisms: [broken] }));
  expect(() => mechane.run('example/broken', { reports: { a: {} } })).toThrow(
    expect.objectContaining({ code: 'mechanism-failed', message: expect.stringMatching(/is no number/) }),
  );
});

describe('reports as pairs', () => {
  test('are taken by scenarios, in their order', () => {
    const mechane = exampleMechane();
    const reports = [
      ['1042', { bid: 3 }],
      ['7', { bid: 4 }],
    ];
    const journalled = mechane.runScenario({ mechanism: 'example/second-price', reports });
    expect(Object.keys((journalled.outcome as { payments: object }).payments).sort()).toEqual(['1042', '7']);
    expect(() => mechane.runScenario({ mechanism: 'example/second-price', reports: [...reports, reports[0]] })).toThrow(
      expect.objectContaining({ code: 'duplicate-agent' }),
    );
  });
});
