import { describe, it } from 'vitest';
import { describeMechanism as describeWith } from './describe-mechanism.ts';
import type { Subject } from './subject.ts';
import type { VerifyOptions } from './verify.ts';

/**
 * The kit as a vitest suite: one test per claim. The environment variable `MECHANE_SEED` replaces the seed.
 *
 * @example
 * ```ts
 * // test/conformance.test.ts
 * import { describeMechanism } from '@mechane/conformance/vitest';
 * import { subjects } from '../src/conformance.ts';
 *
 * for (const subject of subjects) describeMechanism(subject);
 * ```
 */
export function describeMechanism(subject: Subject, options: VerifyOptions = {}): void {
  const seed = seedOfEnvironment();
  describeWith({ describe, it }, subject, seed === undefined ? options : { ...options, seed });
}

/** Where the host has environment variables, in Node or in a browser that vite serves. */
function seedOfEnvironment(): number | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const { env } = import.meta as { env?: Record<string, string | undefined> };
  const text = process?.env?.MECHANE_SEED ?? env?.MECHANE_SEED;
  const seed = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isSafeInteger(seed) ? seed : undefined;
}
