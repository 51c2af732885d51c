import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, here } from './command.ts';

/** The command as users start it. It runs what was built. */
export const entry: string = fileURLToPath(new URL('../bin/mechane.js', import.meta.url));

export interface Start {
  readonly nodeOptions?: readonly string[];
  readonly cwd?: string;
}

export function start(argv: readonly string[], { nodeOptions = [], cwd = here }: Start = {}): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, entry, ...argv], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Waits for a process to end and gives all that it said. */
export function ended(child: ChildProcess): Promise<Ended & { readonly signal: string | null }> {
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
