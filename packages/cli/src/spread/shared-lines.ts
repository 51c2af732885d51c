import { setImmediate } from 'node:timers/promises';
import type { Mechane, Mechanism } from '@mechane/core';
import type { Context } from '../context.ts';
import { Interrupted } from '../interrupted.ts';
import { lineEnd, linesIn } from '../lines.ts';
import { Thread } from '../thread.ts';
import { answered } from './named-task.ts';

/** A thread takes longer than this to be of use, in milliseconds: for less work none is started. */
const usualPatience = 100;
/** So long a piece takes, about, in milliseconds: all threads are looked after in between. */
const pieceTime = 10;
const largestPiece = 128 * 1024;
/** Less than this at once is what a program or a person has to say at the moment: nothing is behind it. */
const fullBatch = 16 * 1024;
/** A thread has one piece to work on, and one to go on with. */
const load = 2;
/** So many pieces a thread may be answered before the first of them is. */
const ahead = 8;

/** Who answers. */
export interface Sharing {
  /** How many threads there are at most, with this one. */
  readonly threads: number;
  /** So long this thread answers without a pause before others are started, in milliseconds. */
  readonly patience?: number;
  /** Takes answers, whole lines at once; they are written to the output unless it is given. */
  readonly write?: (page: string | Uint8Array) => Promise<void>;
}

interface Other {
  readonly thread: Thread<'answer'>;
  pieces: number;
}

/** Answers lines in their order by all cores of this machine: by this thread, and by others once there is so much to do that they pay. */
export class SharedLines {
  readonly #mechane: Mechane<Mechanism>;
  readonly #context: Context;
  readonly #threads: Thread<'answer'>[] = [];
  /** Threads that have loaded what they need. */
  readonly #others: Other[] = [];
  readonly #patience: number;
  readonly #writePage: NonNullable<Sharing['write']>;
  #toBeStarted: number;
  /** For how long this thread has answered without a pause, in milliseconds. */
  #busy = 0;
  /** In bytes: a line at first, whatever that turns out to be. */
  #pieceSize = 1;
  /** What is to be written, piece after piece. */
  readonly #writes: Promise<void>[] = [];
  #lastWrite: Promise<void> = Promise.resolve();
  /** Rejects the pieces that other threads are at. */
  readonly #callOffs = new Set<(reason: unknown) => void>();
  readonly #callOff = (): void => {
    for (const reject of this.#callOffs) reject(new Interrupted(this.#context.host.signal.reason));
  };

  constructor(mechane: Mechane<Mechanism>, sharing: Sharing, context: Context) {
    const { threads, patience = usualPatience, write = (page) => context.output.write(page) } = sharing;
    this.#writePage = write;
    this.#mechane = mechane;
    this.#patience = patience;
    this.#toBeStarted = threads - 1;
    this.#context = context;
    context.host.signal.addEventListener('abort', this.#callOff);
  }

  /** How many other threads answer at present. */
  get others(): number {
    return this.#others.length;
  }

  /**
   * Answers whole lines, and waits while too much is not written yet.
   *
   * @param before how many lines of their file stand before them
   * @returns how many lines stand before what follows
   */
  async answer(lines: Buffer, before: number): Promise<number> {
    if (lines.length < fullBatch) this.#busy = 0;
    let line = before;
    for (let start = 0; start < lines.length; ) {
      const end = lineEnd(lines, Math.min(start + this.#pieceSize, lines.length) - 1);
      const piece = lines.subarray(start, end);
      await this.#write(this.#answered(piece, line));
      line += linesIn(piece);
      start = end;
      // Answers of other threads arrive in between.
      if (this.#threads.length > 0) await setImmediate();
      else if (this.#busy > this.#patience) this.#startOthers();
    }
    return line;
  }

  /** Writes what answers a line that is none. */
  say(text: string): Promise<void> {
    return this.#write(Promise.resolve(text));
  }

  /** Waits until all answers are written. @throws Interrupted once those that were there are. */
  async finish(): Promise<void> {
    await this.#lastWrite;
  }

  async close(): Promise<void> {
    this.#context.host.signal.removeEventListener('abort', this.#callOff);
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #answered(piece: Buffer, before: number): Promise<string | Uint8Array> {
    const other = this.#others.reduce<Other | undefined>(
      (least, each) => (each.pieces < (least?.pieces ?? load) ? each : least),
      undefined,
    );
    return other === undefined ? this.#answeredHere(piece, before) : this.#answeredBy(other, piece, before);
  }

  async #answeredHere(piece: Buffer, before: number): Promise<string> {
    const began = performance.now();
    const text = await answered(this.#mechane, piece, before);
    const time = performance.now() - began;
    this.#busy += time;
    const fitting = (piece.length * pieceTime) / time;
    this.#pieceSize = Math.ceil(Math.min(fitting, 2 * this.#pieceSize + piece.length, largestPiece));
    return text;
  }

  async #answeredBy(other: Other, piece: Buffer, before: number): Promise<Uint8Array> {
    other.pieces += 1;
    const bytes = new Uint8Array(piece).buffer;
    let callOff: (reason: unknown) => void = () => {};
    try {
      return await new Promise((resolve, reject) => {
        callOff = reject;
        this.#callOffs.add(reject);
        other.thread
          .perform({ before, bytes }, { handedOver: [bytes] })
          .then((answers) => resolve(new Uint8Array(answers)), reject);
      });
    } finally {
      this.#callOffs.delete(callOff);
      other.pieces -= 1;
    }
  }

  async #write(answers: Promise<string | Uint8Array>): Promise<void> {
    const before = this.#lastWrite;
    this.#lastWrite = (async () => {
      // Both may fail before anybody waits for the second.
      const [page] = await Promise.all([answers, before]);
      await this.#writePage(page);
    })();
    this.#lastWrite.catch(() => {});
    this.#writes.push(this.#lastWrite);
    while (this.#writes.length > ahead * this.#others.length) await this.#writes.shift();
  }

  #startOthers(): void {
    for (; this.#toBeStarted > 0; this.#toBeStarted--) {
      const thread = new Thread('answer', this.#context.host);
      this.#threads.push(thread);
      const isReady = thread.perform({ before: 0, bytes: new ArrayBuffer(0) });
      isReady.then(
        () => this.#others.push({ thread, pieces: 0 }),
        // One that does not start is not there: the rest do its work.
        () => {},
      );
    }
  }
}
