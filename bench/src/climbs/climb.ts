import { type Growth, fitGrowth, type Measurement } from '../growth.ts';

/** A run that grows with something. */
export interface Case {
  readonly mechanism: string;
  /** What there is more and more of, with what goes with it: `agents and units`. */
  readonly of: string;
  /** Makes what to play at a size, which is not timed, and returns the play. */
  prepare(size: number): () => unknown;
  /** Whether the time is meant to be about proportional to the size; not where programs are solved. */
  readonly proportional: boolean;
}

/** How a case grew, and why it was not made larger. */
export interface Climb {
  readonly curve: readonly Measurement[];
  /** Over all sizes. */
  readonly growth: Growth | undefined;
  /** Over the last decade of sizes that took at least a millisecond: where a part that grows faster shows first. */
  readonly atTheEnd: Growth | undefined;
  readonly endedBy: string;
}

/** Half a decade apart, from 100 to a million. */
export const halfDecades: readonly number[] = Array.from({ length: 9 }, (_, step) => Math.round(100 * 10 ** (step / 2)));

/** Seconds that a play, and making what is played, may take at the next size. */
export const allowed = 10;
const [stride, short, noticeable] = [Math.sqrt(10), 0.3, 1e-3];

/** Plays larger and larger cases until the next would take more than ten seconds, or one is refused. */
export function climb({ prepare }: Case, sizes: readonly number[] = halfDecades, seconds: number = allowed): Climb {
  const curve: Measurement[] = [];
  let endedBy = 'the largest size';
  for (const size of sizes) {
    try {
      const started = performance.now();
      const play = prepare(size);
      const prepared = (performance.now() - started) / 1e3;
      const spent = processorSeconds(play);
      curve.push({ size, seconds: spent });
      if (Math.max(spent, prepared) * stride < seconds) continue;
      endedBy = spent * stride < seconds ? 'drawing' : `${seconds} s`;
    } catch (error) {
      endedBy = codeOf(error);
    }
    break;
  }
  const last = curve.at(-1)?.size ?? 0;
  const end = curve.filter(({ size, seconds: spent }) => size * 11 > last && spent > noticeable);
  return { curve, growth: fit(curve), atTheEnd: fit(end), endedBy: curve.length === sizes.length ? 'the largest size' : endedBy };
}

/** A mechanism that refuses a size says so with a code; whatever else is thrown is a mistake here. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
}

function fit(curve: readonly Measurement[]): Growth | undefined {
  return curve.length < 2 ? undefined : fitGrowth(curve);
}

/** Where results go, so that no play is removed for being useless. */
const kept: unknown[] = [];

/**
 * Seconds of the processor that a play takes, as other work on the machine does not count: the least of three batches of short
 * plays, the one play where that is long.
 */
function processorSeconds(play: () => unknown): number {
  const batch = (plays: number): number => {
    const before = process.cpuUsage();
    for (let played = 0; played < plays; played++) kept[0] = play();
    const { user, system } = process.cpuUsage(before);
    return Math.max(1, user + system) / 1e6 / plays;
  };
  const first = batch(1);
  if (first > short) return first;
  const plays = Math.ceil(0.02 / first);
  return Math.min(batch(plays), batch(plays), batch(plays));
}
