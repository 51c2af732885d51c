import { createMechane } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { matchings, serialDictatorship } from '../src/index.ts';

const mechane = createMechane().use(matchings);
const coded = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });

describe('serial dictatorship', () => {
  const reports = { ann: { ranking: ['A', 'B'] }, bob: { ranking: ['A', 'C'] }, cat: { ranking: ['A'] } };
  const settings = { items: ['A', 'B', 'C'] };
  const assign = (more: object) =>
    mechane.run('matching/serial-dictatorship', { settings: { ...settings, ...more }, reports, seed: 3 });
  test('lets agents choose in order of their ids, or as the settings say', () => {
    expect(assign({}).outcome.allocation).toEqual({ ann: 'A', bob: 'C' });
    expect(assign({ order: ['cat', 'bob'] }).outcome.allocation).toEqual({ cat: 'A', bob: 'C', ann: 'B' });
    expect(assign({ order: ['nobody', 'bob'] }).outcome.allocation).toEqual({ bob: 'A', ann: 'B' });
    expect(assign({ breakTie: { priority: ['bob'] } }).outcome.allocation).toEqual({ bob: 'A', ann: 'B' });
  });
  test('says nothing of an agent that gets nothing', () => {
    expect(Object.keys(assign({}).outcome.allocation).sort()).toEqual(['ann', 'bob']);
  });
  test('by lot gives each the first choice equally often (Abdulkadiroglu and Sonmez 1998)', { tags: ['long'] }, () => {
    const first = new Map<string, number>();
    for (let seed = 0; seed < 3_000; seed++) {
      const { outcome } = mechane.run('matching/serial-dictatorship', {
        settings: { ...settings, breakTie: 'lot' },
        reports,
        seed,
      });
      const winner = Object.keys(outcome.allocation).find((agent) => outcome.allocation[agent] === 'A') as string;
      first.set(winner, (first.get(winner) ?? 0) + 1);
    }
    // Five standard deviations of a binomial with 3,000 draws and probability 1/3.
    for (const agent of ['ann', 'bob', 'cat']) expect(Math.abs((first.get(agent) ?? 0) - 1_000)).toBeLessThan(130);
  });
  test('has no cardinal values', () => {
    expect(assign({}).metrics).toMatchObject({ welfare: null, efficiency: null, revenue: null });
  });
  test('is worth more the higher an item is ranked; to go without is worth nothing, and an item that is not ranked less', () => {
    const worth = (allocation: Record<string, string>) =>
      serialDictatorship.utility?.('ann', reports.ann, { allocation }, settings) as number;
    expect(worth({ ann: 'A' })).toBeGreaterThan(worth({ ann: 'B' }));
    expect(worth({ ann: 'B' })).toBeGreaterThan(0);
    expect(worth({ bob: 'A' })).toBe(0);
    expect(worth({ ann: 'C' })).toBeLessThan(0);
  });
  test('refuses items that are not there, and the same twice', () => {
    const rank =
      (...ranking: string[]) =>
      () =>
        mechane.run('matching/serial-dictatorship', { settings, reports: { ann: { ranking } } });
    expect(rank('A', 'D')).toThrow(coded('invalid-report', ['reports', 'ann', 'ranking', 1]));
    expect(rank('b')).toThrow(/did you mean "B"/);
    expect(rank('nothing of the kind')).toThrow(/expected one of "A", "B", "C"\. Fix: leave it out\.$/);
    expect(rank('A', 'A')).toThrow(coded('invalid-report', ['reports', 'ann', 'ranking']));
  });
  test('names no hundreds of items where one is misspelt', () => {
    const items = Array.from({ length: 200 }, (_, index) => `item${index}`);
    const run = () =>
      mechane.run('matching/serial-dictatorship', { settings: { items }, reports: { ann: { ranking: ['itme7'] } } });
    expect(run).toThrow(
      /"itme7" is no item of the settings; expected an item of the settings\. Fix: did you mean "item7"\?$/,
    );
  });
});
