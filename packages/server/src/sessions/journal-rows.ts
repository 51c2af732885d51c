import {
  type AgentId,
  type JournalEntry,
  type JournalSink,
  journalWriter,
  type Seal,
  type SignReceipt,
} from '@mechane/core';
import type { Store } from '../store/store.ts';

/** How far a session is, as far as its journal is stored. */
export class Progress {
  /** The number of the next line. */
  next = 0;
  head = '';
  round = 0;
  closesAt: number | null = null;
  isCancelled = false;
  readonly #answered = new Set<AgentId>();

  /** Takes in an entry that is stored. */
  see(entry: JournalEntry, hash: string): void {
    this.next = entry.seq + 1;
    this.head = hash;
    if (entry.kind === 'opened') {
      this.round = 1;
      this.closesAt = entry.closesAt ?? null;
    }
    if (entry.kind === 'cancelled') this.isCancelled = true;
    if (!('round' in entry)) return;
    if (entry.round > this.round || entry.kind === 'asked') this.#answered.clear();
    this.round = entry.round;
    if (entry.kind === 'asked') this.closesAt = entry.closesAt;
    if (entry.kind === 'message') this.#answered.add(entry.agent);
    if (entry.kind === 'withdrawn') this.#answered.delete(entry.agent);
  }

  /** How many have answered in the round that is open. */
  get answered(): number {
    return this.#answered.size;
  }

  /** Whether an agent has answered in a round: then nothing is asked of it, though it may think again where the mechanism lets it. */
  hasAnswered(agent: AgentId, round: number): boolean {
    return this.round === round && this.#answered.has(agent);
  }
}

/**
 * A journal in a store, a line a row.
 *
 * @param ready what has to be kept before the first line
 */
export class JournalRows implements JournalSink {
  readonly progress: Progress;
  /** Kept once the first line is stored. */
  readonly begun: Promise<void>;
  #last: Promise<unknown> | undefined;
  #begin: () => void = () => {};
  readonly #append: (entry: JournalEntry) => Promise<Seal>;
  readonly #writer: ReturnType<typeof journalWriter>;

  constructor(store: Store, session: string, sign: SignReceipt, progress: Progress, ready?: Promise<unknown>) {
    this.progress = progress;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    if (progress.next > 0) this.#begin();
    let next = progress.next;
    const write = async (text: string): Promise<void> => {
      await ready;
      const lines = text.trimEnd().split('\n');
      await store.append(session, next, lines);
      next += lines.length;
    };
    this.#writer = journalWriter(write, progress.head, { sign, run: session });
    this.#append = (entry) => this.#writer.append(entry) as Promise<Seal>;
  }

  get head(): string {
    return this.#writer.head;
  }

  append(entry: JournalEntry): Promise<Seal> {
    const appended = this.#append(entry).then((seal) => {
      this.progress.see(entry, seal.hash);
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
