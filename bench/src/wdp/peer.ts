import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a solver made of an instance. */
export interface Answer {
  readonly seconds: number;
  readonly status: 'optimal' | 'feasible' | 'unknown';
  readonly objective: number | null;
  readonly bound: number | null;
}

/** How a peer is started: a program that reads the path of an instance a line, and answers each with a line of JSON. */
export interface PeerCommand {
  readonly name: string;
  readonly version: string;
  readonly program: string;
  readonly arguments: readonly string[];
}

const script = fileURLToPath(new URL('../../peers/wdp.py', import.meta.url));
const environment = new URL('../../peers/.venv/', import.meta.url);
const interpreters = ['bin/python', 'Scripts/python.exe'].map((path) => fileURLToPath(new URL(path, environment)));

/** The general solvers that `node bench/peers/install.mjs` has installed; none where it has not run. */
export function installedPeers(limits: Readonly<Record<'highs' | 'cp-sat', number>>): readonly PeerCommand[] {
  const program = interpreters.find((path) => existsSync(path));
  if (program === undefined) return [];
  const versions = JSON.parse(execFileSync(program, [script, 'versions'], { encoding: 'utf8' })) as Record<
    string,
    string
  >;
  return (['highs', 'cp-sat'] as const).map((name) => ({
    name,
    version: versions[name] as string,
    program,
    arguments: [script, name, '--time-limit', String(limits[name])],
  }));
}

/** A peer that stays ready from instance to instance, so that its start counts for none. */
export class Peer {
  readonly name: string;
  readonly version: string;
  readonly #process: ChildProcess;
  readonly #answers: Interface;
  readonly #lines: AsyncIterator<string>;

  constructor({ name, version, program, arguments: args }: PeerCommand) {
    this.name = name;
    this.version = version;
    // One thread each, also in the libraries below.
    const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
    this.#process = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#answers = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream });
    this.#lines = this.#answers[Symbol.asyncIterator]();
  }

  /** @throws Error when the peer has ended instead of answering. */
  async solve(file: string): Promise<Answer> {
    this.#process.stdin?.write(`${file}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended without an answer to ${file}`);
    return JSON.parse(value) as Answer;
  }

  close(): void {
    this.#process.stdin?.end();
    this.#answers.close();
  }
}
