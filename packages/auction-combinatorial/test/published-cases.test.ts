import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { combinatorialAuctions } from '../src/index.ts';
import published from './published/cases.json' with { type: 'json' };

/** An outcome that somebody published. Only what `expect` names is compared. */
interface PublishedCase {
  readonly name: string;
  readonly source: string;
  readonly scenario: { readonly mechanism: string };
  readonly expect: object;
  readonly tolerance: number;
}

const mechane = createMechane().use(combinatorialAuctions);
const known = new Set<string>(combinatorialAuctions.mechanisms.map(({ id }) => id));

for (const { name, source, scenario, expect: expected, tolerance } of published as readonly PublishedCase[]) {
  test.runIf(known.has(scenario.mechanism))(`${name} (${source})`, () => {
    expectClose(mechane.runScenario(scenario), expected, tolerance, []);
  });
}

function expectClose(actual: unknown, expected: unknown, tolerance: number, path: readonly string[]): void {
  if (typeof expected === 'number') {
    expect(actual, path.join('.')).toBeTypeOf('number');
    expect(Math.abs((actual as number) - expected), `${path.join('.')} is ${actual}`).toBeLessThanOrEqual(tolerance);
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, part] of Object.entries(expected)) {
      expectClose((actual as Readonly<Record<string, unknown>>)[key], part, tolerance, [...path, key]);
    }
  } else {
    expect(actual, path.join('.')).toBe(expected);
  }
}
