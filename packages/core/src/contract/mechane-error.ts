import { invisible } from './invisible.ts';

/**
 * Where in the input an error lies: `['reports', 'agent1', 'bid']`.
 *
 * @category Errors
 */
export type Path = readonly (string | number)[];

/**
 * Every code core throws with. Plugins add their own through {@link MechaneError}.
 *
 * @category Errors
 */
export type CoreErrorCode =
  | 'aborted'
  | 'closed-entry'
  | 'disposed'
  | 'duplicate-agent'
  | 'duplicate-generator'
  | 'duplicate-mechanism'
  | 'duplicate-message'
  | 'duplicate-service'
  | 'imprecise-amount'
  | 'incompatible-plugin'
  | 'indivisible'
  | 'invalid-claim'
  | 'invalid-generator'
  | 'invalid-columns'
  | 'invalid-deadline'
  | 'invalid-division'
  | 'invalid-journal'
  | 'invalid-key'
  | 'invalid-mechanism'
  | 'invalid-message'
  | 'invalid-plugin'
  | 'invalid-receipt'
  | 'invalid-report'
  | 'invalid-scenario'
  | 'invalid-settings'
  | 'invalid-types'
  | 'journal-failed'
  | 'journal-in-use'
  | 'key-reused'
  | 'late-message'
  | 'mechanism-failed'
  | 'not-revisable'
  | 'out-of-turn'
  | 'overflow'
  | 'service-missing'
  | 'too-many-rounds'
  | 'unknown-agent'
  | 'unknown-generator'
  | 'unknown-key'
  | 'unknown-mechanism';

/** @category Errors */
export interface ErrorDetails {
  /** What went wrong, as a sentence without the path. */
  readonly problem: string;
  readonly path?: Path;
  /** What would have been accepted. */
  readonly expected?: string;
  /** What to do next. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/**
 * What an error looks like in JSON.
 *
 * @category Errors
 */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly path: Path;
  readonly expected?: string;
  readonly fix?: string;
}

const brand: unique symbol = Symbol.for('mechane/error');
const longestQuote = 60;

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

/**
 * The one error that reaches users: a code to branch on, the path of the culprit within the input, what was expected and
 * how to mend it.
 *
 * @category Errors
 * @example
 * ```ts
 * import { MechaneError } from '@mechane/core';
 *
 * const error = new MechaneError('invalid-report', {
 *   problem: 'the bid is negative',
 *   path: ['reports', 'ann', 'bid'],
 *   fix: 'bid 0 or more',
 * });
 * error.message; // => 'reports.ann.bid: the bid is negative. Fix: bid 0 or more.'
 * ```
 */
export class MechaneError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly path: Path;
  readonly expected: string | undefined;
  readonly fix: string | undefined;

  constructor(code: Code, { problem, path = [], expected, fix, cause }: ErrorDetails) {
    super(sentence(problem, path, expected, fix), cause === undefined ? undefined : { cause });
    this.name = 'MechaneError';
    Object.defineProperty(this, brand, { value: true });
    this.code = code;
    this.path = path;
    this.expected = expected;
    this.fix = fix;
  }

  toJSON(): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      path: this.path,
      ...(this.expected === undefined ? {} : { expected: this.expected }),
      ...(this.fix === undefined ? {} : { fix: this.fix }),
    };
  }
}

/**
 * Recognises a {@link MechaneError} of any copy of core.
 *
 * @category Errors
 */
export function isMechaneError(thrown: unknown): thrown is MechaneError {
  return typeof thrown === 'object' && thrown !== null && brand in thrown;
}

function sentence(problem: string, path: Path, expected: string | undefined, fix: string | undefined): string {
  const where = path.length === 0 ? '' : `${formatPath(path)}: `;
  const wanted = expected === undefined ? '' : `; expected ${expected}`;
  const mend = fix === undefined ? '' : ` Fix: ${fix}${fix.endsWith('?') ? '' : '.'}`;
  return `${where}${problem}${wanted}.${mend}`;
}

/**
 * Writes a path as one would type it, quoting keys that are not plain names.
 *
 * @category Errors
 * @example
 * ```ts
 * import { formatPath } from '@mechane/core';
 *
 * formatPath(['reports', 'agent 1', 'bids', 2]); // => 'reports["agent 1"].bids[2]'
 * ```
 */
export function formatPath(path: Path): string {
  return path
    .map((step, depth) => {
      if (typeof step === 'number') return `[${step}]`;
      const isPlain = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step) && step.search(invisible) === -1;
      if (!isPlain || step.length > longestQuote) return `[${quote(step)}]`;
      return depth === 0 ? step : `.${step}`;
    })
    .join('');
}

/**
 * Quotes a text for a message: escaped, and cut when it is long, so that hostile input cannot flood a log.
 *
 * @category Errors
 */
export function quote(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(shown).replace(invisible, escaped);
}
