import { createMechane, type Journal, type JournalEntry, journalWriter, readJournalLines } from '@mechane/core';
import { headerOf } from '@mechane/core/host';
import { beforeAll, describe, expect, test } from 'vitest';
import { examples } from './example-mechanisms.ts';

const mechane = createMechane().use(examples);
const settings = { start: 1, step: 1 };
const upTo =
  (limit: number) =>
  ({ price }: { price: number }) =>
    price <= limit ? ('in' as const) : ('out' as const);
const agents = { a: upTo(4), b: upTo(3) };

let text = '';
let outcome: unknown;

beforeAll(async () => {
  const lines: string[] = [];
  const journal = journalWriter((line) => {
    lines.push(line);
  });
  outcome = await mechane.open('example/clock', { settings, agents, journal, seed: 5 }).outcome;
  text = lines.join('');
});

/** What does not depend on when it happened. */
const untimed = ({ entries }: Journal) =>
  entries.map((entry) => ({ ...entry, at: 0, ...('closesAt' in entry ? { closesAt: 0 } : {}) }));

const withSalt = (line: string | undefined, salt: unknown) => JSON.stringify({ ...JSON.parse(line ?? ''), salt });

const lineOf = (number: number) =>
  expect.objectContaining({ code: 'invalid-journal', path: ['journal', 'lines', number - 1] });

describe('a journal in lines', () => {
  test('is read back whole, and gives the same outcome', async () => {
    const { journal, closed, soundLength } = await readJournalLines(text);
    expect(closed).toBe(true);
    expect(soundLength).toBe(text.length);
    expect(mechane.replay(journal).outcome).toEqual(outcome);
  });
  test('recovers from a last line that was torn anywhere, and goes on from there', async () => {
    const lastLine = text.lastIndexOf('\n', text.length - 2) + 1;
    for (let cut = lastLine; cut < text.length; cut += 7) {
      const { closed, soundLength, head, journal } = await readJournalLines(text.slice(0, cut));
      expect([closed, soundLength]).toEqual([false, lastLine]);
      const rest: string[] = [];
      const sink = journalWriter((line) => void rest.push(line), head);
      await mechane.resume(journal, { mechanism: 'example/clock', agents, journal: sink }).outcome;
      const whole = await readJournalLines(text.slice(0, soundLength) + rest.join(''));
      expect(untimed(whole.journal)).toEqual(untimed((await readJournalLines(text)).journal));
    }
  });
  test.each<[string, (lines: string[]) => string[], number, string]>([
    [
      'an edited reply',
      (lines) => lines.with(2, (lines[2] ?? '').replace('"in"', '"out"')),
      3,
      'this line, or the one before it, was changed',
    ],
    [
      'an edited header',
      (lines) => lines.with(0, (lines[0] ?? '').replace('"seed":5', '"seed":6')),
      1,
      'this line, or the one before it, was changed',
    ],
    [
      'lines in another order',
      (lines) => [lines[0] ?? '', lines[2] ?? '', lines[1] ?? '', ...lines.slice(3)],
      2,
      'this line, or the one before it, was changed',
    ],
    ['a missing line', (lines) => lines.toSpliced(1, 1), 2, 'this line, or the one before it, was changed'],
    ['a missing beginning', (lines) => lines.slice(1), 1, 'this line, or the one before it, was changed'],
    ['a line that is no JSON', (lines) => lines.with(1, '{'), 2, 'this line is no JSON'],
    ['a line without a hash', (lines) => lines.with(1, '{"kind":"round"}'), 2, 'this line has no hash'],
    ['a line of another kind', (lines) => lines.with(1, '7'), 2, 'this line has no hash'],
    ['a hash that is no text', (lines) => lines.with(1, '{"kind":"round","hash":7}'), 2, 'this line has no hash'],
    ['a salt that is too short', (lines) => lines.with(1, withSalt(lines[1], 'abcd')), 2, 'the salt is no 16 bytes'],
    [
      'a salt that is too long',
      (lines) => lines.with(1, withSalt(lines[1], 'ab'.repeat(17))),
      2,
      'the salt is no 16 bytes',
    ],
    ['a salt in capitals', (lines) => lines.with(1, withSalt(lines[1], 'AB'.repeat(16))), 2, 'the salt is no 16 bytes'],
    ['a salt that is no text', (lines) => lines.with(1, withSalt(lines[1], 7)), 2, 'the salt is no 16 bytes'],
    [
      'another salt',
      (lines) => lines.with(1, withSalt(lines[1], 'ab'.repeat(16))),
      2,
      'this line, or the one before it, was changed',
    ],
    [
      'no salt',
      (lines) => lines.with(1, withSalt(lines[1], undefined)),
      2,
      'this line, or the one before it, was changed',
    ],
    ['a line of nothing', (lines) => lines.with(1, 'null'), 2, 'this line has no hash'],
    [
      'something after a salt',
      (lines) => lines.with(1, withSalt(lines[1], `${'ab'.repeat(16)}x`)),
      2,
      'the salt is no 16 bytes',
    ],
    [
      'something before a salt',
      (lines) => lines.with(1, withSalt(lines[1], `x${'ab'.repeat(16)}`)),
      2,
      'the salt is no 16 bytes',
    ],
    ['nothing', () => [], 1, 'the journal does not begin'],
  ])('with %s is refused with the number of the line', async (_, edit, number, problem) => {
    const lines = edit(text.trimEnd().split('\n'));
    await expect(readJournalLines(lines.map((line) => `${line}\n`).join(''))).rejects.toThrow(lineOf(number));
    await expect(readJournalLines(lines.map((line) => `${line}\n`).join(''))).rejects.toThrow(
      `line ${number}: ${problem}.`,
    );
  });
  test('refuses lines that are sealed but cannot stand where they do', async () => {
    const written = async (write: (sink: ReturnType<typeof journalWriter>) => Promise<void>): Promise<string> => {
      const lines: string[] = [];
      await write(journalWriter((line) => void lines.push(line)));
      return lines.join('');
    };
    const opened = {
      kind: 'opened',
      format: 2,
      mechanism: 'example/clock',
      settings,
      participants: ['a'],
      seed: 1,
    } as const;
    const closed = { kind: 'closed', outcome: {} } as const;
    const sealed = (...entries: readonly object[]) =>
      written(async (sink) => {
        for (const [seq, entry] of entries.entries()) await sink.append({ seq, at: seq, ...entry } as JournalEntry);
      });
    const longer = await sealed(opened, closed, { kind: 'round-closed', round: 1 });
    await expect(readJournalLines(longer)).rejects.toThrow(lineOf(3));
    await expect(readJournalLines(longer)).rejects.toThrow('the run had ended before this entry');
    // Sealed, but no entry of a journal.
    await expect(readJournalLines(await sealed(opened, { kind: 'round' }))).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-journal', path: ['journal', 'lines', 1, 'kind'] }),
    );
    const twice = await sealed(opened, opened);
    await expect(readJournalLines(twice)).rejects.toThrow(lineOf(2));
  });
  test('gives back every entry with the seal that it was written with', async () => {
    const lines: string[] = [];
    const sink = journalWriter((line) => void lines.push(line));
    const entries = (await readJournalLines(text)).journal.entries;
    const seals: unknown[] = [];
    for (const entry of entries) seals.push(await sink.append(entry));
    expect(seals).toEqual(lines.map((line) => ({ hash: JSON.parse(line).hash })));
    const { journal, head } = await readJournalLines(lines.join(''));
    expect(journal.entries).toEqual(entries);
    expect(head).toBe((seals.at(-1) as { hash: string }).hash);
  });
  test('with another outcome than its replies lead to is refused', async () => {
    const { journal } = await readJournalLines(text);
    const entries = journal.entries.with(-1, { ...journal.entries.at(-1), outcome: { winner: 'b' } } as never);
    expect(() => mechane.replay({ entries })).toThrow(/another outcome/);
  });
});

describe('recording a scenario', () => {
  const scenarios = {
    rounds: { mechanism: 'example/clock', settings, reports: { a: { value: 4 }, b: { value: 3 } } },
    'one round': { mechanism: 'example/second-price', reports: { a: { bid: 4 }, b: { bid: 3 } } },
    chance: { mechanism: 'example/lottery', reports: { a: {}, b: {} } },
    messages: {
      mechanism: 'example/counter',
      settings: { units: 9 },
      messages: [
        ['a', { wants: 2 }],
        ['b', { wants: 1 }],
      ],
    },
  };
  const recorded = async (scenario: unknown): Promise<{ text: string; outcome: unknown }> => {
    const lines: string[] = [];
    const { outcome } = await mechane.record(scenario, { journal: journalWriter((line) => void lines.push(line)) });
    return { text: lines.join(''), outcome };
  };
  test.each(Object.entries(scenarios))(
    'with %s goes on from every line to the same outcome and the same journal',
    async (_, scenario) => {
      const whole = await recorded(scenario);
      const lines = whole.text.split('\n').slice(0, -1);
      for (let kept = 1; kept < lines.length; kept++) {
        const { journal, head } = await readJournalLines(`${lines.slice(0, kept).join('\n')}\n{"torn`);
        const rest: string[] = [];
        const sink = journalWriter((line) => void rest.push(line), head);
        const { note } = headerOf(journal);
        const { outcome } = await mechane.record(note, { journal: sink, recorded: journal });
        expect(outcome).toEqual(whole.outcome);
        const { journal: both } = await readJournalLines(`${lines.slice(0, kept).join('\n')}\n${rest.join('')}`);
        expect(untimed(both)).toEqual(untimed((await readJournalLines(whole.text)).journal));
      }
      const { journal } = await readJournalLines(whole.text);
      expect(mechane.replay(journal).outcome).toEqual(whole.outcome);
    },
  );
  test('gives what an unrecorded run gives', async () => {
    const { outcome } = await recorded(scenarios.rounds);
    expect(outcome).toEqual(mechane.runScenario(scenarios.rounds).outcome);
  });
  test('refuses the journal of another scenario', async () => {
    const { text: lines } = await recorded(scenarios.rounds);
    const { journal } = await readJournalLines(`${lines.split('\n').slice(0, 7).join('\n')}\n`);
    const other = { ...scenarios.rounds, reports: { a: { value: 1 }, b: { value: 3 } } };
    const sink = journalWriter(() => {});
    await expect(mechane.record(other, { journal: sink, recorded: journal })).rejects.toThrow(/says something else/);
  });
  test('can be called off between rounds, and fails with the mechanism', async () => {
    const controller = new AbortController();
    const sink = journalWriter((line) => {
      if (line.includes('"round":2')) controller.abort();
    });
    await expect(mechane.record(scenarios.rounds, { journal: sink, signal: controller.signal })).rejects.toThrow(
      expect.objectContaining({ code: 'aborted' }),
    );
    await expect(
      mechane.record({ mechanism: 'example/faulty', reports: {} }, { journal: journalWriter(() => {}) }),
    ).rejects.toThrow(expect.objectContaining({ code: 'mechanism-failed' }));
  });
});
