import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('house-to-kill.mjs', import.meta.url));

/** A service in a process of its own. */
export interface HouseProcess {
  readonly url: string;
  /** Ends it as a loss of power would. */
  kill(): Promise<void>;
  /** Starts it again at the same address, on the same store. */
  start(): Promise<void>;
}

/** Starts a service with the page of a site, until the present test ends. */
export async function startHouse(site: string, adminToken: string): Promise<HouseProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'mechane-room-'));
  let child: ChildProcess | undefined;
  let url = '';
  const start = async (): Promise<void> => {
    const port = url === '' ? '0' : new URL(url).port;
    const store = `sqlite:${join(folder, 'house.db')}`;
    child = spawn(process.execPath, [script, site, store, port, adminToken], { stdio: ['ignore', 'pipe', 'inherit'] });
    url = await firstLine(child);
  };
  const kill = async (): Promise<void> => {
    const dying = child;
    if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  };
  onTestFinished(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return { url, kill, start };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('the house says nothing');
  for await (const line of createInterface({ input: stdout })) return line;
  throw new Error('the house did not come up');
}
