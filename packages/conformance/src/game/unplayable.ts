import { isMechaneError } from '@mechane/core';

/**
 * Why there is no outcome that anything could be said of: the reports were `refused` with a coded error; the conversation was given up after
 * too many rounds, `endless`; the mechanism `broke`; or the outcome is `spoilt`, such as by a number that is none.
 */
export type Failure = 'refused' | 'endless' | 'broke' | 'spoilt';

/** Thrown where there is no outcome. No `Error` itself, because many are thrown and stack traces are dear. */
export class Unplayable {
  readonly kind: Failure;
  readonly cause: unknown;

  constructor(kind: Failure, cause: unknown) {
    this.kind = kind;
    this.cause = cause;
  }

  get message(): string {
    return inText(this.cause);
  }

  /** Whether amounts were refused that doubles cannot tell apart, as any mechanism may. */
  get isImprecise(): boolean {
    return codeOf(this.cause) === 'imprecise-amount';
  }
}

/** What was thrown, in words, whatever it was. */
export function inText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return 'something that cannot be read';
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

const refusals = new Set(['invalid-report', 'invalid-message', 'invalid-types', 'unknown-agent', 'imprecise-amount']);

/** @param drawn whether settings are the kit's own idea, so that a mechanism may say that they do not do */
export function unplayable(thrown: unknown, drawn = false): Unplayable {
  if (thrown instanceof Unplayable) return thrown;
  return new Unplayable(drawn && isAboutSettings(thrown) ? 'refused' : kindOf(thrown), thrown);
}

/** Whether a coded error finds fault with the settings. */
export function isAboutSettings(thrown: unknown): boolean {
  try {
    return isMechaneError(thrown) && thrown.path[0] === 'settings';
  } catch {
    return false;
  }
}

function kindOf(thrown: unknown): Failure {
  const code = codeOf(thrown);
  if (code === 'too-many-rounds') return 'endless';
  return code !== undefined && refusals.has(code) ? 'refused' : 'broke';
}

/** The code of a coded error; none where something else was thrown, or what was thrown throws. */
function codeOf(thrown: unknown): string | undefined {
  try {
    return isMechaneError(thrown) ? thrown.code : undefined;
  } catch {
    return undefined;
  }
}
