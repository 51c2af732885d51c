import { fitGrowth, type Growth, type Measurement } from './growth.ts';

/** A run that grows with something. */
export interface GrowingRun {
  readonly mechanism: string;
  /** What there is more and more of, with what goes with it: `agents and units`. */
  readonly of: string;
  /** Makes what to play at a size, which is not timed, and returns the play. */
  prepare(size: number): () => unknown;
  /** Whether its time should be about proportional to its size; not where programs are solved. */
  readonly isProportional: boolean;
}

/** How a run grew, and why it was made no larger. */
export interface GrownRun {
  readonly curve: readonly Measurement[];
  /** Over the last decade of sizes that took a hundredth of a second or more: where a part that grows faster shows first. */
  readonly growth: Growth | undefined;
  readonly endedBy: string;
}

/** Half a decade apart, from 100 to a million. */
const halfDecades: readonly number[] = Array.from({ length: 9 }, (_, step) => Math.round(100 * 10 ** (step / 2)));
const stride = Math.sqrt(10);
const lastDecade = 11;
const noticeable = 0.01;

/** Plays larger and larger runs until the next would take more than ten seconds, to draw or to play, or is refused. */
export function grownRun(
  { prepare }: GrowingRun,
  sizes: readonly number[] = halfDecades,
  most: number = 10,
  secondsOf: (act: () => unknown) => number = processorSeconds,
): GrownRun {
  const curve: Measurement[] = [];
  let endedBy = 'the largest size';
  for (const size of sizes) {
    try {
      let play = (): unknown => undefined;
      const drawing = secondsOf(() => {
        play = prepare(size);
      });
      const seconds = leastOf(play, secondsOf);
      curve.push({ size, seconds });
      if (size === sizes.at(-1) || Math.max(seconds, drawing) * stride < most) continue;
      endedBy = seconds > drawing ? `${most} s` : `${most} s of drawing`;
    } catch (error) {
      endedBy = codeOf(error);
    }
    break;
  }
  const last = curve.at(-1)?.size ?? 0;
  const end = curve.filter(({ size, seconds }) => size * lastDecade > last && seconds >= noticeable);
  return { curve, growth: end.length < 2 ? undefined : fitGrowth(end), endedBy };
}

/** A mechanism that refuses a size says so with a code; whatever else is thrown is a mistake here. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  throw error;
}

const short = 0.3;

/** The least of three plays that are short; the one play where that is long. */
function leastOf(play: () => unknown, secondsOf: (act: () => unknown) => number): number {
  const first = secondsOf(play);
  return first > short ? first : Math.min(first, secondsOf(play), secondsOf(play));
}

/** Seconds of the processor, as other work on the machine does not count. */
function processorSeconds(act: () => unknown): number {
  const before = process.cpuUsage();
  kept[0] = act();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system) / 1e6;
}

/** Where results go, so that no play is removed for being useless. */
const kept: unknown[] = [];
