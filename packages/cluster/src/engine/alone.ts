import type { Asking, Desk, JoinEngine, Node, NodePlace, NodeStatus, SessionDesk } from './engine.ts';

/**
 * An engine of one node, in this process: it holds every session, and does all work. For what is built on a cluster to be tried without one.
 *
 * @category Engines
 */
export const alone: JoinEngine = (place, desk) => Promise.resolve(new OnlyNode(place, desk));

class OnlyNode implements Node {
  readonly #address: string;
  readonly #desk: Desk;
  /** Results by the name of the work: what is done is not done again. */
  readonly #done = new Map<string, Promise<string>>();
  /** The last message of each session that takes them in turn. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor({ address }: NodePlace, desk: Desk) {
    this.#address = address ? `${address.host}:${address.port}` : 'here';
    this.#desk = desk;
  }

  holds(): boolean {
    return this.#desk.sessions !== undefined;
  }

  holdings(): string {
    return 'all';
  }

  ask(session: string, message: string, { manner, signal }: Asking): Promise<string> {
    const answer = (): Promise<string> => this.#at.answer(session, message, signal);
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
    const { work } = this.#desk;
    if (work === undefined) return new Promise(() => {});
    const done = this.#done.get(name) ?? work(task);
    this.#done.set(name, done);
    return done;
  }

  async forget(name: string): Promise<void> {
    this.#done.delete(name);
  }

  async nodes(): Promise<readonly NodeStatus[]> {
    const { sessions, work } = this.#desk;
    return [{ address: this.#address, isUp: true, holdsSessions: sessions !== undefined, works: work !== undefined }];
  }

  async close(): Promise<void> {}

  get #at(): SessionDesk {
    return this.#desk.sessions as SessionDesk;
  }
}
