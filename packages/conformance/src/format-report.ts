import type { ConformanceReport, LawVerdict, Verdict } from './report.ts';

const marks: Readonly<Record<Verdict, string>> = {
  holds: '✓',
  witnessed: '✓',
  'not-applicable': '·',
  unclaimed: '·',
  refuted: '✗',
  nondeterministic: '✗',
  'does-not-end': '✗',
  vacuous: '?',
  undecided: '?',
};

/**
 * A report to be read: one line a law; under a refuted one what happened, and how to see it. Laws that say nothing about the mechanism are
 * left out.
 *
 * @category Reports
 * @example
 * ```ts
 * import { formatReport } from '@mechane/conformance';
 *
 * const laws = [{ law: 'efficient', claim: true, verdict: 'holds', method: 'search', examined: 300, reason: '300 random profiles' }];
 * formatReport({ mechanism: 'a/b', seed: 1, kit: '1.0.0', laws }).split('\n')[1]; // => '  ✓ efficient  holds: 300 cases (300 random profiles)'
 * ```
 */
export function formatReport({ mechanism, seed, kit, laws }: ConformanceReport): string {
  const telling = laws.filter(({ verdict }) => verdict !== 'unclaimed' && verdict !== 'not-applicable');
  const width = Math.max(0, ...telling.map((verdict) => named(verdict).length));
  const told = telling.flatMap((verdict) => lines(verdict, width));
  const unclaimed = laws.filter(({ verdict }) => verdict === 'unclaimed');
  const silent = unclaimed.length === 0 ? [] : [`  ${marks.unclaimed} unclaimed: ${namesOf(unclaimed)}`];
  const pointless = laws.filter(({ verdict, claim }) => verdict === 'not-applicable' && claim === null);
  if (pointless.length > 0) silent.push(`  ${marks['not-applicable']} not applicable: ${namesOf(pointless)}`);
  return [`${mechanism} (seed ${seed}, kit ${kit})`, ...told, ...silent].join('\n');
}

function lines(verdict: LawVerdict, width: number): readonly string[] {
  const { reason = '', replay } = verdict;
  const head = `  ${marks[verdict.verdict]} ${named(verdict).padEnd(width)}  `;
  const shown = replay === undefined ? [] : [`      see it: ${replay}`];
  switch (verdict.verdict) {
    case 'holds':
      return [`${head}${claimInWords(verdict)}: ${counted(verdict.examined)} (${reason})`];
    case 'witnessed':
      return [`${head}does not hold, as claimed: ${reason}`];
    case 'refuted':
      return [`${head}REFUTED: ${reason}`, ...shown];
    case 'nondeterministic':
      return [`${head}NONDETERMINISTIC: ${reason}`, ...shown];
    case 'does-not-end':
      return [`${head}DOES NOT END: ${reason}`, ...shown];
    default:
      return [`${head}${verdict.verdict}: ${reason}`];
  }
}

function namesOf(laws: readonly LawVerdict[]): string {
  return laws.map(({ law }) => law).join(', ');
}

function named({ law, mode }: LawVerdict): string {
  return mode === undefined ? law : `${law} (${mode})`;
}

function claimInWords({ claim }: LawVerdict): string {
  return typeof claim === 'object' && claim !== null ? `holds up to ${claim.approximately}` : 'holds';
}

function counted(cases: number): string {
  return cases === 1 ? '1 case' : `${cases.toLocaleString('en')} cases`;
}
