import { type ErrorReport, formatPath, isMechaneError, type Path } from '@mechane/core';
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
  return { ...thrown.toJSON(), ...placeIn(thrown.path), ...own, ...where };
}

/** What a report says after the place that is told before it. */
export function messageAtItsPlace({ message, path }: PlacedReport): string {
  const place = `${formatPath(path)}: `;
  return placeIn(path).line !== undefined && message.startsWith(place) ? message.slice(place.length) : message;
}

/** The line, and the column, that readers of texts which are no JSON give as a path. */
function placeIn([word, line, other, column, ...rest]: Path): Place {
  if (word !== 'line' || typeof line !== 'number' || rest.length > 0) return {};
  if (other === undefined) return { line };
  return other === 'column' && typeof column === 'number' ? { line, column } : {};
}
