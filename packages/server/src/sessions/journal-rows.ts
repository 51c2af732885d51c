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

/** So long after the store took a line, or told the last, nobody else has gone on with a session: a service is given more time to answer than that, in milliseconds. */
const certain = 1_000;

/** A moment by two clocks, of which the one stands still while a machine sleeps, and the other can be set. */
interface Moment {
  readonly here: number;
  readonly ofDay: number;
}

const momentNow = (): Moment => ({ here: performance.now(), ofDay: Date.now() });

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
  /** A line could not be stored: what follows from it has not happened. */
  #isBroken = false;
  #begin: () => void = () => {};
  /** The last moment at which it was known to end in the store where it does here. */
  #certainAt: Moment | undefined;
  readonly #store: Store;
  readonly #session: string;
  readonly #append: (entry: JournalEntry) => Promise<Seal>;
  readonly #writer: ReturnType<typeof journalWriter>;

  constructor(store: Store, session: string, sign: SignReceipt, progress: Progress, ready?: Promise<unknown>) {
    this.progress = progress;
    this.#store = store;
    this.#session = session;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    if (progress.next > 0) this.#begin();
    let next = progress.next;
    const write = async (text: string): Promise<void> => {
      await ready;
      const lines = text.trimEnd().split('\n');
      const before = momentNow();
      await store.append(session, next, lines);
      next += lines.length;
      this.#certainAt = before;
    };
    this.#writer = journalWriter(write, progress.head, { sign, run: session });
    this.#append = (entry) => this.#writer.append(entry) as Promise<Seal>;
  }

  get head(): string {
    return this.#writer.head;
  }

  append(entry: JournalEntry): Promise<Seal> {
    const appended = this.#append(entry).then(
      (seal) => {
        this.progress.see(entry, seal.hash);
        this.#begin();
        return seal;
      },
      (error) => {
        this.#isBroken = true;
        throw error;
      },
    );
    this.#last = appended;
    return appended;
  }

  /** Whether all that was appended is stored. */
  async isWhole(): Promise<boolean> {
    await this.settled();
    return !this.#isBroken;
  }

  /** Whether it ends in the store where it does here: another service may have gone on with it while this one stood still. */
  async endsHere(): Promise<boolean> {
    const now = momentNow();
    const { here, ofDay } = this.#certainAt ?? { here: Number.NEGATIVE_INFINITY, ofDay: Number.NEGATIVE_INFINITY };
    if (Math.max(now.here - here, Math.abs(now.ofDay - ofDay)) < certain) return true;
    const last = await this.#store.head(this.#session);
    // What is on its way may be there already.
    if (last !== undefined && last.seq >= this.progress.next) await this.settled();
    const isSo = last === undefined || last.seq < this.progress.next;
    if (isSo) this.#certainAt = now;
    return isSo;
  }

  /** Kept once all that was appended is stored, or cannot be. */
  async settled(): Promise<void> {
    await this.#last?.catch(() => {});
  }
}
