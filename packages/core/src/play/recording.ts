import type { AgentId } from '../contract/agent.ts';
import type { Replies, Round } from '../contract/round.ts';
import { journalFailed } from '../errors.ts';
import type { Clock } from '../services/clock.ts';
import type { JournalEntry, JournalSink, Receipt, Seal, UnstampedEntry } from './journal.ts';

/** A run being taken down: gives every entry its number and its time, and hands it to the journal, where there is one. */
export class Recording {
  readonly #sink: JournalSink | undefined;
  readonly #clock: Clock;
  #next: number;
  #latest: number;

  /** @param past what the journal holds already, where a run is resumed */
  constructor(sink: JournalSink | undefined, clock: Clock, past: readonly JournalEntry[] = []) {
    this.#sink = sink;
    this.#clock = clock;
    this.#next = past.length;
    this.#latest = past.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** Whether anything is taken down. */
  get isKept(): boolean {
    return this.#sink !== undefined;
  }

  /** Takes an entry down; the promise, where there is one, is kept when the journal has it. */
  add(entry: UnstampedEntry): Promise<unknown> | undefined {
    const sink = this.#sink;
    if (sink === undefined) return undefined;
    const appended = kept(sink, { seq: this.#next, at: this.#time(), ...entry } as JournalEntry);
    this.#next += 1;
    if (!(appended instanceof Promise)) return undefined;
    // Whoever waits hears of a failure; a run that waits for nothing has nobody to tell.
    appended.catch(() => {});
    return appended;
  }

  /** Takes a message down and gives its receipt, at once where nothing has to be waited for. */
  message(round: number, agent: AgentId, message: unknown): Receipt | Promise<Receipt> {
    const seq = this.#next;
    const at = this.#time();
    this.#next += 1;
    const appended = this.#sink && kept(this.#sink, { seq, at, kind: 'message', round, agent, message });
    if (appended instanceof Promise) return appended.then((seal) => receipt(seq, at, seal));
    return receipt(seq, at, appended);
  }

  /** Takes down what was said in a round that has closed, after the first `taken` messages; the promise as for {@link add}. */
  round(round: Round, number: number, replies: Replies<unknown>, taken = 0): Promise<unknown> | undefined {
    const appended = [...replies].slice(taken).map(([agent, message]) => {
      return this.add({ kind: 'message', round: number, agent, message });
    });
    // Where a mechanism listens, the round closes with the message.
    const isClosed = round.closes === 'at-first-message' && replies.size > 0;
    if (!isClosed) appended.push(this.add({ kind: 'round-closed', round: number }));
    return appended.some((each) => each !== undefined) ? Promise.all(appended) : undefined;
  }

  #time(): number {
    this.#latest = Math.max(this.#latest, this.#clock.now());
    return this.#latest;
  }
}

/** What a journal fails with is the journal's, not the mechanism's. */
function kept(sink: JournalSink, entry: JournalEntry): unknown {
  try {
    const appended = sink.append(entry);
    return appended instanceof Promise ? appended.catch(failed) : appended;
  } catch (cause) {
    return failed(cause);
  }
}

function failed(cause: unknown): never {
  throw journalFailed(cause);
}

function receipt(seq: number, at: number, appended: unknown): Receipt {
  const isSeal = typeof appended === 'object' && appended !== null && 'hash' in appended;
  return { seq, at, hash: isSeal ? (appended as Seal).hash : null };
}
