import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  ClockService,
  type Journal,
  type JournalEntry,
  type JournalHeader,
  journalRecorder,
  journalWriter,
  provide,
  readJournalLines,
  testClock,
} from '@mechane/core';
import { endOf } from '@mechane/core/host';
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
    expect(replayed).toMatchObject({
      seed: 3,
      metrics: { rounds: journal.entries.filter(({ kind }) => kind === 'round-closed').length, revenue: 9 },
    });
  });
  test('of a direct mechanism knows the values again', () => {
    const journal = journalRecorder();
    const first = mechane.run('example/second-price', { reports: { a: { bid: 3 }, b: { bid: 5 } }, journal });
    const { entries } = journal.journal();
    expect(mechane.replay(journal.journal())).toEqual({ ...first, seed: (entries[0] as { seed?: number }).seed });
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
  const edited =
    (edit: (entries: readonly JournalEntry[]) => readonly unknown[]) =>
    (journal: Journal): unknown => ({ entries: edit(journal.entries) });
  /** With the numbers that entries have where they stand. */
  const numbered = (entries: readonly object[]): readonly object[] => entries.map((entry, seq) => ({ ...entry, seq }));
  test.each<[string, (journal: Journal) => unknown, RegExp]>([
    ['cut', edited((entries) => entries.slice(0, -2)), /ends before the run/],
    [
      'made longer',
      edited((entries) =>
        numbered(entries.toSpliced(-1, 0, { kind: 'round-closed', round: 7, at: entries.at(-1)?.at } as never)),
      ),
      /the run ends before the journal does/,
    ],
    [
      'closed too early',
      edited((entries) => numbered(entries.toSpliced(-4, 3))),
      /the journal ends before the run does/,
    ],
    ['reordered', edited((entries) => entries.toReversed()), /cannot stand here/],
    [
      'given rounds in another order',
      edited((entries) => numbered(entries.with(1, { ...entries[5], at: entries[1]?.at } as never))),
      /round/,
    ],
    ['robbed of an entry', edited((entries) => entries.toSpliced(2, 1)), /numbered 3 stands in the place of 2/],
    [
      'given a message of somebody who was not asked',
      edited((entries) => entries.with(1, { ...entries[1], agent: 'zed' } as never)),
      /"zed", who was not asked/,
    ],
    [
      'given two messages of one agent',
      edited((entries) => entries.with(2, { ...entries[1], seq: 2 } as never)),
      /"a", who was not asked/,
    ],
    [
      'given a message that nobody can send',
      edited((entries) => entries.with(1, { ...entries[1], message: 'no' } as never)),
      /journal.entries\[1\].message/,
    ],
    [
      'given another outcome',
      edited((entries) => entries.with(-1, { ...entries.at(-1), outcome: { winner: 'b' } } as never)),
      /another outcome/,
    ],
    [
      'dated back',
      edited((entries) => entries.with(3, { ...entries[3], at: 0 } as never)),
      /older than the one before/,
    ],
    ['emptied', edited(() => []), /does not begin/],
    ['given an entry of no kind', edited((entries) => entries.with(1, { kind: 'x' } as never)), /journal.entries\[1\]/],
    ['said to be of another format', () => ({ format: 3, entries: [] }), /journal.format/],
    ['text', () => 'journal', /journal: /],
    ['nothing', () => null, /journal: /],
  ])('that was %s is refused', (_, edit, message) => {
    const { journal } = recorded();
    expect(() => mechane.replay(edit(journal))).toThrow(expect.objectContaining({ code: 'invalid-journal' }));
    expect(() => mechane.replay(edit(journal))).toThrow(message);
  });
});

describe('what is wrong with a journal', () => {
  const { journal, outcome } = recorded();
  const { entries } = journal;
  const replaying = (edited: readonly unknown[]) => () => mechane.replay({ entries: edited });
  const at = (...path: readonly (string | number)[]) =>
    expect.objectContaining({ code: 'invalid-journal', path: ['journal', 'entries', ...path] });
  test('is said with its place', () => {
    const last = entries.length - 1;
    expect(replaying(entries.with(1, { ...entries[1], agent: 'zed' } as never))).toThrow(at(1));
    expect(replaying(entries.with(5, { ...entries[5], round: 3 } as never))).toThrow(at(5));
    expect(replaying(entries.with(last, { ...entries[last], outcome: {} } as never))).toThrow(at(last, 'outcome'));
    expect(replaying(entries.slice(0, -3))).toThrow(at(last - 3));
    expect(replaying(entries.slice(0, 1))).toThrow(at(0));
    expect(replaying(entries.toSpliced(2, 1))).toThrow(at(2));
    expect(replaying([])).toThrow(expect.objectContaining({ path: ['journal', 'entries'] }));
  });
  test('is not that it has no last entry: a replay gives the outcome that it would have', () => {
    expect(replaying(entries.slice(0, -1))()).toMatchObject({ outcome });
  });
});

describe('what a journal holds', () => {
  test('every message has an entry, in the order in which it was accepted, with a number and a time', () => {
    const clock = testClock();
    clock.advance(1_000);
    const journal = journalRecorder();
    const reports = { b: { value: 6 }, a: { value: 5 } };
    const timed = exampleMechane({ services: [provide(ClockService, () => clock)] });
    timed.run('example/clock', { settings: { start: 5, step: 1 }, reports, journal, seed: 3 });
    const round = (number: number) => ({ round: number, at: 1_000 });
    expect(journal.journal().entries).toStrictEqual([
      {
        seq: 0,
        at: 1_000,
        kind: 'opened',
        format: 2,
        mechanism: 'example/clock',
        settings: { start: 5, step: 1 },
        participants: ['b', 'a'],
        seed: 3,
        run: expect.any(String),
      },
      { seq: 1, kind: 'message', agent: 'b', message: 'in', ...round(1) },
      { seq: 2, kind: 'message', agent: 'a', message: 'in', ...round(1) },
      { seq: 3, kind: 'round-closed', ...round(1) },
      { seq: 4, kind: 'message', agent: 'b', message: 'in', ...round(2) },
      { seq: 5, kind: 'message', agent: 'a', message: 'out', ...round(2) },
      { seq: 6, kind: 'round-closed', ...round(2) },
      { seq: 7, at: 1_000, kind: 'closed', outcome: expect.objectContaining({ winner: 'b', payment: 6 }) },
    ]);
  });
  test('where a mechanism listens, a round closes with its message', () => {
    const journal = journalRecorder();
    const messages: [string, { wants: number }][] = [['a', { wants: 2 }]];
    mechane.run('example/counter', { settings: { units: 9 }, messages, journal });
    expect(journal.journal().entries.map(({ kind }) => kind)).toEqual(['opened', 'message', 'round-closed', 'closed']);
    expect(journal.journal().entries[2]).toMatchObject({ round: 2 });
  });
  test('where a mechanism listens, that it was asked closes no round', () => {
    const journal = journalRecorder();
    const messages: [string, { wants: number }][] = [['a', { wants: 2 }]];
    const { outcome } = mechane.run('example/counter', { settings: { units: 2 }, messages, journal });
    const [opened, message, closed] = journal.journal().entries;
    const asked = { seq: 1, at: opened?.at, kind: 'asked', round: 1, agents: ['a'], closesAt: null };
    const entries = [opened, asked, { ...message, seq: 2 }, { ...closed, seq: 3 }];
    expect(mechane.replay({ entries }).outcome).toEqual(outcome);
  });
});

describe('a journal of the first format', () => {
  const fixture = (name: string): string => readFileSync(new URL(`journals/${name}`, import.meta.url), 'utf8');
  test.each(['clock', 'second-price', 'counter'])('still replays: %s', async (name) => {
    const journal = JSON.parse(fixture(`${name}-format-1.json`));
    expect(mechane.replay(journal).outcome).toEqual(journal.outcome);
    const { journal: read, closed } = await readJournalLines(fixture(`${name}-format-1.jsonl`));
    expect(closed).toBe(true);
    expect(endOf(read)?.outcome).toEqual(journal.outcome);
    expect(mechane.replay(read).outcome).toEqual(journal.outcome);
    // What it says came out is looked at, and need not be there.
    expect(() => mechane.replay({ ...journal, outcome: { winner: 'zed' } })).toThrow(
      /another outcome than the journal/,
    );
    const { outcome, ...open } = journal;
    expect(mechane.replay(open).outcome).toEqual(outcome);
  });
  test.each(['clock', 'counter'])('that was cut off goes on in the present one: %s', async (name) => {
    const lines = fixture(`${name}-format-1.jsonl`).split('\n');
    const kept = `${lines.slice(0, 3).join('\n')}\n`;
    const { journal, head, closed } = await readJournalLines(kept);
    expect(closed).toBe(false);
    const rest: string[] = [];
    const sink = journalWriter((line) => void rest.push(line), head);
    const { note } = journal.entries[0] as JournalHeader & JournalEntry;
    const { outcome } = await mechane.record(note, { journal: sink, recorded: journal });
    expect(outcome).toEqual(JSON.parse(fixture(`${name}-format-1.json`)).outcome);
    const whole = await readJournalLines(kept + rest.join(''));
    expect(mechane.replay(whole.journal).outcome).toEqual(outcome);
  });
  test('of which a line was changed is refused', async () => {
    const changed = fixture('clock-format-1.jsonl').replace('"start":5', '"start":4');
    await expect(readJournalLines(changed)).rejects.toThrow(/line 1: this line, or the one before it, was changed/);
  });
  test('with an entry that cannot be is refused', () => {
    const journal = JSON.parse(fixture('clock-format-1.json'));
    expect(() => mechane.replay({ ...journal, rounds: [{ round: 0, replies: [] }] })).toThrow(/journal.rounds\[0\]/);
    expect(() => mechane.replay({ ...journal, rounds: journal.rounds.slice(1) })).toThrow(/in the place of round 1/);
  });
});

describe('the fixture of the present format', () => {
  const text = readFileSync(new URL('journals/clock-format-2.jsonl', import.meta.url), 'utf8');
  test('replays, and its hashes are what anybody can compute from its lines', async () => {
    const { journal, head } = await readJournalLines(text);
    expect(mechane.replay(journal).outcome).toMatchObject({ payment: 9 });
    const sha256 = (...parts: readonly Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    let previous = Buffer.alloc(0);
    for (const line of text.trimEnd().split('\n')) {
      const { salt, hash, ...entry } = JSON.parse(line);
      const leaf = sha256(Buffer.from(salt, 'hex'), Buffer.from(sortedJson(entry)));
      previous = sha256(previous, leaf);
      expect(previous.toString('hex')).toBe(hash);
    }
    expect(previous.toString('hex')).toBe(head);
  });
});

/** Canonical JSON by another way: keys sorted by a replacer. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
