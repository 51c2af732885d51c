import { type ErrorReport, isMechaneError, MechaneError, type Path } from '@mechane/core';

/** Every code that the command adds to those of core and of the mechanisms. */
export type CliErrorCode =
  | 'broken-plugin'
  | 'byte-order-mark'
  | 'cannot-read'
  | 'cannot-write'
  | 'conflicting-options'
  | 'duplicate-agent'
  | 'duplicate-key'
  | 'empty-input'
  | 'internal'
  | 'invalid-option'
  | 'journal-exists'
  | 'malformed-json'
  | 'missing-argument'
  | 'missing-plugin'
  | 'no-generators'
  | 'no-mechanisms'
  | 'not-utf8'
  | 'nothing-to-verify'
  | 'too-deep'
  | 'too-large'
  | 'unexpected-argument'
  | 'unfinished-run'
  | 'unknown-command'
  | 'unknown-generator'
  | 'unknown-option';

/** Where in the input something stands: the file, and the place within its text, counted from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What an error of the command looks like in JSON. */
export interface PlacedReport extends ErrorReport, Place {}

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

/** The error where the project lacks a package of ours that does something for the command. */
export function missingPackage(what: string, name: string): CliError {
  return new CliError('missing-plugin', {
    problem: `${what} by ${name}, which is not installed here`,
    fix: `npm install ${name}`,
  });
}

/** The error for a thread that ended in the middle of its work, as a plugin can make it. */
export function threadEnded(exitCode: number): CliError {
  return unforeseen(`a thread ended with the code ${exitCode}`);
}

/** Thrown when whoever reads the output has stopped reading, as `head` does: a reason to end, not to complain. */
export class OutputClosed extends Error {}

/** Thrown in place of what was thrown in another thread and has its public form already. */
export class ReportedElsewhere extends Error {
  readonly report: PlacedReport;

  constructor(report: PlacedReport) {
    super(report.message);
    this.report = report;
  }
}

/** Puts anything that was thrown into the public form. What is no coded error is a defect of ours or of a plugin. */
export function reportOf(thrown: unknown, where: Place = {}): PlacedReport {
  if (thrown instanceof ReportedElsewhere) return { ...thrown.report, ...where };
  if (!isMechaneError(thrown)) return reportOf(unforeseen(thrown), where);
  const own = thrown instanceof CliError ? thrown.place : {};
  return { ...thrown.toJSON(), ...own, ...where };
}

function unforeseen(thrown: unknown): CliError {
  return new CliError('internal', {
    problem: `something unforeseen happened: ${saidBy(thrown)}`,
    fix: 'report it with the input that led to it: https://github.com/mechane/mechane/issues',
    cause: thrown,
  });
}

/** The first line of what an error says, without its full stop, to be put in a sentence of our own. */
export function saidBy(thrown: unknown): string {
  const [line = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1);
  return line.slice(0, 300).replace(/\.$/, '');
}
