// A reporter of vitest: writes into coverage/tried-again.json which tests passed only when they were tried again.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './root.mjs';

/** The tests of the last run that passed at the second try only. */
export const triedAgainFile = join(root, 'coverage', 'tried-again.json');

/** @typedef {import('vitest/reporters').Reporter} Reporter */

/** @implements {Reporter} */
export default class TriedAgainReporter {
  /** @type {string[]} */
  #names = [];

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#names.push(`${relative(root, test.module.moduleId)}: ${test.fullName}`);
  }

  onTestRunEnd() {
    mkdirSync(dirname(triedAgainFile), { recursive: true });
    writeFileSync(triedAgainFile, JSON.stringify(this.#names));
  }
}
