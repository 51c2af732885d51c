import type { ConformanceReport, LawVerdict, Verdict } from '@mechane/conformance';
import type { Style } from './style.ts';
import { printable } from './terminal-text.ts';

/** Verdicts by how a summary counts them. Those that are always told come first. */
const counted: readonly (readonly [told: string, emphasis: keyof Style, verdict: Verdict, isAlwaysTold: boolean])[] = [
  ['hold', 'good', 'holds', true],
  ['refuted', 'bad', 'refuted', true],
  ['vacuous', 'doubtful', 'vacuous', true],
  ['undecided', 'doubtful', 'undecided', true],
  ['nondeterministic', 'bad', 'nondeterministic', false],
  ['without an end', 'bad', 'does-not-end', false],
  ['known not to hold', 'good', 'witnessed', false],
];

/** Counterexamples that a summary says how to see again; of more, there is nobody who would. */
const mostShown = 5;

/** How a reader could have one law of one mechanism examined again. */
export type Again = (mechanism: string, law: string) => string;

/** How a summary is told. */
export interface SummaryOptions {
  readonly seconds: number;
  readonly width: number;
  readonly style: Style;
  readonly again: Again;
}

/** The end of an examination: how many laws hold, are refuted, vacuous and undecided, how long it took, and how to see again what is not good. */
export function summaryText(
  reports: readonly ConformanceReport[],
  { seconds, width, style, again }: SummaryOptions,
): string {
  const laws = reports.flatMap((report) => report.laws);
  const counts = counted.flatMap(([told, emphasis, verdict, isAlwaysTold]) => {
    const count = laws.filter((law) => law.verdict === verdict).length;
    if (count === 0 && !isAlwaysTold) return [];
    return [{ text: `${count} ${told}`, emphasis: count === 0 ? style.faint : style[emphasis] }];
  });
  const sentence = [
    ...(reports.length === 1 ? [] : [{ text: `${reports.length} examined`, emphasis: style.strong }]),
    ...counts,
    { text: inSeconds(seconds), emphasis: style.faint },
  ];
  const broken = reports.flatMap(({ mechanism, laws: own }) =>
    own.filter(isBroken).map(({ law }) => again(mechanism, law)),
  );
  const shown = broken.slice(0, mostShown).map((command) => `  ${printable(command)}`);
  const more = broken.length > mostShown ? [`  … and ${broken.length - mostShown} more`] : [];
  const heading = broken.length === 0 ? [] : [broken.length === 1 ? 'see it again:' : 'see them again:'];
  return [...inLines(sentence, width), ...heading, ...shown, ...more, ''].map((line) => `${line}\n`).join('');
}

interface Phrase {
  readonly text: string;
  readonly emphasis: (text: string) => string;
}

/** Phrases in lines of a width. Emphasis takes no columns. */
function inLines(phrases: readonly Phrase[], width: number): readonly string[] {
  const lines: string[] = [];
  let columns = 0;
  for (const { text, emphasis } of phrases) {
    const last = lines.length - 1;
    if (columns > 0 && columns + 2 + text.length < width) {
      lines[last] += `, ${emphasis(text)}`;
      columns += 2 + text.length;
    } else {
      if (columns > 0) lines[last] += ',';
      lines.push(emphasis(text));
      columns = text.length;
    }
  }
  return lines;
}

function isBroken({ verdict }: LawVerdict): boolean {
  return verdict === 'refuted' || verdict === 'nondeterministic' || verdict === 'does-not-end';
}

function inSeconds(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
