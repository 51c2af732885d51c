import { describe, it } from 'vitest';
import {
  describeMechanisms as describeAll,
  describeMechanism as describeOne,
  type TestRunner,
} from './describe-mechanism.ts';
import { environmentNumber } from './environment-number.ts';
import type { ConformanceReport } from './report.ts';
import type { Subject } from './subject.ts';
import type { VerifyOptions } from './verify.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What the kit found of a subject, on the first of its tests: for reporters. */
    conformance?: ConformanceReport;
  }
}

/**
 * The kit as a vitest suite: one test per claim. The environment variables `MECHANE_SEED` and `MECHANE_RUNS` replace the seed and
 * the number of runs. Reporters find what the kit found in the `meta` of the first test, under `conformance`.
 *
 * @example
 * ```js
 * // test/conformance.test.ts
 * import { describeMechanism } from '@mechane/conformance/vitest';
 * import { auction } from '../src/conformance.ts';
 *
 * describeMechanism(auction);
 * ```
 */
export function describeMechanism(subject: Subject, options: VerifyOptions = {}): void {
  describeOne(runner, subject, asTheHostSays(options));
}

/**
 * The suites of all subjects of a package. What a mechanism claims for some types is examined where a subject has them; where none has, the
 * claim fails.
 *
 * @example
 * ```js
 * // test/conformance.test.ts
 * import { describeMechanisms } from '@mechane/conformance/vitest';
 * import { subjects } from '../src/conformance.ts';
 *
 * describeMechanisms(subjects);
 * ```
 */
export function describeMechanisms(subjects: readonly Subject[], options: VerifyOptions = {}): void {
  describeAll(runner, subjects, asTheHostSays(options));
}

const runner: TestRunner = {
  describe,
  it: (name, body, timeout) =>
    it(
      name,
      async ({ task }) => {
        const report = await body();
        if (report) task.meta.conformance = report;
      },
      timeout,
    ),
};

function asTheHostSays(options: VerifyOptions): VerifyOptions {
  // Node, or a browser that vite serves.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const { env } = import.meta as { env?: Record<string, string | undefined> };
  const seed = environmentNumber('MECHANE_SEED', process?.env, env);
  const runs = environmentNumber('MECHANE_RUNS', process?.env, env);
  return { ...options, ...(seed === undefined ? {} : { seed }), ...(runs === undefined || runs < 1 ? {} : { runs }) };
}
