import type { Readable, Writable } from 'node:stream';

/**
 * The process that a command runs in, as far as the command knows it, so that tests need none.
 *
 * @category Command
 */
export interface Host {
  /** What was typed after `mechane`. */
  readonly argv: readonly string[];
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** The folder in which files and plugins are looked for. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the built playground, in which `--open` shows results; pictures are shown where there is none. */
  readonly playground?: string | undefined;
  /** Aborted when the user wants it to stop. Read only by work that can stop halfway. */
  readonly signal: AbortSignal;
}
