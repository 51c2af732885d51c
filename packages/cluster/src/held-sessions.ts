import type { Service, Store } from '@mechane/server';

/** So often a node looks what it holds, in milliseconds: a deadline that was missed while nobody held its session fires at most so much later. */
const every = 500;
/** So many sessions are taken up at once: others wait for their turn, and those who ask for one go first. */
const together = 32;

/**
 * Keeps a node's sessions those that it holds: it takes up what is open in the store, so that deadlines fire though nobody asks, and lets go of what
 * others hold.
 */
export class HeldSessions {
  readonly #service: Service;
  readonly #store: Store;
  readonly #holds: (session: string) => boolean;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(service: Service, store: Store, holds: (session: string) => boolean, onError: (error: unknown) => void) {
    this.#service = service;
    this.#store = store;
    this.#holds = holds;
    this.#onError = onError;
    this.#next();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #next(): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#look()
        .catch(this.#onError)
        .finally(() => this.#next());
    }, every);
  }

  async #look(): Promise<void> {
    const here = new Set(this.#service.held());
    for (const id of here) if (!this.#holds(id)) this.#service.letGo(id);
    const due = (await this.#store.open()).filter((id) => this.#holds(id) && !here.has(id)).values();
    const take = async (): Promise<void> => {
      for (const id of due) if (!this.#isClosed) await this.#service.takeUp(id).catch(this.#onError);
    };
    await Promise.all(Array.from({ length: together }, take));
  }
}
