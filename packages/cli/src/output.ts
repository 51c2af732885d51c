import type { Writable } from 'node:stream';
import { cannotPrint } from './errors.ts';

/** Thrown when whoever reads the output has stopped reading, as `head` does: a reason to end, not to reportError. */
export class OutputClosed extends Error {}

/** Writes to a stream at the pace at which it is read, and notices when nobody reads any more. */
export class Output {
  readonly #stream: Writable;
  #failure: Error | undefined;
  #wake: () => void = () => {};
  readonly #fail = (failure: Error): void => {
    this.#failure ??= failure;
    this.#wake();
  };
  readonly #closed = (): void => this.#fail(new OutputClosed());
  readonly #drained = (): void => this.#wake();

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', this.#fail).on('close', this.#closed).on('drain', this.#drained);
  }

  /**
   * Writes, and waits while the reader is behind.
   *
   * @throws OutputClosed when nobody reads any more; CliError `cannot-write` when, say, the disk is full.
   */
  async write(text: string | Uint8Array): Promise<void> {
    this.#throwFailure();
    if (text.length === 0 || this.#stream.write(text)) return;
    if (!this.#failure) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#throwFailure();
  }

  /** Waits until everything is written. */
  async flush(): Promise<void> {
    this.#throwFailure();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.write('', () => resolve());
    });
    this.#throwFailure();
  }

  /** Lets go of the stream, which stays open. */
  release(): void {
    this.#stream.off('close', this.#closed).off('drain', this.#drained);
    // The error listener stays: a late EPIPE must not become an uncaught exception.
  }

  #throwFailure(): void {
    const failure = this.#failure as NodeJS.ErrnoException | undefined;
    if (!failure) return;
    if (failure instanceof OutputClosed || closedCodes.has(failure.code ?? '')) throw new OutputClosed();
    throw cannotPrint(failure);
  }
}

const closedCodes: ReadonlySet<string> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);
