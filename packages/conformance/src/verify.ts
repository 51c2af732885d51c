import type { LawName } from '@mechane/core';
import { Stopped } from './bench.ts';
import { claimedLaws } from './claimed-laws.ts';
import { examineClaim } from './examine-claim.ts';
import { openBench, openWorkshop } from './open-bench.ts';
import type { ConformanceReport, LawVerdict } from './report.ts';
import type { Subject } from './subject.ts';
import { kitVersion } from './version.ts';

/** How thorough an examination is. */
export interface VerifyOptions {
  /** Random profiles per law, spread over the settings: 300 unless the subject says otherwise. */
  readonly runs?: number;
  /** Fixes all that is random: 1 unless given. */
  readonly seed?: number;
  /** The laws to look at; all unless given. */
  readonly laws?: readonly LawName[];
  /** Stops the examination; what is not finished is undecided. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** How far an examination is. */
export interface Progress {
  readonly mechanism: string;
  /** The law that is looked at now. */
  readonly law: LawName;
  /** Laws that are finished, of `total`. */
  readonly done: number;
  readonly total: number;
}

const defaultRuns = 300;
const defaultSeed = 1;
const fewestRunsPerSettings = 60;
const breathEvery = 40;

/**
 * Examines everything a mechanism claims, and what must be true of any mechanism. A broken law comes with the smallest case found that
 * breaks it, a reason in words and a command that shows it. The same seed gives the same report.
 *
 * @example
 * ```ts
 * import { singleItem, subject, verify } from '@mechane/conformance';
 * import { sealedAuctions } from '@mechane/auction-sealed';
 *
 * const secondPrice = sealedAuctions.mechanisms.find(({ id }) => id === 'auction-sealed/second-price');
 * const report = await verify(subject({ mechanism: secondPrice, domain: singleItem() }), { laws: ['strategy-proof'] });
 * report.laws[0].verdict; // => 'holds'
 * report.laws[0].method; // => 'exhaustive'
 * ```
 */
export async function verify(subject: Subject, options: VerifyOptions = {}): Promise<ConformanceReport> {
  const { seed = defaultSeed, runs = subject.runs ?? defaultRuns, signal, onProgress } = options;
  await Promise.all((subject.providers ?? []).map((provider) => provider.prepare?.()));
  const workshop = openWorkshop(subject, seed, breather(signal));
  const settings = subject.settings ?? [{}];
  const each = Math.max(Math.ceil(runs / settings.length), Math.min(runs, fewestRunsPerSettings));
  const benches = settings.map((given) => lazily(() => openBench(workshop, given, each)));
  const claimed = claimedLaws(subject).filter(({ law }) => options.laws?.includes(law) ?? true);
  const laws: LawVerdict[] = [];
  try {
    for (const [done, claim] of claimed.entries()) {
      onProgress?.({ mechanism: subject.mechanism.id, law: claim.law, done, total: claimed.length });
      const verdict = await examineClaim(claim, { workshop, benches, again: { seed, runs: options.runs } });
      if (verdict) laws.push(verdict);
    }
  } finally {
    await workshop.dispose();
  }
  return { mechanism: subject.mechanism.id, seed, kit: kitVersion, laws };
}

/** Gives way to whatever else waits for the thread, every so many milliseconds, and stops when told to. */
function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (signal?.aborted) throw new Stopped();
    if (performance.now() - last < breathEvery) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
