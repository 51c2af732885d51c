import type { Claim } from '@mechane/core';
import { type Bench, Stopped } from './bench.ts';
import { witnessedCase } from './case.ts';
import type { ClaimedLaw } from './claimed-laws.ts';
import type { Finding, Law, Violation } from './law.ts';
import { openBench, type Workshop } from './open-bench.ts';
import { replayCommand } from './replay.ts';
import type { LawVerdict, Method } from './report.ts';

/** What a claim is examined with. */
export interface Examination {
  readonly workshop: Workshop;
  /** One bench per settings of the subject, opened when first needed. */
  readonly benches: readonly (() => Bench)[];
  /** How the caller could repeat it. */
  readonly again: { readonly seed: number; readonly runs: number | undefined };
}

/** What becomes of a claim; `undefined` where the law says nothing about this mechanism. */
export async function examineClaim(claimed: ClaimedLaw, examination: Examination): Promise<LawVerdict | undefined> {
  const { law, known, claim, structural } = claimed;
  const base = { law, claim: claim === undefined ? null : claim.holds, method: 'search' as Method, examined: 0 };
  if (!claim) return { ...base, verdict: 'unclaimed' };
  const undecided = (reason: string): LawVerdict => ({ ...base, verdict: 'undecided', reason });
  const { domain } = examination.workshop.subject;
  if (!known) return undecided('the kit does not know this law; a subject may list it among its laws');
  if (claim.domain !== undefined && claim.domain !== domain.name) {
    return undecided(`it is claimed for the domain ${claim.domain}, and this subject's types are ${domain.name}`);
  }
  try {
    if (claim.holds === false) return await playWitness(known, claim, claimed, examination, base);
    if (structural && everywhere(claimed, examination, (bench) => known.irrelevant?.(bench)) !== undefined)
      return undefined;
    const hindrance = everywhere(
      claimed,
      examination,
      (bench) => known.irrelevant?.(bench) ?? known.undecidable?.(bench),
    );
    if (hindrance !== undefined) return undecided(hindrance);
    return await examineEverywhere(known, claim, claimed, examination, base);
  } catch (thrown) {
    if (thrown instanceof Stopped) return undecided('the examination was stopped before this was decided');
    throw thrown;
  }
}

type Base = Pick<LawVerdict, 'law' | 'claim' | 'method' | 'examined'>;

function everywhere(
  { under }: ClaimedLaw,
  { benches }: Examination,
  ask: (bench: Bench) => string | undefined,
): string | undefined {
  for (const index of under) {
    const answer = ask((benches[index] as () => Bench)());
    if (answer !== undefined) return answer;
  }
  return undefined;
}

async function examineEverywhere(
  law: Law,
  { holds }: Claim,
  { under }: ClaimedLaw,
  { benches, again, workshop }: Examination,
  base: Base,
): Promise<LawVerdict> {
  const approximately = typeof holds === 'object' ? holds.approximately : undefined;
  const findings: Finding[] = [];
  for (const index of under) {
    const bench = (benches[index] as () => Bench)();
    const finding = await law.examine(bench, approximately);
    findings.push(finding);
    const examined = findings.reduce((sum, each) => sum + each.examined, 0);
    if (finding.violation) {
      const { method } = finding;
      return { ...base, verdict: 'refuted', method, examined, ...told(finding.violation, workshop, again) };
    }
  }
  const examined = findings.reduce((sum, each) => sum + each.examined, 0);
  const method = weakest(findings.map((finding) => finding.method));
  const undecided = findings.find((finding) => finding.undecided !== undefined)?.undecided;
  if (undecided !== undefined) return { ...base, verdict: 'undecided', method, examined, reason: undecided };
  return { ...base, verdict: 'holds', method, examined, reason: extentOf(findings) };
}

/** A claim that a law does not hold is true if its witness shows it. */
async function playWitness(
  law: Law,
  claim: Claim,
  { under }: ClaimedLaw,
  { workshop, benches, again }: Examination,
  base: Base,
): Promise<LawVerdict> {
  if (!claim.witness) {
    return {
      ...base,
      verdict: 'refuted',
      reason: 'it is claimed not to hold, but no witness shows it: add one to the claim',
    };
  }
  const { witness } = claim;
  const bench =
    witness.settings === undefined
      ? (benches[under[0] as number] as () => Bench)()
      : openBench(workshop, witness.settings, 0);
  const hindrance = law.undecidable?.(bench);
  if (hindrance !== undefined) return { ...base, verdict: 'undecided', reason: hindrance };
  const violation = await law.judge(bench, witnessedCase(witness), undefined);
  const examined = 1;
  if (violation) return { ...base, verdict: 'witnessed', examined, ...told(violation, workshop, again) };
  const reason = `it is claimed not to hold, but the witness does not break it: ${law.says}`;
  return { ...base, verdict: 'refuted', examined, reason };
}

function told(
  { counterexample, reason, scenarios }: Violation,
  { subject }: Workshop,
  again: Examination['again'],
): Pick<LawVerdict, 'counterexample' | 'reason' | 'replay'> {
  return { counterexample, reason, replay: replayCommand(scenarios, { id: subject.mechanism.id, ...again }) };
}

const strongestFirst: readonly Method[] = ['exhaustive', 'search', 'statistical'];

function weakest(methods: readonly Method[]): Method {
  return strongestFirst[Math.max(...methods.map((method) => strongestFirst.indexOf(method)))] as Method;
}

function extentOf(findings: readonly Finding[]): string {
  const extents = [...new Set(findings.map(({ extent }) => extent))];
  const each = findings.length > 1 ? `, under each of ${findings.length} settings` : '';
  return extents.length === 1 ? `${extents[0]}${each}` : extents.join('; ');
}
