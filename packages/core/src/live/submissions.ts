import type { AgentId } from '../contract/agent.ts';
import type { Receipt } from '../play/journal.ts';

/** What an agent says, or takes back. */
export interface Saying {
  readonly agent: AgentId;
  readonly message: unknown;
  readonly isWithdrawal: boolean;
  /** By this, whoever sends it again is known. */
  readonly key: string | undefined;
  /** The round that was meant, where the sender says so. */
  readonly round: number | undefined;
  /** Whether it does not wait for a round. */
  readonly isNow: boolean;
  /** When it came, in milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** What waits, and what came after it. */
interface Waiting {
  readonly saying: Saying;
  readonly resolve: (receipt: Receipt | Promise<Receipt>) => void;
  readonly reject: (error: unknown) => void;
  next: Waiting | undefined;
}

/** What was said while no round was open for it, in the order of arrival: each is answered when its turn comes. */
export class Submissions {
  #first: Waiting | undefined;
  /** The last that came. */
  #last: Waiting | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  /** Whose turn it is; `undefined` where nobody waits. */
  get next(): Saying | undefined {
    return this.#first?.saying;
  }

  add(saying: Saying): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { saying, resolve, reject, next: undefined };
      if (this.#first === undefined) this.#first = waiting;
      else (this.#last as Waiting).next = waiting;
      this.#last = waiting;
    });
  }

  /** Answers the next one. */
  answer(take: (saying: Saying) => Receipt | Promise<Receipt>): void {
    const { saying, resolve, reject, next } = this.#first as Waiting;
    this.#first = next;
    try {
      resolve(take(saying));
    } catch (error) {
      reject(error);
    }
  }
}
