import { type Events, localEvents, type RunEvent, type RunListener } from '../services/events.ts';

/** The events of one session: for those who iterate over it, and for those who listen to all runs. */
export class EventStream implements Events, AsyncIterable<RunEvent> {
  readonly #everyone: Events;
  readonly #here: Events = localEvents();
  readonly #ends = new Set<() => void>();
  #ended = false;

  constructor(everyone: Events) {
    this.#everyone = everyone;
  }

  get heard(): boolean {
    return this.#here.heard || this.#everyone.heard;
  }

  emit(event: RunEvent): void {
    this.#here.emit(event);
    this.#everyone.emit(event);
  }

  on(listener: RunListener): () => void {
    return this.#here.on(listener);
  }

  /** No more events will come; whoever iterates gets what is left, then ends. */
  end(): void {
    this.#ended = true;
    for (const end of this.#ends) end();
    this.#ends.clear();
  }

  /** Events from now on, in order, none lost however slowly they are taken. */
  [Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    const waiting: RunEvent[] = [];
    let wake: () => void = () => {};
    let over = this.#ended;
    const leave = this.on((event) => {
      waiting.push(event);
      wake();
    });
    const end = (): void => {
      over = true;
      leave();
      wake();
    };
    if (over) leave();
    else this.#ends.add(end);
    return {
      next: async () => {
        while (waiting.length === 0 && !over) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const value = waiting.shift();
        return value === undefined ? { done: true, value } : { done: false, value };
      },
      return: async () => {
        this.#ends.delete(end);
        end();
        waiting.length = 0;
        return { done: true, value: undefined };
      },
    };
  }
}
