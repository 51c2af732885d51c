// A reporter of vitest: writes what the conformance kit found into examined.json, beside the report of coverage.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** @typedef {import('./findings.mjs').Report} Report */
/** @typedef {import('vitest/reporters').Reporter} Reporter */

/** @implements {Reporter} */
export default class ExaminedReporter {
  /** @type {Report[]} */
  #reports = [];
  #folder = '';

  /** @param {import('vitest/node').Vitest} vitest */
  onInit({ config }) {
    this.#folder = resolve(config.root, config.coverage.reportsDirectory ?? 'coverage');
  }

  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const { conformance } = /** @type {{ conformance?: Report }} */ (test.meta());
    if (conformance) this.#reports.push(conformance);
  }

  onTestRunEnd() {
    if (this.#reports.length === 0) return;
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, 'examined.json'), JSON.stringify(this.#reports));
  }
}
