import { describe, it } from 'vitest';
import { describeMechanism as describeWith, type TestRunner } from './describe-mechanism.ts';
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
 * import { subjects } from '../src/conformance.ts';
 *
 * for (const subject of subjects) describeMechanism(subject);
 * ```
 */
export function describeMechanism(subject: Subject, options: VerifyOptions = {}): void {
  // Node, or a browser that vite serves.
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const { env } = import.meta as { env?: Record<string, string | undefined> };
  const seed = environmentSeed(process?.env, env);
  const itTells: TestRunner['it'] = (name, body, timeout) =>
    it(
      name,
      async ({ task }) => {
        const report = await body();
        if (report) task.meta.conformance = report;
      },
      timeout,
    );
  describeWith({ describe, it: itTells }, subject, seed === undefined ? options : { ...options, seed });
}
