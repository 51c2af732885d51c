import { type JournalEntry, type JournalSink, journalWriter, type Seal, type SignReceipt } from '@mechane/core';
import type { Store } from '../store/store.ts';

/** Where a session's journal stands, as far as it is stored. */
export interface Stored {
  /** The number of the next line. */
  next: number;
  head: string;
  round: number;
  closesAt: number | null;
  isCancelled: boolean;
}

/** Nothing is stored yet. */
export function nothingStored(): Stored {
  return { next: 0, head: '', round: 0, closesAt: null, isCancelled: false };
}

/**
 * A journal in a store, a line a row.
 *
 * @param ready what has to be kept before the first line
 */
export class JournalRows implements JournalSink {
  readonly stored: Stored;
  /** Kept once the first line is stored. */
  readonly begun: Promise<void>;
  #last: Promise<unknown> | undefined;
  #begin: () => void = () => {};
  readonly #append: (entry: JournalEntry) => Promise<Seal>;
  readonly #writer: ReturnType<typeof journalWriter>;

  constructor(store: Store, session: string, sign: SignReceipt, stored: Stored, ready?: Promise<unknown>) {
    this.stored = stored;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    if (stored.next > 0) this.#begin();
    let next = stored.next;
    const write = async (text: string): Promise<void> => {
      await ready;
      const lines = text.trimEnd().split('\n');
      await store.append(session, next, lines);
      next += lines.length;
    };
    this.#writer = journalWriter(write, stored.head, { sign, run: session });
    this.#append = (entry) => this.#writer.append(entry) as Promise<Seal>;
  }

  get head(): string {
    return this.#writer.head;
  }

  append(entry: JournalEntry): Promise<Seal> {
    const { seq, kind } = entry;
    const [round, closesAt] = progressIn(entry);
    const appended = this.#append(entry).then((seal) => {
      const { stored } = this;
      stored.next = seq + 1;
      stored.head = seal.hash;
      if (round !== undefined && round >= stored.round) stored.round = round;
      if (closesAt !== undefined) stored.closesAt = closesAt;
      if (kind === 'cancelled') stored.isCancelled = true;
      this.#begin();
      return seal;
    });
    this.#last = appended;
    return appended;
  }

  /** Kept once all that was appended is stored, or cannot be. */
  async settled(): Promise<void> {
    await this.#last?.catch(() => {});
  }
}

/** What an entry says of the round that is open, and of when it closes. */
export function progressIn(entry: JournalEntry): readonly [number | undefined, number | null | undefined] {
  if (entry.kind === 'opened') return [1, entry.closesAt ?? null];
  if (entry.kind === 'asked') return [entry.round, entry.closesAt];
  return ['round' in entry ? entry.round : undefined, undefined];
}
