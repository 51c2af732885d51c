import { disposed } from './errors.ts';
import { HighsModel } from './highs-model.ts';
import { type HighsLoading, HighsRuntime } from './highs-runtime.ts';
import type { Model, Optimizer, SolveOptions } from './optimizer.ts';
import type { Program } from './program.ts';
import type { Solution } from './solution.ts';

/** The optimizer that asks HiGHS (Huangfu and Hall, "Parallelizing the dual revised simplex method", 2018). */
export class HighsOptimizer implements Optimizer {
  readonly solver: string;
  readonly #runtime: HighsRuntime;
  readonly #open = new Set<Model>();
  #disposed = false;

  constructor(runtime: HighsRuntime) {
    this.#runtime = runtime;
    this.solver = `HiGHS ${runtime.highs.version.string}`;
  }

  solve(program: Program, options: SolveOptions = {}): Solution {
    const model = this.open(program);
    try {
      return model.solve(options);
    } finally {
      model.dispose();
    }
  }

  open(program: Program): Model {
    if (this.#disposed) throw disposed('optimizer');
    const model = new HighsModel(this.#runtime, program, (closed) => this.#open.delete(closed));
    this.#open.add(model);
    return model;
  }

  dispose(): void {
    this.#disposed = true;
    for (const model of this.#open) model.dispose();
  }
}

/**
 * Loads HiGHS and makes an optimizer of it: once for a program, as every one holds some 20 MB. What it gives solves
 * synchronously. For mechanisms, see {@link highsOptimizer}.
 *
 * @throws MechaneError `optimizer-not-loaded`
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { createOptimizer, linearProgram } from '@mechane/optimization';
 *
 * const optimizer = await createOptimizer();
 * const program = linearProgram('maximize');
 * const doors = program.variable({ cost: 3, upper: 4 });
 * const windows = program.variable({ cost: 5 });
 * program.constraint([[windows, 2]], { atMost: 12 });
 * program.constraint([[doors, 3], [windows, 2]], { atMost: 18 });
 * const { status, objective, primal, duals } = optimizer.solve(program.build());
 * status; // => 'optimal'
 * objective; // => 36
 * primal; // => Float64Array.of(2, 6)
 * duals?.rows; // => Float64Array.of(1.5, 1)
 * optimizer.dispose();
 * ```
 */
export async function createOptimizer(loading: HighsLoading = {}): Promise<Optimizer> {
  return new HighsOptimizer(await HighsRuntime.load(loading));
}
