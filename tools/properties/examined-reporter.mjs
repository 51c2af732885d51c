// A reporter of vitest: writes what the conformance kit found into coverage/examined.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../root.mjs';

/** What the tests found when they last examined all mechanisms. */
export const examinedFile = join(root, 'coverage', 'examined.json');

/** @typedef {import('./findings.mjs').Report} Report */
/** @typedef {import('vitest/reporters').Reporter} Reporter */

/** @implements {Reporter} */
export default class ExaminedReporter {
  /** @type {Report[]} */
  #reports = [];

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const { conformance } = /** @type {{ conformance?: Report }} */ (test.meta());
    if (conformance) this.#reports.push(conformance);
  }

  onTestRunEnd() {
    if (this.#reports.length === 0) return;
    mkdirSync(dirname(examinedFile), { recursive: true });
    writeFileSync(examinedFile, JSON.stringify(this.#reports));
  }
}
