/**
 * What vitest's json reporter writes, as far as it is read here.
 *
 * @typedef {{
 *   success: boolean, numPassedTests: number, numFailedTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[],
 * }} TestReport
 */

/**
 * How a run of the tests ended, as `N passed, N failed`. A file that failed outside of any test counts as one failure,
 * and so does a run that failed for no reason that the report names, or that left no report.
 *
 * @param {TestReport | undefined} report
 * @param {boolean} passed whether the run did
 */
export function closingLine(report, passed) {
  if (report === undefined) return '0 passed, 1 failed';
  const { success, numPassedTests, numFailedTests, testResults } = report;
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const failed = numFailedTests + brokenFiles.length;
  return `${numPassedTests} passed, ${success && passed ? failed : Math.max(failed, 1)} failed`;
}
