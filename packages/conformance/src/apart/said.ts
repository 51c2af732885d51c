import type { ConformanceReport, LawVerdict } from '../report.ts';
import type { Progress, VerifyOptions } from '../verify.ts';

/** What a thread is to examine: the address of a module, and how. */
export interface Task extends Pick<VerifyOptions, 'runs' | 'seed' | 'laws' | 'seconds'> {
  readonly module: string;
}

/** What the thread says: that it lives, what it has loaded, how far it is, what it finds, and what went wrong. */
export type Said =
  | { readonly alive: true }
  | { readonly subjects: number }
  | { readonly begun: Omit<ConformanceReport, 'laws'> }
  | { readonly progress: Progress }
  | { readonly verdict: LawVerdict }
  | { readonly report: ConformanceReport }
  | { readonly failed: 'to-load' | 'to-find-subjects'; readonly cause: string };

/** What the thread hears when it is to come to an end. */
export const stop = 'stop';
