import { isMechaneError } from '@mechane/core';

/**
 * Thrown where there is no outcome: the mechanism `refused` the reports with a coded error, or it `broke`. No `Error` itself, because many are
 * thrown and stack traces are dear.
 */
export class Unplayable {
  readonly kind: 'refused' | 'broke';
  readonly cause: unknown;

  constructor(kind: 'refused' | 'broke', cause: unknown) {
    this.kind = kind;
    this.cause = cause;
  }

  get message(): string {
    return this.cause instanceof Error ? this.cause.message : String(this.cause);
  }
}

/** What can be played, or `undefined` where it cannot. */
export function ifPlayable<Value>(play: () => Value): Value | undefined {
  try {
    return play();
  } catch (thrown) {
    if (thrown instanceof Unplayable) return undefined;
    throw thrown;
  }
}

const refusals = new Set(['invalid-report', 'invalid-message', 'invalid-types', 'unknown-agent', 'too-many-rounds']);

export function unplayable(thrown: unknown): Unplayable {
  if (thrown instanceof Unplayable) return thrown;
  return new Unplayable(isMechaneError(thrown) && refusals.has(thrown.code) ? 'refused' : 'broke', thrown);
}
