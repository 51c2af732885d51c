import { clearLine, cursorTo } from 'node:readline';
import type { Host } from './host.ts';

const shortestPause = 100;

/** One line on a terminal that says how far long work has come; nothing anywhere else. */
export class Progress {
  readonly #stderr: Host['stderr'];
  #shownAt = 0;
  #visible = false;

  constructor(stderr: Host['stderr']) {
    this.#stderr = stderr;
  }

  /** Replaces the line, at most ten times a second. */
  show(sentence: () => string): void {
    if (!this.#stderr.isTTY) return;
    const now = performance.now();
    if (this.#visible && now - this.#shownAt < shortestPause) return;
    this.#shownAt = now;
    this.#visible = true;
    this.#empty();
    this.#stderr.write(sentence());
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (!this.#visible) return;
    this.#visible = false;
    this.#empty();
  }

  #empty(): void {
    cursorTo(this.#stderr, 0);
    clearLine(this.#stderr, 0);
  }
}
