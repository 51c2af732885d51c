import type { AgentId } from '@mechane/core';
import type { Store, StoredSession } from '../store/store.ts';
import { agentsOf, type Making } from './made-session.ts';

/** A session that belongs to another. */
export interface Belonging {
  readonly id: string;
  readonly making: Making;
}

/** So many sessions are looked at at once. */
const pageLength = 100;
/** So often the store is looked at for those who wait: another service may have made a session there. */
const lookEvery = 2_000;

/** Which sessions belong to which, as the store has them, and whoever waits for the next. */
export class Belongings {
  readonly #store: Store;
  readonly #known = new Map<string, Known>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Says that a session was made. */
  made(id: string, making: Making): void {
    if (making.of !== undefined) this.#known.get(making.of)?.hear({ id, making });
  }

  /** The sessions of another that an agent has a place in, after one of them: as soon as there is one, unless the signal aborts before. */
  async placesOf(of: string, agent: AgentId, after: string | undefined, signal: AbortSignal): Promise<Belonging[]> {
    const known = this.#known.get(of) ?? new Known(this.#store, of);
    this.#known.set(of, known);
    known.waiting += 1;
    try {
      await known.look();
      for (;;) {
        const places = known.of(agent);
        const rest = places.slice(places.findIndex(({ id }) => id === after) + 1);
        if (rest.length > 0 || signal.aborted) return rest;
        await known.news(signal);
      }
    } finally {
      known.waiting -= 1;
      if (known.waiting === 0) {
        this.#known.delete(of);
        known.close();
      }
    }
  }
}

/** The sessions that belong to one, as far as they are known, while somebody waits for them. */
class Known {
  waiting = 0;
  readonly #store: Store;
  readonly #session: string;
  readonly #seen = new Set<string>();
  readonly #places = new Map<AgentId, Belonging[]>();
  #last: string;
  #looking: Promise<void> | undefined;
  #isStale = false;
  readonly #hear = new Set<() => void>();
  readonly #timer = setInterval(() => this.lookAgain(), lookEvery).unref();

  constructor(store: Store, of: string) {
    this.#store = store;
    this.#session = of;
    this.#last = of;
  }

  of(agent: AgentId): readonly Belonging[] {
    return this.#places.get(agent) ?? [];
  }

  /** Kept once all that was made before is known. */
  look(): Promise<void> {
    this.#isStale = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Takes in a session that was made here. */
  hear(belonging: Belonging): void {
    this.#add(belonging);
    this.#tell();
  }

  /** Looks, and leaves a store that does not answer to the next look. */
  lookAgain(): void {
    this.look().catch(() => {});
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Kept once there is something new, perhaps, or the signal aborts. */
  news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#hear.delete(done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.#hear.add(done);
      if (signal.aborted) done();
    });
  }

  async #look(): Promise<void> {
    const before = this.#last;
    while (this.#isStale) {
      this.#isStale = false;
      for (let page: readonly StoredSession[] = []; ; ) {
        page = await this.#store.list({ after: this.#last, limit: pageLength });
        for (const { id, made } of page) this.#add({ id, making: JSON.parse(made) as Making });
        this.#last = page.at(-1)?.id ?? this.#last;
        if (page.length < pageLength) break;
      }
    }
    if (this.#last !== before) this.#tell();
  }

  #tell(): void {
    for (const hear of [...this.#hear]) hear();
  }

  #add({ id, making }: Belonging): void {
    if (making.of !== this.#session || this.#seen.has(id)) return;
    this.#seen.add(id);
    for (const agent of agentsOf(making)) this.#places.set(agent, [...(this.#places.get(agent) ?? []), { id, making }]);
  }
}
