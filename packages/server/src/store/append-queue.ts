/** A line of a journal. */
export interface Row {
  readonly session: string;
  readonly seq: number;
  readonly line: string;
}

interface Waiting {
  readonly rows: readonly Row[];
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** So many rows are written with one statement. */
const mostTogether = 1000;

/** Writes together what comes together: a commit costs the same for one line and for a hundred. */
export class AppendQueue {
  readonly #insert: (rows: readonly Row[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  /** @param insert writes rows, all or none */
  constructor(insert: (rows: readonly Row[]) => Promise<void>) {
    this.#insert = insert;
  }

  /** Kept when the rows are written, all of them. */
  add(rows: readonly Row[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ rows, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** Kept when nothing waits. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Requests that came in the same turn of the event loop are written together.
      await new Promise(setImmediate);
      await this.#write(this.#take());
    }
    this.#writing = undefined;
  }

  #take(): Waiting[] {
    let rows = 0;
    let taken = 0;
    for (const each of this.#waiting) {
      rows += each.rows.length;
      if (taken > 0 && rows > mostTogether) break;
      taken += 1;
    }
    return this.#waiting.splice(0, taken);
  }

  async #write(together: readonly Waiting[]): Promise<void> {
    try {
      await this.#insert(together.flatMap(({ rows }) => rows));
      for (const { resolve } of together) resolve();
    } catch (cause) {
      const [only] = together;
      if (together.length === 1) only?.reject(cause);
      // One that cannot be written is no reason to refuse the others.
      else for (const each of together) await this.#write([each]);
    }
  }
}
