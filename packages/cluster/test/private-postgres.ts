import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Postgres of a test's own, in a folder of its own. */
export interface PrivatePostgres {
  readonly url: string;
  /** Lets it crash, and starts it again. */
  restart(): void;
  stop(): void;
}

const versions = '/usr/lib/postgresql';

function programs(): string | undefined {
  if (!existsSync(versions)) return undefined;
  const found = readdirSync(versions).sort((a, b) => Number(b) - Number(a));
  return found.map((version) => join(versions, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** Whether tests can have one; says so where they cannot. */
export const hasPostgres: boolean = programs() !== undefined;
if (!hasPostgres) console.warn(`NOT TESTED: there is no Postgres in ${versions}, so that nothing is tested on it`);

/** Postgres refuses to run as root: there, it runs as its own user. */
function asItsUser(program: string, options: readonly string[]): void {
  const command = [join(programs() as string, program), ...options];
  const [first = '', ...rest] =
    process.getuid?.() === 0 ? ['su', 'postgres', '-c', command.map((word) => `'${word}'`).join(' ')] : command;
  execFileSync(first, rest, { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listener has no port');
  return address.port;
}

export async function startPostgres(): Promise<PrivatePostgres> {
  const parent = mkdtempSync(join(tmpdir(), 'mechane-cluster-'));
  chmodSync(parent, 0o711);
  const folder = join(parent, 'data');
  mkdirSync(folder);
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', folder]);
  asItsUser('initdb', ['-D', folder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync']);
  const port = await freePort();
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100`;
  const start = (): void =>
    asItsUser('pg_ctl', ['-D', folder, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  const stop = (mode: string): void => asItsUser('pg_ctl', ['-D', folder, '-w', '-m', mode, 'stop']);
  start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart() {
      stop('immediate');
      start();
    },
    stop() {
      stop('immediate');
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
