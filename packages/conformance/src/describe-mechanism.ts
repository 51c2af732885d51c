import type { Claim } from '@mechane/core';
import { claimedLaws } from './examination/claimed-laws.ts';
import { same } from './game/same.ts';
import { otherDomainsOf } from './other-domains.ts';
import { type ConformanceReport, isGood, type LawVerdict } from './report.ts';
import type { Subject } from './subject.ts';
import { type VerifyOptions, verify } from './verify.ts';

/**
 * What a test runner lends the kit.
 *
 * @category Tests
 */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  /** `body` fulfils with the whole report where it is the first to examine a subject. */
  it(name: string, body: () => Promise<ConformanceReport | undefined>, timeout?: number): unknown;
}

const patience = 600_000;
/** Work in a suite that runs with every change, where nobody says how much: a third of what is done elsewhere. */
const runsInSuite = 100;
/** Machines that run suites are busy, and a verdict should not depend on that. */
const secondsInSuite = 90;

/**
 * One test per claim, in whatever runner: a refuted claim fails its test with the counterexample in words, a command that
 * shows it and the seed. So does every claim that is undecided, vacuous, or made for types that no subject has: see `otherDomains`.
 *
 * @category Tests
 */
export function describeMechanism(runner: TestRunner, subject: Subject, options: VerifyOptions = {}): void {
  const { describe, it } = runner;
  const { mechanism, domain, runs = runsInSuite } = subject;
  const { laws: chosen, otherDomains = [] } = options;
  describe(`${mechanism.id} (${domain.name})`, () => {
    let examination: Promise<ConformanceReport> | undefined;
    for (const { law, claim } of claimedLaws(subject)) {
      if (!claim || (chosen && !chosen.includes(law))) continue;
      if (claim.domain !== undefined && otherDomains.includes(claim.domain)) continue;
      it(
        `${law}${claim.mode === undefined ? '' : ` (${claim.mode})`} ${expectation(claim.holds)}`,
        async () => {
          const first = examination === undefined;
          examination ??= verify(subject, { runs, seconds: secondsInSuite, ...options });
          const report = await examination;
          requireKept(claim, report);
          return first ? report : undefined;
        },
        patience,
      );
    }
  });
}

/**
 * The suites of several subjects, of which each may have the types that another's mechanism claims something for.
 *
 * @category Tests
 */
export function describeMechanisms(
  runner: TestRunner,
  subjects: readonly Subject[],
  options: VerifyOptions = {},
): void {
  for (const subject of subjects) {
    describeMechanism(runner, subject, { ...options, otherDomains: otherDomainsOf(subject, subjects) });
  }
}

function expectation(holds: LawVerdict['claim']): string {
  if (typeof holds === 'object' && holds !== null) return `holds up to ${holds.approximately}`;
  return holds ? 'holds' : 'does not hold';
}

function requireKept({ law, mode, holds }: Claim, { laws, seed }: ConformanceReport): void {
  const verdicts = laws.filter((other) => other.law === law && other.mode === mode && same(other.claim, holds));
  for (const { verdict, reason, replay } of verdicts) {
    if (isGood(verdict)) continue;
    const shown = replay === undefined ? '' : `\n  see it: ${replay}`;
    throw new Error(`${law} is ${verdict}: ${reason}${shown}\n  seed: ${seed}`);
  }
}
