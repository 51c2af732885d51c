import type { ConformanceReport, ExplainedLaw, Subject, VerifyOptions as Thoroughness } from '@mechane/conformance';
import { type LawName, nearestKey } from '@mechane/core';
import type { BrokenLaw, Figure } from '@mechane/plots';
import type { Context } from '../context.ts';
import { noMechanismNamed, onlyTheCommand, unknownLaw } from '../errors.ts';
import { foreignSubject } from '../foreign/foreign-mechanism.ts';
import { ForeignProcess } from '../foreign/foreign-process.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { type PlotOptions, type Plots, plotFileOf } from '../plot-file.ts';
import { type Installed, requireMechanisms } from '../plugins.ts';
import { shellWord } from '../shell-word.ts';
import { subjectsOf } from '../subjects.ts';
import { type Again, summaryText } from '../verdict-summary.ts';
import { verdictText } from '../verdict-text.ts';
import { widthOf } from '../wrapped.ts';

export interface VerifyOptions extends PlotOptions {
  readonly all?: boolean;
  /** A command that is a mechanism in another language. */
  readonly exec?: string;
  readonly runs?: number;
  readonly seed?: number;
  readonly seconds?: number;
  readonly json?: boolean;
  /** The laws to look at; all without. */
  readonly law?: readonly string[];
}

/** `mechane verify`: checks what mechanisms claim. The answer is "no" where any claim is not found to be true. */
export async function verify(ids: readonly string[], options: VerifyOptions, context: Context): Promise<number> {
  const { all = false, exec } = options;
  if (exec !== undefined) {
    if (ids.length > 0 || all) throw onlyTheCommand();
    return verifyCommand(exec, options, context);
  }
  const installed = await context.plugins();
  requireMechanisms(installed);
  const chosen = all ? installed.mechane.mechanisms.map(({ id }) => id) : named(ids, installed);
  let failed = false;
  const subjects: Subject[] = [];
  for (const id of chosen) {
    try {
      subjects.push(...(await subjectsOf(id, installed)));
    } catch (thrown) {
      failed = true;
      context.reportError(thrown);
    }
  }
  const allGood = await examineAll(subjects, options, context);
  if (failed) return 2;
  return allGood ? 0 : 1;
}

/** Examines the mechanism that a command is, in whatever language. */
async function verifyCommand(command: string, options: VerifyOptions, context: Context): Promise<number> {
  const { cwd, env } = context.host;
  const process = new ForeignProcess(command, { cwd, env });
  try {
    const kit = await import('@mechane/conformance');
    return (await examineAll([foreignSubject(process, kit)], options, context, process)) ? 0 : 1;
  } catch (thrown) {
    throw (await process.failure()) ?? thrown;
  } finally {
    await process.close();
  }
}

/** Examines subjects one after the other and tells what is found. Whether all that they claim is found to be true. */
async function examineAll(
  subjects: readonly Subject[],
  options: VerifyOptions,
  context: Context,
  process?: ForeignProcess,
): Promise<boolean> {
  const { json = false, runs, seed, seconds, law: laws } = options;
  const { output, progress, style, host } = context;
  const begun = performance.now();
  const width = widthOf(host.stdout);
  const reports: ConformanceReport[] = [];
  const { signal } = host;
  // Loaded only here: the kit takes longer to load than other commands take altogether.
  const kit = await import('@mechane/conformance');
  if (laws) requireKnown(laws, kit.explainedLaws(), subjects);
  const picture = plotFileOf(options, subjects.length, host);
  let allGood = true;
  for (const [index, subject] of subjects.entries()) {
    const thoroughness: Thoroughness = {
      signal: process ? AbortSignal.any([signal, process.broken]) : signal,
      ...(runs === undefined ? {} : { runs }),
      ...(seed === undefined ? {} : { seed }),
      ...(seconds === undefined ? {} : { seconds }),
      ...(laws === undefined ? {} : { laws: laws as readonly LawName[] }),
      otherDomains: kit.otherDomainsOf(subject, subjects),
      onProgress: ({ mechanism, law, done, total }) =>
        progress.show(() => `${index + 1} of ${subjects.length}: ${mechanism}, law ${done + 1} of ${total}: ${law}`),
    };
    const report = await kit.verify(subject, thoroughness);
    progress.clear();
    const failure = await process?.failure();
    if (failure) throw failure;
    allGood &&= report.laws.every(({ verdict }) => kit.isGood(verdict));
    reports.push(report);
    const whole = laws !== undefined;
    await output.write(json ? `${JSON.stringify(report)}\n` : verdictText(report, { width, style, whole }));
    await picture?.draw((plots) => picturesOf(report, plots));
    throwIfInterrupted(signal);
  }
  await picture?.write();
  if (!json && reports.length > 0) {
    const again: Again = (mechanism, law) => repeated(mechanism, law, options);
    await output.write(summaryText(reports, { seconds: (performance.now() - begun) / 1_000, width, style, again }));
  }
  return allGood;
}

/** @throws CliError `unknown-law` for a law that neither the kit nor any of the subjects knows. */
function requireKnown(laws: readonly string[], known: readonly ExplainedLaw[], subjects: readonly Subject[]): void {
  const names = [...known, ...subjects.flatMap(({ laws: own = [] }) => own.map(({ name }) => ({ law: name })))].map(
    ({ law }) => law as string,
  );
  const unknown = laws.find((law) => !names.includes(law));
  if (unknown !== undefined) throw unknownLaw(unknown, nearestKey(unknown, names));
}

/** The command that examines one law again as it was examined. */
function repeated(mechanism: string, law: string, { exec, seed, runs }: VerifyOptions): string {
  const subject = exec === undefined ? shellWord(mechanism) : `--exec ${shellWord(exec)}`;
  const given = [...(seed === undefined ? [] : [`--seed ${seed}`]), ...(runs === undefined ? [] : [`--runs ${runs}`])];
  return ['mechane verify', subject, `--law ${shellWord(law)}`, ...given].join(' ');
}

/** The laws that are broken, each with its counterexample, and then all of them. */
function picturesOf(report: ConformanceReport, { claimsChecked, counterexample }: Plots): readonly Figure[] {
  const broken = report.laws.filter((law) => law.verdict === 'refuted' && law.counterexample !== undefined);
  return [...broken.map((law) => counterexample(law as BrokenLaw)), claimsChecked(report)];
}

function named(ids: readonly string[], { mechane }: Installed): readonly string[] {
  if (ids.length === 0) throw noMechanismNamed();
  for (const id of ids) mechane.mechanism(id);
  return [...new Set(ids)];
}
