import * as z from 'zod';

/**
 * So many entries of a list that grows with rounds are told.
 *
 * @category Rounds
 */
export const longestHistory = 10_000;
/** And no more than so many names and numbers in them. */
const mostParts = 1_000_000;

/**
 * What an outcome tells of its rounds.
 *
 * @category Rounds
 */
export interface Told<Entry> {
  readonly history: readonly Entry[];
  /** How many entries came after those; not there where none did. */
  readonly historyOmitted?: number | undefined;
}

/**
 * The shape of {@link Told.historyOmitted}, for the schema of an outcome.
 *
 * @category Rounds
 */
export const historyOmitted: z.ZodOptional<z.ZodInt> = z
  .int()
  .positive()
  .optional()
  .describe('How many entries of the history are left out, as it holds 10,000 at most, fewer where they are long');

/**
 * What happened round by round, so that an outcome is no larger than somebody would read: the first 10,000 entries, fewer where entries are
 * long, and how many came after them. All other results of a mechanism are as if nothing had been left out.
 *
 * @category Rounds
 * @example
 * ```ts
 * import { History } from '@mechane/core';
 *
 * const bids = new History<{ price: number }>();
 * bids.add({ price: 3 });
 * bids.told(); // => { history: [{ price: 3 }] }
 * ```
 */
export class History<Entry> {
  readonly #entries: Entry[] = [];
  #omitted = 0;
  #parts = 0;

  /** Whether entries are only counted from here on, so that nobody needs to make them. */
  get isFull(): boolean {
    return this.#entries.length >= longestHistory || this.#parts >= mostParts;
  }

  /** How many entries there have been. */
  get length(): number {
    return this.#entries.length + this.#omitted;
  }

  /** @param parts how many names and numbers there are in the entry, where these may be many */
  add(entry: Entry, parts = 1): void {
    if (this.isFull) {
      this.#omitted += 1;
      return;
    }
    this.#entries.push(entry);
    this.#parts += parts;
  }

  /** Counts entries that nobody needs to make, as {@link isFull} says. */
  omit(count: number): void {
    this.#omitted += count;
  }

  told(): Told<Entry> {
    const history = this.#entries;
    return this.#omitted === 0 ? { history } : { history, historyOmitted: this.#omitted };
  }
}
