import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a stream of scenarios through the command line took. */
export interface LineSpeed {
  readonly perSecond: number;
  readonly lines: number;
  /** Resident bytes of the process after a tenth of the lines. */
  readonly early: number;
  /** Resident bytes of the process when the last line had been answered. */
  readonly late: number;
}

const command = fileURLToPath(new URL('../../packages/cli/bin/mechane.js', import.meta.url));
const batch = 1000;

/** Streams scenarios through `mechane run --ndjson` in a process of its own and watches its memory. */
export async function measureLines(lines = 1_000_000): Promise<LineSpeed> {
  const started = performance.now();
  const child = spawn(process.execPath, [command, 'run', '--ndjson'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let answered = 0;
  let early = 0;
  let late = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) answered += 1;
    if (early === 0 && answered >= lines / 10) early = residentBytes(child.pid);
    if (late === 0 && answered >= lines) late = residentBytes(child.pid);
  });
  for (let sent = 0; sent < lines; sent += batch) {
    if (!child.stdin.write(scenarios(sent))) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await closed;
  if (code !== 0 || answered !== lines)
    throw new Error(`the command ended with ${code} after ${answered} of ${lines} lines`);
  return { perSecond: lines / ((performance.now() - started) / 1e3), lines, early, late };
}

/** A batch of scenarios that differ from line to line. */
function scenarios(from: number): string {
  let text = '';
  for (let line = from; line < from + batch; line++) {
    const [a, b, c] = [line % 101, line % 103, line % 107];
    text += `{"mechanism":"auction-sealed/second-price","settings":{"reserve":5},"reports":{"agent1":{"bid":${a}},"agent2":{"bid":${b}},"agent3":{"bid":${c}}}}\n`;
  }
  return text;
}

/** As Linux tells it; NaN elsewhere. */
function residentBytes(pid: number | undefined): number {
  try {
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(resident?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
