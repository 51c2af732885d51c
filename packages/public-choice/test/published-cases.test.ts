import { readFileSync } from 'node:fs';
import { createMechane } from '@mechane/core';
import { expect, test } from 'vitest';
import { publicChoices } from '../src/index.ts';

const mechane = createMechane().use(publicChoices);
const cases = JSON.parse(readFileSync(new URL('published-cases.json', import.meta.url), 'utf8')) as readonly {
  readonly name: string;
  readonly source: string;
  readonly scenario: object;
  readonly expect: object;
}[];

test.each(cases.map((published) => [`${published.name} (${published.source})`, published] as const))(
  'the published case: %s',
  (_, { scenario, expect: expected }) => {
    expect(mechane.runScenario(scenario)).toMatchObject(expected);
  },
);
