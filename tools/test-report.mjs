/**
 * What vitest's json reporter writes, as far as it is read here.
 *
 * @typedef {{
 *   success: boolean, numPassedTests: number, numFailedTests: number,
 *   testResults: TestFile[],
 * }} TestReport
 *
 * @typedef {{
 *   name: string, status: string, message: string,
 *   assertionResults: { status: string, fullName: string, failureMessages: string[] }[],
 * }} TestFile
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
  const failed = numFailedTests + testResults.filter(broke).length;
  return `${numPassedTests} passed, ${success && passed ? failed : Math.max(failed, 1)} failed`;
}

/**
 * Each test that failed, and why: of a long run often only the end is kept, and this is what somebody has to see there.
 *
 * @param {TestReport | undefined} report
 * @returns {string[]} one text a failure: the file, the test and its message
 */
export function failures(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    if (broke(file)) return [`FAILED ${file.name}\n${indented(file.message)}`];
    return file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) => `FAILED ${file.name}: ${fullName}\n${indented(failureMessages.join('\n'))}`,
      );
  });
}

/**
 * Whether a file failed outside of any test.
 *
 * @param {TestFile} file
 */
function broke({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed');
}

/**
 * @param {string} message
 * @returns {string} its first lines, set in
 */
function indented(message) {
  return message
    .split('\n')
    .slice(0, 30)
    .map((line) => `  ${line}`)
    .join('\n');
}
