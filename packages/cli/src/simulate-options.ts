import type { PlotOptions } from './plot-file.ts';
import type { SpreadOptions } from './spread/spread.ts';

/** What was typed of a simulation. */
export interface SimulateOptions extends PlotOptions, SpreadOptions {
  /** The experiment, where it was read before. */
  readonly experiment?: unknown;
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly seed?: number;
  readonly seeds?: number;
  readonly workers?: number;
}
