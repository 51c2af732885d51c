import { describe, it } from 'vitest';
import {
  describeMechanisms as describeAll,
  describeMechanism as describeOne,
  type TestRunner,
} from './describe-mechanism.ts';
import { environmentSeed } from './environment-seed.ts';
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
 * The kit as a vitest suite: one test per claim. The environment variable `MECHANE_SEED` replaces the seed. Reporters find what the kit
 * found in the `meta` of the first test, under `conformance`.
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
  describeOne(runner, subject, seeded(options));
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
  describeAll(runner, subjects, seeded(options));
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

function seeded(options: VerifyOptions): VerifyOptions {
  // Node, or a browser that vite serves.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const { env } = import.meta as { env?: Record<string, string | undefined> };
  const seed = environmentSeed(process?.env, env);
  return seed === undefined ? options : { ...options, seed };
}
