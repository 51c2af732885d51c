import type { RunnerAddress } from './effect-types.ts';

/** Lines to other nodes: whoever waits for an answer on one that is cut is told at once, and asks whoever holds the session now. */
export class Lines {
  readonly #open = new Map<string, AbortController>();

  /** What ends a connection to a node that is opened now. */
  to({ host, port }: RunnerAddress): AbortSignal {
    const name = `${host}:${port}`;
    const open = this.#open.get(name) ?? new AbortController();
    this.#open.set(name, open);
    return open.signal;
  }

  /** Cuts all lines but those to these nodes. */
  keepOnly(nodes: readonly RunnerAddress[]): void {
    const kept = new Set(nodes.map(({ host, port }) => `${host}:${port}`));
    for (const [name, line] of this.#open) {
      if (kept.has(name)) continue;
      this.#open.delete(name);
      line.abort();
    }
  }
}
