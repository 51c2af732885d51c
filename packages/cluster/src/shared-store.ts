import type { Balance, Charge, Hold, Listing, Payer, Store, StoredSession } from '@mechane/server';

/** Where the sessions of other nodes are: whoever asks this one is answered all the same. */
const elsewhere = 'another node';

/** A store in which the engine says who holds a session, not the store: the key of session and number decides between two all the same. */
export class SharedStore implements Store {
  readonly #store: Store;
  readonly #holds: (session: string) => boolean;

  /** @param holds whether this node holds a session now */
  constructor(store: Store, holds: (session: string) => boolean) {
    this.#store = store;
    this.#holds = holds;
  }

  async make(id: string, made: string): Promise<StoredSession | undefined> {
    const before = await this.#store.make(id, made);
    return before && this.#seen(before);
  }

  async find(id: string): Promise<StoredSession | undefined> {
    const found = await this.#store.find(id);
    return found && this.#seen(found);
  }

  async list(listing: Listing): Promise<readonly StoredSession[]> {
    return (await this.#store.list(listing)).map((stored) => this.#seen(stored));
  }

  /** Nothing: a node holds what the engine says, and takes it up when that says so. */
  lease(): Promise<readonly StoredSession[]> {
    return Promise.resolve([]);
  }

  end(id: string, ended: string, charges?: readonly Charge[]): Promise<void> {
    return this.#store.end(id, ended, charges);
  }

  setBudget(account: string, budget: number | null): Promise<Balance> {
    return this.#store.setBudget(account, budget);
  }

  heldFor(payer: Payer): Promise<Hold | undefined> {
    return this.#store.heldFor(payer);
  }

  hold(payer: Payer, hold: Hold): Promise<number | undefined> {
    return this.#store.hold(payer, hold);
  }

  open(): Promise<readonly string[]> {
    return this.#store.open();
  }

  append(id: string, seq: number, lines: readonly string[]): Promise<void> {
    return this.#store.append(id, seq, lines);
  }

  read(id: string, from?: number): Promise<readonly string[]> {
    return this.#store.read(id, from);
  }

  head(id: string): Promise<{ readonly seq: number; readonly line: string } | undefined> {
    return this.#store.head(id);
  }

  ping(): Promise<void> {
    return this.#store.ping();
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #seen(stored: StoredSession): StoredSession {
    return { ...stored, heldBy: this.#holds(stored.id) ? null : elsewhere };
  }
}
