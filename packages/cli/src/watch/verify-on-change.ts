import { type ChildProcess, spawn } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Host } from '../host.ts';
import { throwIfInterrupted } from '../interrupted.ts';
import { printable } from '../terminal-text.ts';
import type { VerifyOptions } from '../verify-options.ts';
import { Changes } from './changes.ts';
import type { Watched } from './watched-folders.ts';

/** Milliseconds in which an examination that is called off has to end. */
const patience = 3_000;
const entry = fileURLToPath(new URL('../../bin/mechane.js', import.meta.url));

/**
 * Examines, and again whenever something changes there, until it is interrupted. Each examination is a process of its own, since
 * modules that were loaded stay as they were.
 */
export async function verifyOnChange(watched: Watched, { html, plot }: VerifyOptions, host: Host): Promise<number> {
  const { signal, stderr, cwd } = host;
  const own = [html, plot].flatMap((file) => (file === undefined ? [] : [resolve(cwd, file)]));
  const changes = new Changes(watched, own);
  try {
    while (!signal.aborted) {
      const examination = started(host);
      const ended = new Promise<void>((tell) => {
        examination.once('exit', () => tell()).once('error', () => tell());
      });
      let isCalledOff = false;
      ended.then(() => {
        if (!isCalledOff) stderr.write('waiting for a change\n');
      });
      const changed = await changes.next(signal);
      isCalledOff = true;
      await callOff(examination, ended);
      if (changed !== undefined) stderr.write(`${printable(basename(changed))} has changed\n`);
    }
  } finally {
    changes.close();
  }
  throwIfInterrupted(signal);
  return 0;
}

/** Starts this command without `--watch`, to write to where this process does. */
function started({ argv, cwd, env, stdout, stderr }: Host): ChildProcess {
  const given = argv.filter((word) => word !== '--watch');
  const out = stdout === process.stdout ? 'inherit' : 'pipe';
  const err = stderr === process.stderr ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, [entry, ...given], { cwd, env, stdio: ['ignore', out, err] });
  child.stdout?.on('data', (chunk: Buffer) => stdout.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.write(chunk));
  return child;
}

async function callOff(examination: ChildProcess, ended: Promise<void>): Promise<void> {
  if (examination.exitCode !== null || examination.signalCode !== null) return;
  examination.kill('SIGTERM');
  const timer = setTimeout(() => examination.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}
