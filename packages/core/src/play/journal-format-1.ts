import * as z from 'zod';
import type { AgentId } from '../contract/agent.ts';
import type { JournalEntry, UnstampedEntry } from './journal.ts';

/*
 * The first format of journals: a header, and rounds that were taken down whole, as they closed. They still replay. Their entries have no
 * times.
 */

interface RoundOfFormat1 {
  readonly round: number;
  readonly replies: readonly (readonly [AgentId, unknown])[];
}

interface HeaderOfFormat1 {
  readonly format: 1;
  readonly mechanism: string;
  readonly settings: unknown;
  readonly participants: readonly AgentId[];
  readonly seed: number;
  readonly note?: unknown;
}

interface JournalOfFormat1 extends HeaderOfFormat1 {
  readonly rounds: readonly RoundOfFormat1[];
  readonly outcome?: unknown;
}

const header = {
  format: z.literal(1),
  mechanism: z.string(),
  settings: z.unknown(),
  participants: z.array(z.string()),
  seed: z.int(),
  note: z.unknown().optional(),
};
const round = { round: z.int().positive(), replies: z.array(z.tuple([z.string(), z.unknown()])) };

export const journalOfFormat1: z.ZodType<JournalOfFormat1> = z.strictObject({
  ...header,
  outcome: z.unknown().optional(),
  rounds: z.array(z.strictObject(round)),
});

/** A line of a journal on disk in the first format. */
export const lineOfFormat1: z.ZodType<LineOfFormat1> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), ...header }),
  z.strictObject({ kind: z.literal('round'), ...round }),
  z.strictObject({ kind: z.literal('closed'), outcome: z.unknown() }),
]);

export type LineOfFormat1 =
  | ({ readonly kind: 'opened' } & HeaderOfFormat1)
  | ({ readonly kind: 'round' } & RoundOfFormat1)
  | { readonly kind: 'closed'; readonly outcome: unknown };

export function isFormat1(candidate: unknown): boolean {
  return typeof candidate === 'object' && candidate !== null && 'format' in candidate;
}

/** The entries that a journal of the first format would have now. */
export function entriesOfFormat1({ rounds, ...journal }: JournalOfFormat1): readonly JournalEntry[] {
  const { outcome, ...opened } = journal;
  const lines: LineOfFormat1[] = [
    { kind: 'opened', ...opened },
    ...rounds.map((each) => ({ kind: 'round', ...each }) as const),
    ...('outcome' in journal ? [{ kind: 'closed', outcome } as const] : []),
  ];
  const entries: JournalEntry[] = [];
  for (const line of lines) entries.push(...entriesOfLine(line, entries.length));
  return entries;
}

/** The entries that a line of the first format would be now, numbered from `seq`. */
export function entriesOfLine(line: LineOfFormat1, seq: number): readonly JournalEntry[] {
  return unstamped(line).map((entry, index) => ({ ...entry, seq: seq + index, at: 0 }) as JournalEntry);
}

function unstamped(line: LineOfFormat1): readonly UnstampedEntry[] {
  if (line.kind === 'opened') return [{ ...line, format: 2 }];
  if (line.kind === 'closed') return [line];
  const messages = line.replies.map(([agent, message]) => {
    return { kind: 'message', round: line.round, agent, message } as const;
  });
  return [...messages, { kind: 'round-closed', round: line.round }];
}
