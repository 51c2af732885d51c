import type { ConformanceReport, LawVerdict, Subject, VerifyOptions as Thoroughness } from '@mechane/conformance';
import type { LawName } from '@mechane/core';
import { readSettings } from '@mechane/core/host';
import type { BrokenLaw, Figure, FigureOptions } from '@mechane/plots';
import type { Context } from './context.ts';
import type { ForeignProcess } from './foreign/foreign-process.ts';
import { throwIfInterrupted } from './interrupted.ts';
import { type PlotOptions, type Plots, plotFileOf } from './plot-file.ts';
import { reportFileOf } from './report/report-file.ts';
import type { Examined } from './report/report-page.ts';
import { summaryText } from './report/verdict-summary.ts';
import { verdictText } from './report/verdict-text.ts';
import { shellWord } from './shell-word.ts';
import { requireKnownLaws } from './subjects.ts';
import type { VerifyOptions } from './verify-options.ts';
import { widthOf } from './wrapped.ts';

/** Where subjects are, or are examined, outside of this process. */
export interface Elsewhere {
  /** The process of a mechanism in another language. */
  readonly process?: ForeignProcess;
  /** Reports on the subjects by others, in their order. */
  readonly reports?: AsyncIterator<ConformanceReport> | undefined;
}

/** Examines subjects one after the other and tells what is found. Whether all that they claim is found to be true. */
export async function examineSubjects(
  subjects: readonly Subject[],
  options: VerifyOptions,
  context: Context,
  { process, reports: ready }: Elsewhere = {},
): Promise<boolean> {
  const { json = false, law: laws } = options;
  const { output, progress, style, host } = context;
  const { signal } = host;
  const begun = performance.now();
  const passed = (): number => (performance.now() - begun) / 1_000;
  const width = widthOf(host.stdout);
  const reports: ConformanceReport[] = [];
  // Loaded only here: the kit takes longer to load than other commands take altogether.
  const kit = await import('@mechane/conformance');
  const explained = kit.explainedLaws();
  requireKnownLaws(laws, explained, subjects);
  const picture = plotFileOf(picturesAsked(options), subjects.length, host);
  const page = reportFileOf(options, host);
  for (const [index, subject] of subjects.entries()) {
    const examine = (): Promise<ConformanceReport> =>
      kit.verify(subject, {
        ...thoroughnessOf(options),
        signal: process ? AbortSignal.any([signal, process.broken]) : signal,
        otherDomains: kit.otherDomainsOf(subject, subjects),
        onProgress: ({ mechanism, law, done, total }) =>
          progress.show(() => `${index + 1} of ${subjects.length}: ${mechanism}, law ${done + 1} of ${total}: ${law}`),
      });
    const report = ready ? (await ready.next()).value : await examine();
    progress.clear();
    const failure = await process?.failure();
    if (failure) throw failure;
    reports.push(report);
    const whole = laws !== undefined;
    await output.write(json ? `${JSON.stringify(report)}\n` : verdictText(report, { width, style, whole }));
    await picture?.draw((plots, size) => picturesOf(report, plots, size));
    const pictures = page === undefined ? [] : await brokenInPictures(report);
    page?.add({ report, ...saidBy(subject), command: commandFor(report.mechanism, options), pictures });
    throwIfInterrupted(signal);
  }
  await picture?.write();
  await page?.write({ laws: explained, seconds: passed() });
  if (!json && reports.length > 0) {
    const again = (mechanism: string, law: string): string => commandFor(mechanism, options, law);
    await output.write(summaryText(reports, { seconds: passed(), width, style, again }));
  }
  return reports.every((report) => report.laws.every(({ verdict }) => kit.isGood(verdict)));
}

/** Pictures are drawn where a file is named for them; what is to be shown otherwise is the report. */
function picturesAsked({ open, ...pictures }: VerifyOptions): PlotOptions {
  return pictures.plot === undefined || open === undefined ? pictures : { ...pictures, open };
}

/** How thorough an examination is that was asked for. */
export function thoroughnessOf({ runs, seed, seconds, law }: VerifyOptions): Omit<Thoroughness, 'signal'> {
  return {
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(law === undefined ? {} : { laws: law as readonly LawName[] }),
  };
}

/** What a mechanism says of itself under the first of its settings. */
function saidBy({ mechanism, settings: [first] = [] }: Subject): Pick<Examined, 'summary' | 'claims'> {
  const { summary } = mechanism;
  try {
    return { summary, claims: mechanism.claims(readSettings(mechanism, first ?? {}).settings) };
  } catch {
    return { summary, claims: [] };
  }
}

/** The command that examines a mechanism as it was examined, or one law of it. */
function commandFor(mechanism: string, { exec, seed, runs }: VerifyOptions, law?: string): string {
  const subject = exec === undefined ? shellWord(mechanism) : `--exec ${shellWord(exec)}`;
  return [
    `mechane verify ${subject}`,
    ...(law === undefined ? [] : [`--law ${shellWord(law)}`]),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(runs === undefined ? [] : [`--runs ${runs}`]),
  ].join(' ');
}

/** What breaks laws, as a page has it: drawn, and none where nothing is broken. */
async function brokenInPictures({ laws }: ConformanceReport): Promise<readonly string[]> {
  const broken = laws.filter(isBroken);
  if (broken.length === 0) return [];
  const { counterexample, toSvg } = await import('@mechane/plots');
  return broken.map((law, place) => toSvg(counterexample(law as BrokenLaw), { id: `broken-${place + 1}` }));
}

function isBroken({ verdict, counterexample }: LawVerdict): boolean {
  return verdict === 'refuted' && counterexample !== undefined;
}

/** The laws that are broken, each with its counterexample, and then all of them. */
function picturesOf(
  report: ConformanceReport,
  { claimsChecked, counterexample }: Plots,
  size: FigureOptions,
): readonly Figure[] {
  const broken = report.laws.filter(isBroken);
  return [...broken.map((law) => counterexample(law as BrokenLaw, size)), claimsChecked(report, size)];
}
