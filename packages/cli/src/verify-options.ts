import type { PlotOptions } from './plot-file.ts';
import type { ReportOptions } from './report/report-file.ts';
import type { SpreadOptions } from './spread/spread.ts';

/** What was typed of an examination. */
export interface VerifyOptions extends PlotOptions, ReportOptions, SpreadOptions {
  readonly all?: boolean;
  /** A command that is a mechanism in another language. */
  readonly exec?: string;
  readonly runs?: number;
  readonly seed?: number;
  readonly seconds?: number;
  readonly json?: boolean;
  /** How many threads examine; one a core without. */
  readonly workers?: number;
  /** The laws to look at; all without. */
  readonly law?: readonly string[];
  /** Whether to examine again whenever a file changes. */
  readonly watch?: boolean;
}
