import type { ConformanceReport, LawVerdict } from '@mechane/conformance';
import type { Style } from '../style.ts';
import { printable } from '../terminal-text.ts';
import { verdictKinds } from './verdict-kinds.ts';

/** What is counted although there is none of it. */
const alwaysTold: ReadonlySet<string> = new Set(['holds', 'refuted', 'vacuous', 'undecided']);

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
  const counts = Object.entries(verdictKinds).flatMap(([verdict, { emphasis, plural }]) => {
    const count = laws.filter((law) => law.verdict === verdict).length;
    if (plural === undefined || (count === 0 && !alwaysTold.has(verdict))) return [];
    return [{ text: `${count} ${plural}`, emphasis: count === 0 ? style.faint : style[emphasis] }];
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
  return verdictKinds[verdict].emphasis === 'bad';
}

function inSeconds(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
