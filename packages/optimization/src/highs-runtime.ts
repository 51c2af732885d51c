import type { Highs } from 'highs';
import { notLoaded, solverFailed } from './errors.ts';

/**
 * Where the WebAssembly of HiGHS comes from, where its own place beside the loader is not it: in bundles, in workers.
 *
 * @category Optimizers
 */
export interface HighsLoading {
  /** The address at which `highs.wasm` is served. */
  readonly locateFile?: (file: string) => string;
  /** The bytes of `highs.wasm`. */
  readonly wasmBinary?: ArrayBuffer | ArrayBufferView;
  /** The module, already compiled. */
  readonly wasmModule?: WebAssembly.Module;
}

type Load = (loading: HighsLoading) => Promise<Highs>;

/** An instance of HiGHS's WebAssembly. */
export class HighsRuntime {
  readonly highs: Highs;
  #trap: unknown;

  constructor(highs: Highs) {
    this.highs = highs;
  }

  /** @throws MechaneError `optimizer-not-loaded` */
  static async load(loading: HighsLoading): Promise<HighsRuntime> {
    try {
      // Its declarations are those of a CommonJS module, of which the ES module that is loaded has only the default.
      const { default: load } = (await import('highs')) as unknown as { default: Load };
      return new HighsRuntime(await load(loading));
    } catch (cause) {
      throw notLoaded(cause);
    }
  }

  /** Lets HiGHS work, and names what failed. */
  attempt<Result>(operation: string, work: () => Result): Result {
    if (this.#trap !== undefined) throw solverFailed(operation, this.#trap);
    try {
      return work();
    } catch (cause) {
      // The build has no C++ exceptions: where HiGHS throws one, as for a lack of memory, the instance stops for good.
      if (cause instanceof WebAssembly.RuntimeError) this.#trap = cause;
      throw solverFailed(operation, cause);
    }
  }

  /** What HiGHS comes to, or `undefined` where it fails and can go on. */
  tryOut<Result>(operation: string, work: () => Result): Result | undefined {
    try {
      return this.attempt(operation, work);
    } catch (error) {
      if (this.#trap !== undefined) throw error;
      return undefined;
    }
  }

  /** Frees memory, unless the instance has stopped and holds none that anybody could use. */
  release(free: () => void): void {
    if (this.#trap === undefined) this.attempt('free its memory', free);
  }
}
