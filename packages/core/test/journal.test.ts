import { type Journal, journalRecorder } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { exampleMechane } from './example-mechanisms.ts';

const mechane = exampleMechane();
const settings = { start: 5, step: 1, breakTie: { priority: ['c'] } };

function recorded(): { journal: Journal; outcome: object } {
  const journal = journalRecorder();
  const reports = { a: { value: 9 }, b: { value: 7 }, c: { value: 9 } };
  const { outcome } = mechane.run('example/clock', { settings, reports, journal, seed: 3 });
  return { journal: journal.journal(), outcome };
}

describe('a journal', () => {
  test('survives JSON and gives the same outcome again', () => {
    const { journal, outcome } = recorded();
    const replayed = mechane.replay(JSON.parse(JSON.stringify(journal)));
    expect(replayed.outcome).toEqual(outcome);
    expect(replayed).toMatchObject({ seed: 3, metrics: { rounds: journal.rounds.length, revenue: 9 } });
  });
  test('of a direct mechanism knows the values again', () => {
    const journal = journalRecorder();
    const first = mechane.run('example/second-price', { reports: { a: { bid: 3 }, b: { bid: 5 } }, journal });
    expect(mechane.replay(journal.journal())).toEqual({ ...first, seed: journal.journal().seed });
  });
  test('fixes the seed that the run draws', () => {
    const journal = journalRecorder();
    const { outcome } = mechane.run('example/lottery', { reports: { a: {} }, journal });
    expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
  });
  test('of messages plays them again', () => {
    const journal = journalRecorder();
    const messages: [string, { wants: number }][] = [
      ['a', { wants: 2 }],
      ['a', { wants: 1 }],
    ];
    const { outcome } = mechane.run('example/counter', { settings: { units: 9 }, messages, journal });
    expect(mechane.replay(journal.journal()).outcome).toEqual(outcome);
  });
  test('holds one run', () => {
    const journal = journalRecorder();
    expect(() => journal.journal()).toThrow(expect.objectContaining({ code: 'invalid-journal' }));
    mechane.run('example/lottery', { reports: {}, journal });
    expect(() => mechane.run('example/lottery', { reports: {}, journal })).toThrow(/already holds a run/);
  });
  test.each<[string, (journal: Journal) => unknown, RegExp]>([
    ['cut', (journal) => ({ ...journal, rounds: journal.rounds.slice(0, -1) }), /ends before the run/],
    [
      'too long',
      (journal) => ({ ...journal, rounds: [...journal.rounds, { round: 7, replies: [] }] }),
      /run ends before the journal/,
    ],
    ['reordered', (journal) => ({ ...journal, rounds: [...journal.rounds].reverse() }), /stands in the place of 1/],
    [
      'given a reply of somebody who was not asked',
      (journal) => ({ ...journal, rounds: [{ round: 1, replies: [['zed', 'in']] }] }),
      /"zed", who was not asked/,
    ],
    [
      'given a reply that nobody can make',
      (journal) => ({ ...journal, rounds: [{ round: 1, replies: [['a', 'no']] }] }),
      /journal.rounds/,
    ],
    ['of another format', (journal) => ({ ...journal, format: 2 }), /journal.format/],
    ['text', () => 'journal', /journal: /],
  ])('that was %s is refused', (_, edit, message) => {
    const { journal } = recorded();
    expect(() => mechane.replay(edit(journal))).toThrow(expect.objectContaining({ code: 'invalid-journal' }));
    expect(() => mechane.replay(edit(journal))).toThrow(message);
  });
});
