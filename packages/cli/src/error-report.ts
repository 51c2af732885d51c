import { type ErrorReport, isMechaneError } from '@mechane/core';
import { CliError, type Place } from './cli-error.ts';
import { unforeseen } from './errors.ts';

/**
 * What an error of the command looks like in JSON.
 *
 * @category Errors
 */
export interface PlacedReport extends ErrorReport, Place {}

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
