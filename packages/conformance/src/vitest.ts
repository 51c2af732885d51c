import { describe, it } from 'vitest';
import { describeMechanism as describeWith } from './describe-mechanism.ts';
import { environmentSeed } from './environment-seed.ts';
import type { Subject } from './subject.ts';
import type { VerifyOptions } from './verify.ts';

/**
 * The kit as a vitest suite: one test per claim. The environment variable `MECHANE_SEED` replaces the seed.
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
  describeWith({ describe, it }, subject, seed === undefined ? options : { ...options, seed });
}
