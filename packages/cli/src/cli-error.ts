import { MechaneError, type Path } from '@mechane/core';

/**
 * Every code that the command adds to those of core and of the mechanisms.
 *
 * @category Errors
 */
export type CliErrorCode =
  | 'broken-plugin'
  | 'byte-order-mark'
  | 'cannot-listen'
  | 'cannot-reach'
  | 'cannot-read'
  | 'cannot-start'
  | 'cannot-write'
  | 'file-exists'
  | 'command-died'
  | 'command-hangs'
  | 'command-nonsense'
  | 'conflicting-options'
  | 'duplicate-agent'
  | 'duplicate-key'
  | 'empty-input'
  | 'internal'
  | 'invalid-description'
  | 'invalid-key'
  | 'invalid-option'
  | 'journal-exists'
  | 'journal-in-use'
  | 'imprecise-amount'
  | 'malformed-json'
  | 'missing-argument'
  | 'missing-plugin'
  | 'no-generators'
  | 'no-mechanisms'
  | 'no-worker'
  | 'not-utf8'
  | 'nothing-to-verify'
  | 'too-deep'
  | 'too-large'
  | 'unexpected-argument'
  | 'unfinished-run'
  | 'unknown-command'
  | 'unknown-generator'
  | 'unknown-job'
  | 'unknown-published'
  | 'unknown-law'
  | 'unknown-option';

/**
 * Where in the input something stands: the file, and the place within its text, counted from 1.
 *
 * @category Errors
 */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface CliErrorDetails {
  readonly problem: string;
  readonly path?: Path;
  readonly place?: Place;
  readonly expected?: string;
  readonly fix?: string;
  readonly cause?: unknown;
}

/** A coded error that also knows its place in a text. */
export class CliError extends MechaneError<CliErrorCode> {
  readonly place: Place;

  constructor(code: CliErrorCode, { place = {}, ...details }: CliErrorDetails) {
    super(code, details);
    this.place = place;
  }
}
