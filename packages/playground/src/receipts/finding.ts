import { isMechaneError } from '@mechane/core';

/** What was found of one thing that a receipt claims. */
export interface Finding {
  readonly verdict: 'holds' | 'fails' | 'open';
  /** What was shown, or was not, in a sentence. */
  readonly says: string;
  /** The code of what is wrong. */
  readonly code?: string;
  /** How it comes about, or what to do. */
  readonly more?: string;
}

/** A finding that something is wrong, with what core says of it. */
export function failure(says: string, error: unknown): Finding {
  const more = error instanceof Error ? error.message : String(error);
  const code = isMechaneError(error) ? { code: error.code } : {};
  return { verdict: 'fails', says: `${says}.`, more, ...code };
}
