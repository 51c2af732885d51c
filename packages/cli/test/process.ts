import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Ended, here } from './command.ts';

/** The command as users start it. It runs what was built. */
export const entry: string = fileURLToPath(new URL('../bin/mechane.js', import.meta.url));

export interface Start {
  readonly nodeOptions?: readonly string[];
  readonly cwd?: string;
}

/** What a process said, and how it ended. */
export type Said = Ended & { readonly signal: string | null };

/** Starts the command for the present test, with which it ends at the latest, however that ends. */
export function start(argv: readonly string[], { nodeOptions = [], cwd = here }: Start = {}): ChildProcess {
  const options = { cwd, stdio: ['pipe', 'pipe', 'pipe'] } satisfies SpawnOptions;
  const child = spawn(process.execPath, [...nodeOptions, entry, ...argv], options);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Waits for a process to end and gives all that it said. */
export function ended(child: ChildProcess): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ exitCode: code ?? -1, signal, ...said }));
  });
}

/**
 * Asks a command to stop in the middle of its work: how long a busy machine takes to get there is found out by waiting ever longer.
 */
export async function interrupted(
  argv: readonly string[],
  situation: Start,
  isUnderWay: (said: Said) => boolean,
): Promise<Said> {
  for (let after = 1_000; ; after *= 2) {
    const child = start(argv, situation);
    const timer = setTimeout(() => child.kill('SIGINT'), after);
    const said = await ended(child);
    clearTimeout(timer);
    if (isUnderWay(said) || after > 30_000) return said;
  }
}
