import { fileURLToPath } from 'node:url';
import { Tinypool } from 'tinypool';
import type { CheckedSimulation } from './checked-simulation.ts';
import { ReportedElsewhere } from './errors.ts';
import type { Replication, Replied } from './simulate-worker.ts';

export interface Replicating {
  readonly cwd: string;
  readonly experiment: unknown;
  readonly seeds: readonly number[];
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Hears how many rounds were played, of all replications together. */
  onProgress(rounds: number): void;
}

/** Threads run what was built, and resolve packages to that, also where this file is a source, as in tests. */
const [worker, execArgv] = import.meta.url.endsWith('.ts')
  ? [new URL('../dist/simulate-worker.js', import.meta.url), []]
  : [new URL('./simulate-worker.js', import.meta.url), process.execArgv];

const showEvery = 100;

/**
 * Simulates an experiment once for each seed, on several threads. Called off, it gives those that have played a round at least.
 *
 * @throws ReportedElsewhere what the first replication that cannot be played throws.
 */
export async function simulateSeeds(replicating: Replicating): Promise<readonly CheckedSimulation[]> {
  const { cwd, experiment, seeds, workers, signal, onProgress } = replicating;
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const progress = new Float64Array(new SharedArrayBuffer(8 * seeds.length));
  const callOff = (): void => {
    Atomics.store(flag, 0, 1);
  };
  const threads = Math.min(workers, seeds.length);
  const pool = new Tinypool({
    filename: fileURLToPath(worker),
    name: 'replicate',
    minThreads: threads,
    maxThreads: threads,
    isolateWorkers: false,
    execArgv: [...execArgv],
  });
  const timer = setInterval(() => onProgress(progress.reduce((sum, rounds) => sum + rounds, 0)), showEvery);
  if (signal.aborted) callOff();
  signal.addEventListener('abort', callOff);
  try {
    const replies: readonly Replied[] = await Promise.all(
      seeds.map((seed, place) => pool.run({ cwd, experiment, seed, place, flag, progress } satisfies Replication)),
    );
    return replies
      .map((reply) => {
        if ('error' in reply) throw new ReportedElsewhere(reply.error);
        return reply.simulation;
      })
      .filter(({ rounds }) => rounds > 0 || !signal.aborted);
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', callOff);
    await pool.destroy();
  }
}
