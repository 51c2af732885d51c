import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import type { Replies, Round } from '../contract/round.ts';
import { journalFailed, journalHangs } from '../errors.ts';
import { type Clock, systemClock } from '../services/clock.ts';
import type { JournalEntry, JournalSink, Receipt, Seal, UnstampedEntry } from './journal.ts';
import { held, release } from './journal-lock.ts';

/** How long a journal may take over an entry, in milliseconds, before its run is stopped. */
export const journalPatience = 30_000;

/** What a message is taken down with. */
export interface Said {
  readonly kind: 'message' | 'withdrawn';
  readonly round: number;
  readonly agent: AgentId;
  readonly message?: unknown;
  readonly key?: string | undefined;
}

/** A run being taken down: gives every entry its number and its time, and hands it to the journal, where there is one. */
export class Recording {
  /** When the run was opened, in milliseconds since 1970. */
  openedAt: number;
  /** Called once, with the journal's own error, when an entry could not be taken down. */
  onFailure: ((error: MechaneError) => void) | undefined;
  /** What the run is called, for receipts that are signed. */
  run: string | undefined;
  readonly #sink: JournalSink | undefined;
  readonly #clock: Clock;
  #next: number;
  #latest: number;
  /** Entries that were handed over and are not yet there. */
  #pending = 0;
  /** Whoever waits for all of them. */
  #waited: Promise<void> | undefined;
  #settle: { readonly resolve: () => void; readonly reject: (error: MechaneError) => void } | undefined;
  #failure: MechaneError | undefined;
  readonly #patience: number;
  /** Since when nothing has come through that is pending. */
  #since = 0;
  #stopWatch: (() => void) | undefined;

  /** @param past what the journal holds already, where a run is resumed */
  constructor(
    sink: JournalSink | undefined,
    clock: Clock,
    past: readonly JournalEntry[] = [],
    patience: number = journalPatience,
  ) {
    this.#sink = sink;
    this.#clock = clock;
    this.#patience = patience;
    this.#next = past.length;
    this.openedAt = past[0]?.at ?? clock.now();
    this.#latest = past.at(-1)?.at ?? this.openedAt;
    if (sink) held(sink);
  }

  /** Whether anything is taken down. */
  get isKept(): boolean {
    return this.#sink !== undefined;
  }

  /** The number that the next entry has. */
  get next(): number {
    return this.#next;
  }

  /** The time for an entry that is made now; it never decreases. */
  now(moment: number = this.#clock.now()): number {
    if (moment > this.#latest) this.#latest = moment;
    return this.#latest;
  }

  /** Whether the journal has all that was handed to it. */
  get isSynced(): boolean {
    return this.#pending === 0 && !this.#failure;
  }

  /** Kept when the journal has all that was handed to it; `undefined` where it has. */
  get synced(): Promise<void> | undefined {
    if (this.isSynced) return undefined;
    if (this.#waited === undefined) {
      const promise = new Promise<void>((resolve, reject) => {
        this.#settle = { resolve, reject };
      });
      promise.catch(() => {});
      this.#waited = promise;
      if (this.#failure) this.#settle?.reject(this.#failure);
    }
    return this.#waited;
  }

  /** Takes the opening down. */
  open(entry: UnstampedEntry): Promise<unknown> | undefined {
    return this.add(entry, this.openedAt);
  }

  /** Takes an entry down; the promise, where there is one, is kept when the journal has it. */
  add(entry: UnstampedEntry, at: number = this.now()): Promise<unknown> | undefined {
    if (this.#sink === undefined) return undefined;
    const appended = this.#append({ seq: this.#next, at: this.now(at), ...entry } as JournalEntry);
    return appended instanceof Promise ? appended : undefined;
  }

  /** Takes down what an agent says and gives its receipt, at once where nothing has to be waited for. */
  said(said: Said, at: number): Receipt | Promise<Receipt> {
    const seq = this.#next;
    if (this.#sink === undefined) {
      this.#next += 1;
      return { seq, at, hash: null };
    }
    const appended = this.#append({ seq, at, ...said } as JournalEntry);
    if (!(appended instanceof Promise)) return this.receipt(seq, at, appended);
    const receipt = appended.then((seal) => this.receipt(seq, at, seal));
    receipt.catch(() => {});
    return receipt;
  }

  receipt(seq: number, at: number, appended: unknown): Receipt {
    if (typeof appended !== 'object' || appended === null || !('hash' in appended)) return { seq, at, hash: null };
    const { hash, signature } = appended as Seal;
    if (signature === undefined || this.run === undefined) return { seq, at, hash };
    return { session: this.run, seq, at, hash, signature };
  }

  /** Takes down what was said in a round that has closed, after the first `taken` messages; the promise as for {@link add}. */
  round(round: Round, number: number, replies: Replies<unknown>, taken = 0): Promise<unknown> | undefined {
    const told = [...replies].slice(taken);
    for (const [agent, message] of told) {
      const at = replies.at?.(agent);
      const moment = at === undefined ? undefined : this.openedAt + at;
      this.add({ kind: 'message', round: number, agent, message }, moment);
    }
    // Where a mechanism listens, the round closes with the message.
    const isClosed = round.closes === 'at-first-message' && replies.size > 0;
    const closedAt = replies.closedAt === undefined ? undefined : this.openedAt + replies.closedAt;
    if (!isClosed) this.add({ kind: 'round-closed', round: number }, closedAt);
    return this.synced;
  }

  /** The run has ended: the journal is free for another. */
  end(): void {
    this.#stopWatch?.();
    if (this.#sink) release(this.#sink);
  }

  #append(entry: JournalEntry): unknown {
    this.#next += 1;
    if (this.#failure) throw this.#failure;
    let appended: unknown;
    try {
      appended = this.#sink?.append(entry);
    } catch (cause) {
      throw this.#failed(journalFailed(cause));
    }
    if (!(appended instanceof Promise)) return appended;
    if (this.#pending === 0) this.#since = systemClock.now();
    this.#pending += 1;
    this.#stopWatch ??= systemClock.after(this.#patience, this.#look);
    const kept = appended.then(this.#kept, (cause) => {
      throw this.#failed(journalFailed(cause));
    });
    // Whoever waits hears of a failure; a run that waits for nothing has nobody to tell.
    kept.catch(() => {});
    return kept;
  }

  readonly #kept = (seal: unknown): unknown => {
    this.#pending -= 1;
    this.#since = systemClock.now();
    if (this.isSynced) {
      this.#settle?.resolve();
      this.#waited = undefined;
    }
    return seal;
  };

  #failed(error: MechaneError): MechaneError {
    if (this.#failure) return this.#failure;
    this.#failure = error;
    this.#stopWatch?.();
    this.#settle?.reject(error);
    this.onFailure?.(error);
    return error;
  }

  /** One alarm watches over all that is pending: it is set anew where something has come through since. It goes by the host's time, as disks do. */
  readonly #look = (): void => {
    this.#stopWatch = undefined;
    if (this.#pending === 0 || this.#failure) return;
    const waited = systemClock.now() - this.#since;
    if (waited >= this.#patience) this.#failed(journalHangs(this.#patience));
    else this.#stopWatch = systemClock.after(this.#patience - waited, this.#look);
  };
}
