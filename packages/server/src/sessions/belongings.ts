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
/** For so long after a session was seen, another may still come to stand before it: made in the same millisecond, or by a clock that is behind. */
const settlesAfter = 5_000;

/** Which sessions belong to which, as the store has them, and whoever waits for the next. */
export class Belongings {
  readonly #store: Store;
  readonly #known = new Map<string, Known>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Says that a session was made. */
  made(making: Making): void {
    if (making.of !== undefined) this.#known.get(making.of)?.lookAgain();
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

/** A session that was seen in the store a little while ago, when that was, and what it is where it belongs to the one that is asked about. */
interface Seen {
  readonly at: number;
  readonly belonging: Belonging | undefined;
}

/** The sessions that belong to one, as far as they are known, while somebody waits for them. */
class Known {
  waiting = 0;
  readonly #store: Store;
  readonly #session: string;
  /** Before and after the last session that has settled, in the order of the store. */
  readonly #settled: Belonging[] = [];
  #fresh: readonly Belonging[] = [];
  #lastSettled: string;
  readonly #seen = new Map<string, Seen>();
  #looking: Promise<void> | undefined;
  #isStale = false;
  readonly #hear = new Set<() => void>();
  readonly #timer = setInterval(() => this.lookAgain(), lookEvery).unref();

  constructor(store: Store, of: string) {
    this.#store = store;
    this.#session = of;
    this.#lastSettled = of;
  }

  of(agent: AgentId): readonly Belonging[] {
    return [...this.#settled, ...this.#fresh].filter(({ making }) => agentsOf(making).includes(agent));
  }

  /** Kept once all that was made before is known. */
  look(): Promise<void> {
    this.#isStale = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
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
    while (this.#isStale) {
      this.#isStale = false;
      const rows = await this.#sinceSettled();
      const now = Date.now();
      const isNews = rows.some(({ id }) => !this.#seen.has(id));
      for (const row of rows)
        if (!this.#seen.has(row.id)) this.#seen.set(row.id, { at: now, belonging: this.#read(row) });
      this.#settle(rows, now - settlesAfter);
      this.#fresh = rows.flatMap(({ id }) => this.#seen.get(id)?.belonging ?? []);
      if (isNews) for (const hear of [...this.#hear]) hear();
    }
  }

  async #sinceSettled(): Promise<readonly StoredSession[]> {
    const rows: StoredSession[] = [];
    for (;;) {
      const page = await this.#store.list({ after: rows.at(-1)?.id ?? this.#lastSettled, limit: pageLength });
      rows.push(...page);
      if (page.length < pageLength) return rows;
    }
  }

  /** What was seen until then, up to the first that was not, stays where it is, and is not read again. */
  #settle(rows: readonly StoredSession[], until: number): void {
    for (const { id } of rows) {
      const seen = this.#seen.get(id);
      if (seen === undefined || seen.at > until) return;
      if (seen.belonging) this.#settled.push(seen.belonging);
      this.#seen.delete(id);
      this.#lastSettled = id;
    }
  }

  #read({ id, made }: StoredSession): Belonging | undefined {
    const making = JSON.parse(made) as Making;
    return making.of === this.#session ? { id, making } : undefined;
  }
}
