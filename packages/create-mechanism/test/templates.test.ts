import { readdirSync } from 'node:fs';
import { formatReport, type Subject, verify } from '@mechane/conformance';
import { describe, expect, test } from 'vitest';

const templates = new URL('../templates/', import.meta.url);
const combinations = ['direct', 'rounds'].flatMap((kind) =>
  readdirSync(new URL(`${kind}/`, templates)).map((domain) => `${kind}/${domain}`),
);

describe.each(combinations)('%s', (combination) => {
  test('is a mechanism of which the kit refutes nothing', async () => {
    const { subjects } = (await import(new URL(`${combination}/src/conformance.ts`, templates).href)) as {
      subjects: readonly Subject[];
    };
    expect(subjects).toHaveLength(1);
    for (const subject of subjects) {
      const report = await verify(subject, { runs: 60 });
      const bad = report.laws.filter(({ verdict }) => verdict === 'refuted' || verdict === 'undecided');
      expect(bad, formatReport(report)).toEqual([]);
    }
  });
});
