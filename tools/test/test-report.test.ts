import { expect, test } from 'vitest';
import { closingLine } from '../test-report.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((assertion) => ({ status: assertion })),
});

test('passed and failed tests are counted', () => {
  const testResults = [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')];
  const report = { success: false, numPassedTests: 3, numFailedTests: 1, testResults };
  expect(closingLine(report)).toBe('3 passed, 1 failed');
});

test('a file that cannot be loaded is a failure', () => {
  const testResults = [file('passed', 'passed'), file('failed')];
  expect(closingLine({ success: false, numPassedTests: 1, numFailedTests: 0, testResults })).toBe('1 passed, 1 failed');
});

test('a run that failed is never told as one without failures', () => {
  const testResults = [file('passed', 'passed')];
  expect(closingLine({ success: false, numPassedTests: 1, numFailedTests: 0, testResults })).toBe('1 passed, 1 failed');
  expect(closingLine({ success: true, numPassedTests: 1, numFailedTests: 0, testResults })).toBe('1 passed, 0 failed');
});
