/**
 * What vitest's json reporter writes, as far as it is read here.
 *
 * @typedef {{
 *   success: boolean, numPassedTests: number, numFailedTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[],
 * }} TestReport
 */

/**
 * How the tests of all packages ended, as `N passed, N failed`. A file that failed outside of any test counts as one failure, and so does a run
 * that failed for no reason that a report names.
 *
 * @param {readonly TestReport[]} reports
 * @param {boolean} passed whether all runs did
 */
export function closingLine(reports, passed) {
  const results = reports.flatMap(({ testResults }) => testResults);
  const brokenFiles = results.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const counted = (/** @type {'numPassedTests' | 'numFailedTests'} */ which) =>
    reports.reduce((sum, report) => sum + report[which], 0);
  const failed = counted('numFailedTests') + brokenFiles.length;
  const all = passed && reports.length > 0 && reports.every(({ success }) => success);
  return `${counted('numPassedTests')} passed, ${all ? failed : Math.max(failed, 1)} failed`;
}
