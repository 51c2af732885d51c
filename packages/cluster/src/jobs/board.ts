/** What is known of a job while it runs: how many tasks are kept, and which pieces are done. */
export class Board {
  /** Whether all tasks were read, though they may not be kept yet. */
  isRead = false;
  readonly #signal: AbortSignal;
  readonly #done = new Set<number>();
  #known = 0;
  #firstOpen = 0;
  #isWhole = false;
  #failure: { readonly cause: unknown } | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#changed(), { once: true });
  }

  get known(): number {
    return this.#known;
  }

  get done(): number {
    return this.#done.size;
  }

  /** All pieces before this one are done. */
  get firstOpen(): number {
    while (this.#done.has(this.#firstOpen)) this.#firstOpen += 1;
    return this.#firstOpen;
  }

  isFinished(number: number): boolean {
    return this.#done.has(number);
  }

  /** So many tasks are kept now. */
  grow(known: number): void {
    this.#known = known;
    this.#changed();
  }

  /** There are no more tasks than are known. */
  close(): void {
    this.#isWhole = true;
    this.#changed();
  }

  /** Whoever waits is thrown this. */
  fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.#changed();
  }

  finish(number: number): void {
    this.#done.add(number);
    this.#changed();
  }

  /** Whether there is a task of this number, once that is known; there is none once the work is called off. */
  async has(number: number): Promise<boolean> {
    await this.#until(() => number < this.#known || this.#isWhole);
    return number < this.#known && !this.#signal.aborted;
  }

  /** Whether a piece is done, once it is; it is not once the work is called off. */
  async isDone(number: number): Promise<boolean> {
    await this.#until(() => this.#done.has(number));
    return this.#done.has(number);
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.#signal.aborted) {
      if (this.#failure) throw this.#failure.cause;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #changed(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const look of waiting) look();
  }
}
