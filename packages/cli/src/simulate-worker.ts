// A thread that simulates an experiment with one seed after another. It shares two arrays with the thread that shows how far it has come.
import { adaptiveOf } from './adaptive.ts';
import { type CheckedSimulation, checkedSimulation } from './checked-simulation.ts';
import { type PlacedReport, reportOf } from './errors.ts';
import { loadPlugins } from './plugins.ts';

/** One replication. */
export interface Replication {
  readonly cwd: string;
  readonly experiment: unknown;
  readonly seed: number;
  /** Which replication it is: the place in `progress` that it may write to. */
  readonly place: number;
  /** 1 once everything is called off. */
  readonly flag: Int32Array;
  readonly progress: Float64Array;
}

/** A simulation, or what went wrong. */
export type Replied = { readonly simulation: CheckedSimulation } | { readonly error: PlacedReport };

export async function replicate({ cwd, experiment, seed, place, flag, progress }: Replication): Promise<Replied> {
  /** As a signal is read by what looks at it now and then. */
  const signal = {
    get aborted(): boolean {
      return Atomics.load(flag, 0) !== 0;
    },
  } as object as AbortSignal;
  try {
    const [{ mechane }, adaptive] = [await loadPlugins(cwd), await adaptiveOf(cwd)];
    const onProgress = (rounds: number): void => {
      progress[place] = rounds;
    };
    return { simulation: await checkedSimulation(adaptive, experiment, { cwd, mechane, signal, seed, onProgress }) };
  } catch (thrown) {
    return { error: reportOf(thrown) };
  }
}
