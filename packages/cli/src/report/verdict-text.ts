import type { ConformanceReport, LawVerdict } from '@mechane/conformance';
import type { Style } from '../style.ts';
import { printable } from '../terminal-text.ts';
import { wrapped } from '../wrapped.ts';
import { type VerdictKind, verdictKinds } from './verdict-kinds.ts';

/** How a report is told. */
export interface VerdictTextOptions {
  /** Columns. */
  readonly width: number;
  readonly style: Style;
  /** Whether the command that shows a counterexample is told however long it is. */
  readonly whole?: boolean;
}

const hanging = '      ';

/** Laws of which the same is to be told. */
type Alike = readonly [LawVerdict, ...LawVerdict[]];

/** What became of a mechanism's claims, for a reader: a line for laws that hold and agree on what was examined, and one for each of the others. */
export function verdictText(report: ConformanceReport, { width, style, whole = false }: VerdictTextOptions): string {
  const { mechanism, seed, kit, laws } = report;
  const telling = laws.filter(({ verdict }) => verdict !== 'unclaimed' && verdict !== 'not-applicable');
  const groups = alike(telling);
  const column = Math.max(0, ...groups.map(([first, ...others]) => (others.length === 0 ? lawNamed(first).length : 0)));
  const lines = groups.flatMap((group) => {
    const [{ verdict, replay }] = group;
    const { mark, emphasis } = verdictKinds[verdict];
    const isBroken = emphasis === 'bad' || whole;
    const seen = replay === undefined || !isBroken ? '' : `${hanging}see it: ${printable(replay)}`;
    const told = wrapped(printable(`  ${mark} ${inWords(group, column)}`), width, hanging);
    return [...told, ...(seen !== '' && (whole || seen.length <= width) ? [seen] : [])].map(style[emphasis]);
  });
  const silent = (['unclaimed', 'not-applicable'] as const).flatMap((kind) => {
    const unheard = laws.filter(({ verdict, claim }) => verdict === kind && claim === null).map(({ law }) => law);
    const told = `  · ${kind === 'unclaimed' ? kind : 'not applicable'}: ${unheard.join(', ')}`;
    return unheard.length === 0 ? [] : wrapped(printable(told), width, hanging);
  });
  return [style.strong(printable(`${mechanism} (seed ${seed}, kit ${kit})`)), ...lines, ...silent.map(style.faint), '']
    .map((line) => `${line}\n`)
    .join('');
}

/** A law as a claim means it. */
export function lawNamed({ law, mode }: LawVerdict): string {
  return mode === undefined ? law : `${law} (${mode})`;
}

/** Groups laws that hold in the same way, or do not by the same witness, each group where its first law stands. */
function alike(laws: readonly LawVerdict[]): readonly Alike[] {
  const groups = new Map<string, [LawVerdict, ...LawVerdict[]]>();
  for (const law of laws) {
    const key = agreement(law);
    const group = groups.get(key);
    if (group) group.push(law);
    else groups.set(key, [law]);
  }
  return [...groups.values()];
}

/** What laws agree on that share a line: what is claimed, and what must be true of any mechanism, each by itself. */
function agreement(law: LawVerdict): string {
  const isClaimed = !law.law.startsWith('structural/');
  if (law.verdict === 'holds') return `${isClaimed} ${claimInWords(law, true)}: ${extentOf(law)}`;
  // What is refuted is of one law, whatever else breaks as well.
  return law.verdict === 'witnessed' && law.reason !== undefined
    ? `witnessed: ${law.reason}`
    : `${law.verdict} ${law.law}`;
}

/** What was examined, but for how many random profiles there were. */
function extentOf({ reason = '' }: LawVerdict): string {
  return reason.replaceAll(/[\d,]+ (?=random profiles)/g, '');
}

function inWords(group: Alike, column: number): string {
  const [first, ...others] = group;
  const { reason = '', verdict } = first;
  if (others.length > 0 && verdict === 'witnessed') {
    return `${group.map(lawNamed).join(', ')}  do not hold, as claimed: ${reason}`;
  }
  if (others.length > 0) {
    const examined = group.map((each) => each.examined).sort((a, b) => a - b);
    const cases = [...new Set([examined[0] as number, examined.at(-1) as number])].map(grouped).join(' to ');
    return `${group.map(lawNamed).join(', ')}  ${claimInWords(first, true)}: ${cases} cases (${extentOf(first)})`;
  }
  const label = `${lawNamed(first).padEnd(column)}  `;
  if (verdict !== 'holds') return `${label}${aloud(verdictKinds[verdict])}: ${reason}`;
  const cases = first.examined === 1 ? '1 case' : `${grouped(first.examined)} cases`;
  return `${label}${claimInWords(first, false)}: ${cases} (${reason})`;
}

function claimInWords({ claim }: LawVerdict, areSeveral: boolean): string {
  const holds = areSeveral ? 'hold' : 'holds';
  return typeof claim === 'object' && claim !== null ? `${holds} up to ${claim.approximately}` : holds;
}

function grouped(number: number): string {
  return number.toLocaleString('en');
}

/** What is broken is said aloud. */
function aloud({ told, emphasis }: VerdictKind): string {
  return emphasis === 'bad' ? told.toUpperCase() : told;
}
