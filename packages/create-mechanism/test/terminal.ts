import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { create } from '../src/create.ts';

/** An empty folder that goes away with the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'create-mechanism-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the command in a folder. With `typed`, somebody sits at a terminal and types these lines, one whenever asked; `undefined`
 * is Ctrl-D.
 */
export async function run(
  argv: readonly string[],
  cwd: string,
  typed?: readonly (string | undefined)[],
): Promise<Ended> {
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const output = new PassThrough();
  const rest = [...(typed ?? [])];
  let stdout = '';
  let stderr = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (!/\): $/.test(text) || typed === undefined) return;
    const line = rest.shift();
    if (line === undefined) input.end();
    else input.write(`${line}\n`);
  });
  const exitCode = await create({
    argv,
    cwd,
    year: 2026,
    input,
    output,
    writeError: (line) => {
      stderr += `${line}\n`;
    },
  });
  return { exitCode, stdout, stderr };
}
