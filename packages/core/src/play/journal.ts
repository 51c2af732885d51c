import type { AgentId } from '../contract/agent.ts';
import { emptyJournal, journalHasRun } from '../errors.ts';

/**
 * How a run began.
 *
 * @category Journals
 */
export interface JournalHeader {
  readonly format: 2;
  readonly mechanism: string;
  /** As they were given, the tie-break included. */
  readonly settings: unknown;
  readonly participants: readonly AgentId[];
  readonly seed: number;
  /** What the run is called; journals of older runs do not say. */
  readonly run?: string | undefined;
  /** When a live run closes, in milliseconds since 1970; none where it has no end of its own, or sets it itself. */
  readonly closesAt?: number | undefined;
  /** Milliseconds that each round of a live run waits; `null` without end. Missing where nobody has said. */
  readonly within?: number | null | undefined;
  /** Whether a live run waits for those who may still come in. */
  readonly entry?: 'open' | 'closed' | undefined;
  /** The unit in which the run counts its money, where it does. */
  readonly unit?: number | undefined;
  /** Whatever the application wants to find again when it resumes the run; core does not look at it. */
  readonly note?: unknown;
}

/**
 * Something that happened in a run, as its journal keeps it.
 *
 * @category Journals
 */
export type JournalEntry = Stamp &
  (
    | ({ readonly kind: 'opened' } & JournalHeader)
    /** A round of live agents was opened; `closesAt` is the moment at which it closes by itself. */
    | {
        readonly kind: 'asked';
        readonly round: number;
        readonly agents: readonly AgentId[];
        readonly closesAt: number | null;
      }
    /** An agent came in while the run went on. By `key`, whoever comes in again is known. */
    | { readonly kind: 'joined'; readonly agent: AgentId; readonly key?: string | undefined }
    /**
     * A message was accepted. Where a mechanism listens, the round closes with it; elsewhere, a second message of an agent takes the place of
     * the first. By `key`, whoever sends it again is known.
     */
    | {
        readonly kind: 'message';
        readonly round: number;
        readonly agent: AgentId;
        readonly message: unknown;
        readonly key?: string | undefined;
      }
    /** An agent took back what it had said in this round. */
    | { readonly kind: 'withdrawn'; readonly round: number; readonly agent: AgentId; readonly key?: string | undefined }
    /** Whoever holds the run closes the open round, and all after it. */
    | { readonly kind: 'closing' }
    /** A round closed: whoever has no message in it is silent. */
    | { readonly kind: 'round-closed'; readonly round: number }
    /** The run ended; a replay has to come to the same outcome. */
    | { readonly kind: 'closed'; readonly outcome: unknown }
    /** The run was called off: nothing follows. */
    | { readonly kind: 'cancelled' }
  );

/** An entry's number, counted from 0, and its time in milliseconds since 1970, which never decreases. */
export interface Stamp {
  readonly seq: number;
  readonly at: number;
}

/** An entry before it has been given its number and its time. */
export type UnstampedEntry = JournalEntry extends infer Entry
  ? Entry extends JournalEntry
    ? Omit<Entry, keyof Stamp>
    : never
  : never;

/**
 * All that is needed to play a run again: what happened, in order.
 *
 * @category Journals
 */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** What proves each entry, where the journal has a chain. */
  readonly seals?: readonly Seal[] | undefined;
}

/**
 * Proof that an entry was taken down: the hash of the chain up to it.
 *
 * @category Journals
 */
export interface Seal {
  readonly hash: string;
  /** The signature of whoever keeps the journal, in hexadecimal, where there is one: see {@link Receipt}. */
  readonly signature?: string | undefined;
}

/**
 * Takes a journal down while it happens. In live runs a message counts, and its sender has a receipt, once the promise for its entry is
 * kept; the next round is asked no earlier.
 *
 * @category Journals
 */
export interface JournalSink {
  /** Gives nothing, a {@link Seal} where the journal has a chain, or the promise of either. */
  append(entry: JournalEntry): unknown;
  /** The hash of the last entry that was taken down, where the journal has a chain; empty before the first. */
  readonly head?: string;
}

/**
 * What whoever sends a message gets for it: where it stands in the journal.
 *
 * @category Journals
 */
export interface Receipt extends Stamp {
  /** The hash of the journal's chain up to the message, where the journal has one. */
  readonly hash: string | null;
  /** What the run is called, where the receipt is signed. */
  readonly session?: string;
  /** An Ed25519 signature in hexadecimal over session, seq, at and hash as canonical JSON (RFC 8785), where the journal has a key. */
  readonly signature?: string;
}

/**
 * A sink that keeps the journal in memory.
 *
 * @category Journals
 */
export interface JournalRecorder extends JournalSink {
  /** @throws MechaneError `invalid-journal` before a run has opened it. */
  journal(): Journal;
}

/**
 * Records a run, to be audited or played again.
 *
 * @category Journals
 * @example
 * ```ts
 * import { createMechane, journalRecorder } from '@mechane/core';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const journal = journalRecorder();
 * mechane.run('auction-sealed/second-price', { reports: { ann: { bid: 9 }, bob: { bid: 7 } }, journal });
 * const { mechanism, outcome } = mechane.replay(journal.journal(), { mechanism: 'auction-sealed/second-price' });
 * mechanism; // => 'auction-sealed/second-price'
 * outcome.payment; // => 7
 * ```
 */
export function journalRecorder(): JournalRecorder {
  const entries: JournalEntry[] = [];
  return {
    append(entry) {
      if (entry.kind === 'opened' && entries.length > 0) throw journalHasRun();
      // As it was said: whatever the mechanism does to a message afterwards.
      entries.push(structuredClone(entry));
    },
    journal() {
      if (entries.length === 0) throw emptyJournal();
      return { entries: [...entries] };
    },
  };
}

/** The entry with which a journal that was read begins. */
export function headerOf({ entries }: Journal): JournalHeader {
  return entries[0] as JournalHeader & JournalEntry;
}

/** The outcome of a journal whose run has ended. */
export function endOf({ entries }: Journal): { readonly outcome: unknown } | undefined {
  const last = entries.at(-1);
  return last?.kind === 'closed' ? last : undefined;
}
