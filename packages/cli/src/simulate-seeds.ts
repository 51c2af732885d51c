import type { CheckedSimulation } from './checked-simulation.ts';
import { Thread } from './thread.ts';

export interface Replicating {
  readonly cwd: string;
  readonly experiment: unknown;
  readonly seeds: readonly number[];
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Hears how many rounds were played, of all replications together. */
  onProgress(rounds: number): void;
}

/**
 * Simulates an experiment once for each seed, on several threads. Called off, it gives those that have played a round at least.
 *
 * @throws ReportedElsewhere what the first replication that cannot be played throws.
 */
export async function simulateSeeds(replicating: Replicating): Promise<readonly CheckedSimulation[]> {
  const { experiment, seeds, workers, signal, onProgress } = replicating;
  const threads = Array.from({ length: Math.min(workers, seeds.length) }, () => new Thread('replicate', replicating));
  const played = new Float64Array(seeds.length);
  const settled: PromiseSettledResult<CheckedSimulation>[] = [];
  /** All threads take from here: whoever is free has the next seed. */
  const left = seeds.entries();
  const work = async (thread: Thread<'replicate'>): Promise<void> => {
    for (const [place, seed] of left) {
      const heard = (rounds: number): void => {
        played[place] = rounds;
        onProgress(played.reduce((sum, each) => sum + each, 0));
      };
      [settled[place]] = await Promise.allSettled([thread.perform({ experiment, seed }, { onProgress: heard })]);
    }
  };
  try {
    await Promise.all(threads.map(work));
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
  return settled
    .map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    })
    .filter(({ rounds }) => rounds > 0 || !signal.aborted);
}
