import * as z from 'zod';
import { impossibleJournal } from '../errors.ts';
import { validate } from '../input/validate.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { entriesOfFormat1, isFormat1, journalOfFormat1 } from './journal-format-1.ts';

const stamp = { seq: z.int().nonnegative(), at: z.number() };
const round = z.int().positive();
const key = z.string().optional();

const entrySchema: z.ZodType<JournalEntry> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...stamp,
    kind: z.literal('opened'),
    format: z.literal(2),
    mechanism: z.string(),
    settings: z.unknown(),
    participants: z.array(z.string()),
    seed: z.int(),
    run: z.string().optional(),
    closesAt: z.number().optional(),
    within: z.number().nullable().optional(),
    entry: z.enum(['open', 'closed']).optional(),
    unit: z.number().positive().optional(),
    note: z.unknown().optional(),
  }),
  z.strictObject({
    ...stamp,
    kind: z.literal('asked'),
    round,
    agents: z.array(z.string()),
    closesAt: z.number().nullable(),
  }),
  z.strictObject({ ...stamp, kind: z.literal('joined'), agent: z.string(), key }),
  z.strictObject({ ...stamp, kind: z.literal('message'), round, agent: z.string(), message: z.unknown(), key }),
  z.strictObject({ ...stamp, kind: z.literal('withdrawn'), round, agent: z.string(), key }),
  z.strictObject({ ...stamp, kind: z.literal('closing') }),
  z.strictObject({ ...stamp, kind: z.literal('round-closed'), round }),
  z.strictObject({ ...stamp, kind: z.literal('closed'), outcome: z.unknown() }),
  z.strictObject({ ...stamp, kind: z.literal('cancelled') }),
]);

const journalSchema: z.ZodType<Journal> = z.strictObject({
  entries: z.array(entrySchema),
  seals: z.array(z.strictObject({ hash: z.string(), signature: z.string().optional() })).optional(),
});

/**
 * Reads what claims to be a journal: one of this format, or of the first, in which rounds were taken down whole as they closed.
 *
 * @throws MechaneError `invalid-journal` with the path of what cannot be.
 */
export function readJournal(candidate: unknown): Journal {
  const journal = isFormat1(candidate)
    ? { entries: entriesOfFormat1(validate(journalOfFormat1, candidate, 'invalid-journal', ['journal'])) }
    : validate(journalSchema, candidate, 'invalid-journal', ['journal']);
  journal.entries.forEach((entry, index) => {
    const flaw = misplaced(entry, index, journal.entries);
    if (flaw !== undefined) throw impossibleJournal(flaw, ['entries', index]);
  });
  if (journal.entries.length === 0) throw impossibleJournal('the journal does not begin', ['entries']);
  return journal;
}

/** Reads one entry. */
export function readEntry(candidate: unknown, path: readonly (string | number)[]): JournalEntry {
  return validate(entrySchema, candidate, 'invalid-journal', path);
}

/** What is wrong with an entry where it stands. */
export function misplaced(entry: JournalEntry, index: number, entries: readonly JournalEntry[]): string | undefined {
  if ((entry.kind === 'opened') !== (index === 0)) return `an entry of kind "${entry.kind}" cannot stand here`;
  if (entry.seq !== index) return `the entry numbered ${entry.seq} stands in the place of ${index}`;
  const before = entries[index - 1];
  if (before?.kind === 'closed' || before?.kind === 'cancelled') return 'the run had ended before this entry';
  if (before && entry.at < before.at) return 'this entry is older than the one before it';
  return undefined;
}
