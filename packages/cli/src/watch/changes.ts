import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { isOfInterest } from './watched-folders.ts';

/** Milliseconds that are waited after a change: editors write a file in several strokes. */
const pause = 150;

/** What changes in folders. */
export class Changes {
  readonly #watchers: readonly FSWatcher[];
  readonly #own: ReadonlySet<string>;
  #changed: string | undefined;
  #tell: () => void = () => {};

  /** @param own files that are written meanwhile, and changes of which mean nothing */
  constructor(folders: readonly string[], own: readonly string[]) {
    this.#own = new Set(own);
    this.#watchers = folders.map((folder) => watch(folder, (_, name) => this.#hear(folder, name)));
  }

  /** Waits for the next change since the last, and gives the file; `undefined` where the signal comes first. */
  async next(signal: AbortSignal): Promise<string | undefined> {
    if (this.#changed === undefined && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, pause));
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }

  #hear(folder: string, name: string | null): void {
    if (name === null || !isOfInterest(name) || this.#own.has(join(folder, name))) return;
    this.#changed = name;
    this.#tell();
  }
}
