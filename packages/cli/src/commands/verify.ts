import type { ConformanceReport, Subject, VerifyOptions as Thoroughness } from '@mechane/conformance';
import type { BrokenLaw, Figure } from '@mechane/plots';
import type { Context } from '../context.ts';
import { noMechanismNamed } from '../errors.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { type PlotOptions, type Plots, plotFileOf } from '../plot-file.ts';
import { type Installed, requireMechanisms } from '../plugins.ts';
import type { Style } from '../style.ts';
import { subjectsOf } from '../subjects.ts';
import { printable } from '../terminal-text.ts';

export interface VerifyOptions extends PlotOptions {
  readonly all?: boolean;
  readonly runs?: number;
  readonly seed?: number;
  readonly seconds?: number;
  readonly json?: boolean;
}

/** `mechane verify`: checks what mechanisms claim. The answer is "no" where any claim is not found to be true. */
export async function verify(ids: readonly string[], options: VerifyOptions, context: Context): Promise<number> {
  const { all = false, json = false, runs, seed, seconds } = options;
  const { output, progress, style, host } = context;
  const { signal } = host;
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
  // Loaded only here: the kit takes longer to load than other commands take altogether.
  const kit = await import('@mechane/conformance');
  const picture = plotFileOf(options, subjects.length, host);
  let allGood = true;
  for (const [index, subject] of subjects.entries()) {
    const thoroughness: Thoroughness = {
      signal,
      ...(runs === undefined ? {} : { runs }),
      ...(seed === undefined ? {} : { seed }),
      ...(seconds === undefined ? {} : { seconds }),
      otherDomains: kit.otherDomainsOf(subject, subjects),
      onProgress: ({ mechanism, law, done, total }) =>
        progress.show(() => `${index + 1} of ${subjects.length}: ${mechanism}, law ${done + 1} of ${total}: ${law}`),
    };
    const report = await kit.verify(subject, thoroughness);
    progress.clear();
    allGood &&= report.laws.every(({ verdict }) => kit.isGood(verdict));
    await output.write(json ? `${JSON.stringify(report)}\n` : reportText(kit.formatReport(report), style));
    await picture?.draw((plots) => picturesOf(report, plots));
    throwIfInterrupted(signal);
  }
  await picture?.write();
  if (failed) return 2;
  return allGood ? 0 : 1;
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

/** The kit's report with a colour for each verdict. */
function reportText(report: string, { good, bad, doubtful, faint, strong }: Style): string {
  const emphases: Readonly<Record<string, (text: string) => string>> = {
    '✓': good,
    '✗': bad,
    '?': doubtful,
    '·': faint,
  };
  const [heading = '', ...lines] = report.split('\n').map(printable);
  const told = lines.map((line) => (emphases[line.trimStart().charAt(0)] ?? same)(line));
  return `${[strong(heading), ...told].join('\n')}\n\n`;
}

const same = (text: string): string => text;
