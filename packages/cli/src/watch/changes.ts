import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { isOfInterest, type Watched } from './watched-folders.ts';

/** Milliseconds that are waited after a change: editors write a file in several strokes. */
const pause = 150;

/** What changes in folders. */
export class Changes {
  readonly #watchers: readonly FSWatcher[];
  readonly #own: ReadonlySet<string>;
  readonly #watched: Watched;
  #changed: string | undefined;
  #tell: () => void = () => {};

  /** @param own files that are written meanwhile, and changes of which mean nothing */
  constructor(watched: Watched, own: readonly string[]) {
    this.#own = new Set(own);
    this.#watched = watched;
    this.#watchers = watched.folders.map((folder) => watch(folder, (_, name) => this.#hear(folder, name)));
  }

  /** Waits for the next change since the last, and gives the file; `undefined` where the signal comes first. */
  async next(signal: AbortSignal): Promise<string | undefined> {
    if (this.#changed === undefined && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
        signal.addEventListener('abort', this.#stop);
      });
      signal.removeEventListener('abort', this.#stop);
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, pause));
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }

  readonly #stop = (): void => this.#tell();

  #hear(folder: string, name: string | null): void {
    const file = join(folder, name ?? '');
    if (!isOfInterest(file, this.#watched) || this.#own.has(file)) return;
    this.#changed = file;
    this.#tell();
  }
}
