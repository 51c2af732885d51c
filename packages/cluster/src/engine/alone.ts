import type { Desk, JoinEngine, Node, NodePlace } from './engine.ts';

/**
 * An engine of one node, in this process: it holds every session, and does all work. For what is built on a cluster to be tried without one.
 *
 * @category Engines
 */
export const alone: JoinEngine = (place, desk) => Promise.resolve(new OnlyNode(place, desk));

class OnlyNode implements Node {
  readonly #address: string;
  readonly #desk: Desk | undefined;
  /** Results by the name of the work: what is done is not done again. */
  readonly #done = new Map<string, Promise<string>>();
  /** The last message of each session that takes them in turn. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor({ address }: NodePlace, desk: Desk | undefined) {
    this.#address = address ? `${address.host}:${address.port}` : 'here';
    this.#desk = desk;
  }

  holds(): boolean {
    return this.#desk !== undefined;
  }

  ask(session: string, message: string, manner: 'turn' | 'aside'): Promise<string> {
    const answer = (): Promise<string> => this.#at.answer(session, message);
    if (manner === 'aside') return answer();
    const answered = (this.#last.get(session) ?? Promise.resolve()).then(answer);
    const last = answered
      .catch(() => {})
      .finally(() => {
        if (this.#last.get(session) === last) this.#last.delete(session);
      });
    this.#last.set(session, last);
    return answered;
  }

  follow(session: string, message: string, signal: AbortSignal): AsyncIterable<string> {
    return this.#at.follow(session, message, signal);
  }

  work(name: string, task: string): Promise<string> {
    const { work } = this.#at;
    if (work === undefined) return new Promise(() => {});
    const done = this.#done.get(name) ?? work(task);
    this.#done.set(name, done);
    return done;
  }

  async nodes(): Promise<Awaited<ReturnType<Node['nodes']>>> {
    return [{ address: this.#address, isUp: true }];
  }

  async close(): Promise<void> {}

  get #at(): Desk {
    return this.#desk as Desk;
  }
}
