import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCli } from '../src/index.ts';

/** This package's folder, whose package.json has the sealed auctions among its dependencies. */
export const here: string = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export interface Situation {
  readonly stdin?: string | Buffer | Iterable<Buffer> | Readable;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdoutIsTerminal?: boolean;
  /** How wide the terminal is: 80 unless given. */
  readonly columns?: number;
  readonly stderrIsTerminal?: boolean;
  /** The folder of the built playground: none unless given. */
  readonly playground?: string;
  readonly signal?: AbortSignal;
  /** Hears what is written to stdout, as it comes. */
  readonly onStdout?: (written: string) => void;
  /** Hears what is written to stderr, as it comes. */
  readonly onStderr?: (written: string) => void;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command without a process and waits for it to end. */
export async function mechane(argv: readonly string[], situation: Situation = {}): Promise<Ended> {
  const { stdin = '', cwd = here, env = {}, signal = new AbortController().signal } = situation;
  const stdout = listening(situation.stdoutIsTerminal, situation.onStdout);
  if (situation.columns !== undefined) Object.assign(stdout.stream, { columns: situation.columns });
  const stderr = listening(situation.stderrIsTerminal, situation.onStderr);
  const exitCode = await runCli({
    argv,
    stdin: streamOf(stdin),
    stdout: stdout.stream,
    stderr: stderr.stream,
    cwd,
    env,
    playground: situation.playground,
    signal,
  });
  return { exitCode, stdout: stdout.heard(), stderr: stderr.heard() };
}

function streamOf(input: NonNullable<Situation['stdin']>): Readable {
  if (input instanceof Readable) return input;
  if (typeof input === 'string' || Buffer.isBuffer(input)) return Readable.from([Buffer.from(input)]);
  return Readable.from(input);
}

function listening(
  isTTY = false,
  hear: (written: string) => void = () => {},
): { stream: PassThrough & { readonly isTTY: boolean }; heard(): string } {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    hear(chunk.toString('utf8'));
  });
  return { stream, heard: () => Buffer.concat(chunks).toString('utf8') };
}

/** A sealed-bid scenario as JSON. */
export function scenario(reports: object, mechanism = 'auction-sealed/second-price', more: object = {}): string {
  return JSON.stringify({ mechanism, reports, ...more });
}

export interface PrintedError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly expected?: string;
  readonly fix?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What `run --ndjson` answered, line by line. */
export function answers(stdout: string): readonly Answer[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
}

export interface Answer {
  readonly error?: PrintedError;
  readonly mechanism?: string;
  readonly outcome?: Readonly<Record<string, unknown>>;
  readonly metrics?: Readonly<Record<string, unknown>>;
  readonly seed?: number | null;
}
