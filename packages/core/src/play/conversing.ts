import { type Conclusion, conclusionOf } from '../contract/certificate.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Replies, Round } from '../contract/round.ts';
import type { Setup } from '../contract/setup.ts';
import { calledOff, tooManyRounds } from '../errors.ts';

/** A conclusion and the number of rounds it took. */
export interface Conducted extends Conclusion<object> {
  readonly rounds: number;
}

/** What a conversation came to, and what was said in its last round. */
export interface Conversed extends Conducted {
  readonly lastReplies: Replies<unknown>;
}

/** The rounds after which a mechanism is taken to go on for ever. */
export const mostRounds = 10_000_000;

/**
 * A conversation being held. It is the one loop behind every way of playing: whoever holds the rounds asks for the next, hands back what was
 * said, at once or after waiting, until there is none and the conversation has come to its end.
 */
export class Conversing {
  /** The number of the round that is open, counted from 1. */
  rounds = 0;
  readonly #mechanism: string;
  readonly #limit: number;
  readonly #throwIfCalledOff: () => void;
  readonly #conversation: ReturnType<Mechanism['conduct']>;
  #replies: Replies<unknown> = new Map();
  #returned: object | undefined;

  constructor(
    mechanism: Mechanism,
    setup: Setup,
    limit: number = mostRounds,
    throwIfCalledOff: () => void = checking(setup.signal),
  ) {
    this.#mechanism = mechanism.id;
    this.#limit = limit;
    this.#throwIfCalledOff = throwIfCalledOff;
    this.#conversation = mechanism.conduct(setup);
  }

  /**
   * Takes what was said in the open round and opens the next; none: there is an outcome.
   *
   * @throws MechaneError `aborted`, or `too-many-rounds`.
   */
  next(replies: Replies<unknown> = this.#replies): Round | undefined {
    this.#replies = replies;
    const step = this.#conversation.next(replies);
    if (step.done) {
      this.#returned = step.value;
      return undefined;
    }
    this.#throwIfCalledOff();
    this.rounds += 1;
    if (this.rounds > this.#limit) throw tooManyRounds(this.#mechanism, this.#limit);
    return step.value;
  }

  /** What it came to. */
  get conversed(): Conversed {
    const { outcome, certificate } = conclusionOf(this.#returned as object);
    return { outcome, certificate, rounds: this.rounds, lastReplies: this.#replies };
  }
}

const nothingToCheck = (): void => {};

function checking(signal: AbortSignal | undefined): () => void {
  if (signal === undefined) return nothingToCheck;
  return () => throwIfAborted(signal);
}

/** Throws the coded error of a run that was called off. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw calledOff(signal.reason);
}
