/**
 * Something a designer did, when, and why: in words and in numbers.
 *
 * @category Designer
 */
export interface Adaptation {
  /** The round after which it was done, counted from 1; 0 before the first. */
  readonly round: number;
  readonly kind: 'begun' | 'preferred' | 'change' | 'fallback' | 'failure' | 'exhausted';
  /** The arm that was played, and the one that is from then on; the same where nothing was switched. */
  readonly from: number;
  readonly to: number;
  readonly because: string;
  readonly figures: Readonly<Record<string, number>>;
}

/** How many entries are kept: the first and the last ones of a run that adapts all the time. */
const most = 200;

/** Keeps what was done, in constant memory: beyond 200 entries, those in the middle make room. */
export class AdaptationHistory {
  readonly #entries: Adaptation[] = [];
  #leftOut = 0;

  add(entry: Adaptation): void {
    this.#entries.push(entry);
    if (this.#entries.length <= most) return;
    this.#entries.splice(most / 2, 1);
    this.#leftOut += 1;
  }

  get entries(): readonly Adaptation[] {
    return [...this.#entries];
  }

  /** How many entries had to make room. */
  get leftOut(): number {
    return this.#leftOut;
  }
}
