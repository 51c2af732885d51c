import type { HighsCallbackMap, Model as HighsModelHandle, ModelStatusCode } from 'highs';
import type { HighsRuntime } from './highs-runtime.ts';
import type { SolveOptions } from './optimizer.ts';

/**
 * Runs HiGHS until it stops, letting it ask now and then whether to. Without a signal nothing is asked: every question costs
 * a call out of WebAssembly, one per iteration of the simplex method.
 */
export function runHighs(runtime: HighsRuntime, handle: HighsModelHandle, options: SolveOptions): ModelStatusCode {
  const { signal, onImprovement } = options;
  const { callbackType } = runtime.highs.constants;
  let failure: { readonly thrown: unknown } | undefined;
  const stopIfAborted = (event: { interrupt(): void }): undefined => {
    if (signal?.aborted || failure) event.interrupt();
  };
  const callbacks: HighsCallbackMap = {
    ...(signal && {
      [callbackType.simplexInterrupt]: stopIfAborted,
      [callbackType.ipmInterrupt]: stopIfAborted,
      [callbackType.mipInterrupt]: stopIfAborted,
    }),
    ...(onImprovement && {
      [callbackType.mipInterrupt]: stopIfAborted,
      [callbackType.mipImprovingSolution]: ({ data }: { readonly data: MipProgress }): undefined => {
        if (failure) return;
        try {
          onImprovement({
            objective: data.objective_function_value as number,
            bound: data.mip_dual_bound as number,
            primal: data.mip_solution as Float64Array,
            nodes: Number(data.mip_node_count),
          });
        } catch (thrown) {
          failure = { thrown };
        }
      },
    }),
  };
  const status = runtime.attempt('solve', () => handle.run(callbacks).modelStatus);
  if (failure) throw failure.thrown;
  return status;
}

interface MipProgress {
  readonly objective_function_value?: number;
  readonly mip_dual_bound?: number;
  readonly mip_solution?: Float64Array;
  readonly mip_node_count?: bigint;
}
