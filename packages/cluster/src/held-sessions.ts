import type { Service, Store } from '@mechane/server';
import type { Node } from './engine/engine.ts';

/** So often a node looks what it holds, in milliseconds: a deadline that was missed while nobody held its session fires at most so much later. */
const every = 500;
/** For so long after a change it looks each time: whoever held a session before may have made it in that moment. After that, so often, in milliseconds. */
const [settling, seldom] = [5_000, 10_000];
/** So many sessions are taken up at once: others wait for their turn, and those who ask for one go first. */
const together = 32;

/** What a node holds, as its engine says. */
type Held = Pick<Node, 'holds' | 'holdings'>;

/**
 * Keeps a node's sessions those that it holds: it takes up what is open in the store, so that deadlines fire though nobody asks, and lets go of what
 * others hold.
 */
export class HeldSessions {
  readonly #service: Service;
  readonly #store: Store;
  readonly #held: Held;
  readonly #onError: (error: unknown) => void;
  #holdings = '';
  /** When that last changed, or something went wrong; and when it was last looked, by the clock of `performance`. */
  #changed = 0;
  #looked = 0;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(service: Service, store: Store, held: Held, onError: (error: unknown) => void) {
    this.#service = service;
    this.#store = store;
    this.#held = held;
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
      this.#round = this.#lookIfDue()
        .catch((error) => this.#failed(error))
        .finally(() => this.#next());
    }, every);
  }

  #failed(error: unknown): void {
    this.#changed = performance.now();
    this.#onError(error);
  }

  /** A list of all that is open is long, and a hundred nodes would ask for it: where nothing changes, they seldom do. */
  async #lookIfDue(): Promise<void> {
    const now = performance.now();
    const holdings = this.#held.holdings();
    if (holdings !== this.#holdings) this.#changed = now;
    this.#holdings = holdings;
    if (now - this.#changed > settling && now - this.#looked < seldom) return;
    this.#looked = now;
    await this.#look();
  }

  async #look(): Promise<void> {
    const here = new Set(this.#service.held());
    for (const id of here) if (!this.#held.holds(id)) this.#service.letGo(id);
    const due = (await this.#store.open()).filter((id) => this.#held.holds(id) && !here.has(id)).values();
    const take = async (): Promise<void> => {
      for (const id of due) if (!this.#isClosed) await this.#service.takeUp(id).catch((error) => this.#failed(error));
    };
    await Promise.all(Array.from({ length: together }, take));
  }
}
