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
 * and so does a run that failed for no reason that the report names.
 *
 * @param {TestReport} report
 */
export function closingLine({ success, numPassedTests, numFailedTests, testResults }) {
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  const failed = numFailedTests + brokenFiles.length;
  return `${numPassedTests} passed, ${success ? failed : Math.max(failed, 1)} failed`;
}
