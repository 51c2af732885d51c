import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answers, mechane } from './command.ts';

interface GoldenCase {
  readonly name: string;
  readonly source: string;
  readonly scenario: { readonly mechanism: string };
  readonly expect: Readonly<Record<string, unknown>>;
  readonly tolerance?: number;
}

const folder = new URL('golden/', import.meta.url);

/** What differs from what is expected: numbers within a relative tolerance, an absent payment or share is zero. */
function differences(expected: unknown, actual: unknown, tolerance: number, path: string): string[] {
  if (typeof expected === 'number') {
    const given = actual ?? (/payments|allocation|trades/.test(path) ? 0 : actual);
    const near = typeof given === 'number' && Math.abs(given - expected) <= tolerance * Math.max(1, Math.abs(expected));
    return near ? [] : [`${path}: expected ${expected}, got ${JSON.stringify(actual)}`];
  }
  if (typeof expected === 'object' && expected !== null && typeof actual === 'object' && actual !== null) {
    if (Array.isArray(expected) && (actual as unknown[]).length !== expected.length) return [`${path}: another length`];
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, (actual as Readonly<Record<string, unknown>>)[key], tolerance, `${path}.${key}`),
    );
  }
  return expected === actual ? [] : [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
}

describe.each(readdirSync(folder))('published cases: %s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly GoldenCase[];

  test.each(cases.map((golden) => [`${golden.name} (${golden.source})`, golden] as const))('%s', async (_, golden) => {
    const { stdout } = await mechane(['run', '--ndjson'], { stdin: JSON.stringify(golden.scenario) });
    const [answer] = answers(stdout);
    expect(answer?.error).toBeUndefined();
    expect(differences(golden.expect, answer, golden.tolerance ?? 1e-9, '')).toEqual([]);
  });
});
