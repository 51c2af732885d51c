import type { Installed } from './plugins.ts';

/** What a task has besides its input. */
export interface TaskContext {
  readonly cwd: string;
  readonly installed: Promise<Installed>;
  /** To be looked at: it sends no events. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
  /** Hears of parts of the result before the end. */
  readonly onPart: (part: unknown) => void;
}
