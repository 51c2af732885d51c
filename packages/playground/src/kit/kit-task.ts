import type { ConformanceReport } from '@mechane/conformance';

/** What the kit is asked: a mechanism, and which laws; all that it claims unless given. */
export interface KitTask {
  readonly mechanism: string;
  readonly laws?: readonly string[];
  readonly runs?: number;
  /** Whether the laws are taken to be claimed, whatever the mechanism says. */
  readonly asked?: boolean;
}

/** What the worker says: how far it is, what it found, or what went wrong. */
export type KitAnswer =
  | { readonly progress: { readonly law: string; readonly done: number; readonly total: number } }
  | { readonly reports: readonly ConformanceReport[]; readonly milliseconds: number }
  | { readonly error: string };
