import { expect, test } from 'vitest';
import { closingLine } from '../test-report.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((assertion) => ({ status: assertion })),
});

const report = (numPassedTests: number, numFailedTests: number, ...testResults: ReturnType<typeof file>[]) => ({
  success: testResults.every(({ status }) => status === 'passed'),
  numPassedTests,
  numFailedTests,
  testResults,
});

test('passed and failed tests of all packages are counted', () => {
  const one = report(3, 1, file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed'));
  const other = report(1, 0, file('passed', 'passed'));
  expect(closingLine([one, other], false)).toBe('4 passed, 1 failed');
  expect(closingLine([other, other], true)).toBe('2 passed, 0 failed');
});

test('a file that cannot be loaded is a failure', () => {
  expect(closingLine([report(1, 0, file('passed', 'passed'), file('failed'))], false)).toBe('1 passed, 1 failed');
});

test('a run that failed is never told as one without failures', () => {
  const sound = report(1, 0, file('passed', 'passed'));
  expect(closingLine([sound], true)).toBe('1 passed, 0 failed');
  expect(closingLine([sound], false)).toBe('1 passed, 1 failed');
  expect(closingLine([{ ...sound, success: false }], true)).toBe('1 passed, 1 failed');
  expect(closingLine([], true)).toBe('0 passed, 1 failed');
});
