import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** @typedef {import('./private-postgres.d.mts').PrivatePostgres} PrivatePostgres */

const versions = '/usr/lib/postgresql';

/** Where the programs of the newest Postgres are; `undefined` where there is none. */
function programs() {
  if (!existsSync(versions)) return undefined;
  const found = readdirSync(versions).sort((a, b) => Number(b) - Number(a));
  return found.map((version) => join(versions, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

export const hasPostgres = programs() !== undefined;
if (!hasPostgres) console.warn(`NOT TESTED: there is no Postgres in ${versions}, so that nothing is tested on it`);

/**
 * Postgres refuses to run as root: there, it runs as its own user.
 *
 * @param {string} program
 * @param {readonly string[]} options
 */
function asItsUser(program, options) {
  const command = [join(programs() ?? '', program), ...options];
  const [first = '', ...rest] =
    process.getuid?.() === 0 ? ['su', 'postgres', '-c', command.map((word) => `'${word}'`).join(' ')] : command;
  execFileSync(first, rest, { stdio: 'ignore' });
}

/** @returns {Promise<number>} */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listener has no port');
  return address.port;
}

/**
 * @param {{ host: string, range: string }} [network]
 * @returns {Promise<PrivatePostgres>}
 */
export async function startPostgres(network) {
  const parent = mkdtempSync(join(tmpdir(), 'mechane-postgres-'));
  chmodSync(parent, 0o711);
  const folder = join(parent, 'data');
  mkdirSync(folder);
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', folder]);
  asItsUser('initdb', ['-D', folder, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync']);
  if (network) appendFileSync(join(folder, 'pg_hba.conf'), `host all all ${network.range} trust\n`);
  const port = await freePort();
  const [host, addresses] = network ? [network.host, `127.0.0.1,${network.host}`] : ['127.0.0.1', '127.0.0.1'];
  const settings = `-p ${port} -c listen_addresses=${addresses} -c unix_socket_directories= -c max_connections=200`;
  const start = () => asItsUser('pg_ctl', ['-D', folder, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  /** @param {string} mode */
  const stop = (mode) => asItsUser('pg_ctl', ['-D', folder, '-w', '-m', mode, 'stop']);
  start();
  const url = `postgres://postgres@${host}:${port}/postgres`;
  return {
    url,
    async connect(name = 'whoever asks') {
      const client = new pg.Client({ connectionString: url, application_name: name });
      client.on('error', () => {});
      await client.connect();
      return {
        query: async (text, values = []) => (await client.query(text, [...values])).rows,
        close: () => client.end(),
      };
    },
    processes() {
      const first = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
      const others = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(' ');
      return [first, ...others.filter((each) => each !== '').map(Number)];
    },
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
