import { isGood, type LawVerdict, verify } from '@mechane/conformance';
import type { Claim, Mechanism } from '@mechane/core';
import { describe, expect, test, vi } from 'vitest';
import { claimable, structural } from '../src/laws.ts';
import { cheats } from './mutants/cheats.ts';
import * as conversations from './mutants/conversations.ts';
import { costs } from './mutants/costs.ts';
import * as incentives from './mutants/incentives.ts';
import type { Specimen } from './mutants/mutant.ts';
import * as elsewhere from './mutants/other-domains.ts';
import * as outcomes from './mutants/outcomes.ts';
import * as relations from './mutants/relations.ts';
import { sound } from './mutants/sound.ts';
import { units } from './mutants/units.ts';

// Whole examinations, perhaps on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { whims, ...related } = relations;
const { clock: _, ...conversing } = conversations;
const mutants: readonly Specimen[] = [
  ...[incentives, outcomes, related, conversing, elsewhere].flatMap((family) => Object.values(family).flat()),
  ...units,
  ...costs,
  ...whims(),
  ...cheats(),
];

/** Of every law, the first two of those that break or keep it are examined before every merge; all of them in the full run. */
function byLaw(specimens: readonly Specimen[]): readonly { readonly specimen: Specimen; readonly tags: 'long'[] }[] {
  const seen = new Map<string, number>();
  return specimens.map((specimen) => {
    const before = seen.get(specimen.law) ?? 0;
    seen.set(specimen.law, before + 1);
    return { specimen, tags: before < 2 ? [] : ['long'] };
  });
}

/** The mechanism, boasting. */
function boasting({ law, mechanism }: Specimen): Mechanism {
  const boast: Claim = { law, holds: true, because: 'it says so' };
  return { ...mechanism, claims: (settings) => [...mechanism.claims(settings), boast] };
}

async function verdictOn(specimen: Specimen, runs?: number): Promise<LawVerdict | undefined> {
  const { law, domain, settings } = specimen;
  const subject = { mechanism: boasting(specimen), domain, ...(settings ? { settings } : {}) };
  const { laws } = await verify(subject, { laws: [law], seconds: 60, ...(runs === undefined ? {} : { runs }) });
  return laws.find((verdict) => verdict.law === law);
}

describe('mechanisms that break what they claim', () => {
  test('are more than a hundred and twenty, five or more for every law', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(120);
    const few = [...claimable, ...structural]
      .map(({ name }) => [name, mutants.filter(({ law }) => law === name).length] as const)
      .filter(([, count]) => count < 5);
    expect(few).toEqual([]);
  });

  for (const { specimen, tags } of byLaw(mutants))
    test(`${specimen.law}: ${specimen.what}`, { tags }, async () => {
      const verdict = await verdictOn(specimen, 300);
      expect(verdict).toMatchObject({
        claim: true,
        verdict: expect.stringMatching(/refuted|nondeterministic|does-not-end/),
      });
      expect(verdict?.reason).toMatch(/\w/);
      expect(verdict?.counterexample).toMatchObject({ settings: expect.anything(), types: expect.anything() });
      expect(isGood(verdict?.verdict ?? 'holds')).toBe(false);
    });
});

describe('mechanisms that divide, draw lots or have rates', () => {
  test('are twenty or more', () => {
    expect(new Set(sound.map(({ what }) => what)).size).toBeGreaterThanOrEqual(20);
  });

  for (const { specimen, tags } of byLaw(sound))
    test(`${specimen.what} keeps ${specimen.law}`, { tags }, async () => {
      expect(await verdictOn(specimen, 120)).toMatchObject({ claim: true, verdict: 'holds' });
    });
});
