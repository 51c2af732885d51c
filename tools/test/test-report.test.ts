import { expect, test } from 'vitest';
import { closingLine, failures } from '../test-report.mjs';

const file = (status: string, ...tests: string[]) => ({
  name: 'packages/core/test/unit.test.ts',
  status,
  message: 'cannot be loaded',
  assertionResults: tests.map((assertion) => ({
    status: assertion,
    fullName: 'a price is whole',
    failureMessages: assertion === 'failed' ? ['expected 1 to be 2'] : [],
  })),
});

test('passed and failed tests are counted', () => {
  const testResults = [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')];
  const report = { success: false, numPassedTests: 3, numFailedTests: 1, testResults };
  expect(closingLine(report, false)).toBe('3 passed, 1 failed');
});

test('a file that cannot be loaded is a failure', () => {
  const testResults = [file('passed', 'passed'), file('failed')];
  const report = { success: false, numPassedTests: 1, numFailedTests: 0, testResults };
  expect(closingLine(report, false)).toBe('1 passed, 1 failed');
});

test('a run that failed, or left nothing, is never told as one without failures', () => {
  const sound = { success: true, numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', 'passed')] };
  expect(closingLine(sound, true)).toBe('1 passed, 0 failed');
  expect(closingLine(sound, false)).toBe('1 passed, 1 failed');
  expect(closingLine({ ...sound, success: false }, true)).toBe('1 passed, 1 failed');
  expect(closingLine(undefined, true)).toBe('0 passed, 1 failed');
});

test('what failed is named, with the file and the reason', () => {
  const testResults = [file('passed', 'passed'), file('failed', 'passed', 'failed'), file('failed')];
  expect(failures({ success: false, numPassedTests: 2, numFailedTests: 1, testResults })).toEqual([
    'FAILED packages/core/test/unit.test.ts: a price is whole\n  expected 1 to be 2',
    'FAILED packages/core/test/unit.test.ts\n  cannot be loaded',
  ]);
  expect(failures(undefined)).toEqual([]);
});
