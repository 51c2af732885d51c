import { readdirSync } from 'node:fs';
import { formatReport, type Subject, verify } from '@mechane/conformance';
import { isPlugin } from '@mechane/core/host';
import { describe, expect, test } from 'vitest';
import { type Domain, type Kind, mechanisms } from '../src/choices.ts';

const templates = new URL('../templates/', import.meta.url);
const combinations = ['direct', 'rounds'].flatMap((kind) =>
  readdirSync(new URL(`${kind}/`, templates)).map((domain) => `${kind}/${domain}`),
);

/** Whose examination takes little: those of the others are left to the full run, as those of all that the command makes are. */
const short = new Set(['direct/single-peaked', 'direct/double-auction', 'rounds/housing']);

describe.each(combinations)('%s', (combination) => {
  const tags = short.has(combination) ? [] : ['long'];

  test('is a plugin of the mechanism that the command says it is', async () => {
    const [kind, domain] = combination.split('/') as [Kind, Domain];
    const { plugin } = await import(new URL(`${combination}/src/index.ts`, templates).href);
    expect(isPlugin(plugin)).toBe(true);
    expect(plugin.mechanisms.map(({ id }: { id: string }) => id)).toEqual([`__ID__/${mechanisms[kind][domain]}`]);
    expect(plugin.mechanisms[0].direct).toBe(kind === 'direct');
  });

  test('is a mechanism of which the kit refutes nothing', { tags }, async () => {
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
