import { randomInt } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { cannotOpen, withoutPassword } from '../errors.ts';
import type { Tables } from './schema.ts';
import { type Holders, SqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

/** Names the locks that services hold, among those that others may have in the same database. */
const lockSpace = 0x6d656368;
const mostConnections = 16;
/** So long a connection may take to come up, in milliseconds. */
const patience = 5_000;

/**
 * How a store in Postgres is opened.
 *
 * @category Stores
 */
export interface PostgresOptions {
  /** Where this service is reached, to tell those who come to another for one of its sessions. */
  readonly address?: string | undefined;
}

/**
 * Opens a store in Postgres 15 or later, which several services may share: a session is open in one of them.
 *
 * @throws MechaneError `cannot-open-store`.
 * @param url such as `postgres://user@host:5432/database`
 * @category Stores
 */
export async function openPostgres(url: string, { address = '' }: PostgresOptions = {}): Promise<Store> {
  const settings = { connectionString: url, connectionTimeoutMillis: patience };
  const pool = new pg.Pool({ ...settings, max: mostConnections });
  // A connection that breaks is replaced; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const holders = await Presence.begin(settings, address).catch(async (cause) => {
    await pool.end();
    throw cannotOpen(withoutPassword(url), cause);
  });
  return SqlStore.open(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), holders);
}

/** This service among those that use the database: a lock that its connection holds, and that ends with it. */
class Presence implements Holders {
  readonly name: string;
  readonly areSeveral = true;
  readonly #settings: pg.ClientConfig;
  readonly #number: number;
  #connected: Promise<pg.Client>;
  #isClosed = false;

  private constructor(settings: pg.ClientConfig, number: number, address: string) {
    this.#settings = settings;
    this.#number = number;
    this.name = `${number} ${address}`;
    this.#connected = this.#connect();
  }

  static async begin(settings: pg.ClientConfig, address: string): Promise<Presence> {
    const presence = new Presence(settings, randomInt(1, 2 ** 31), address);
    try {
      await presence.#connected;
      return presence;
    } catch (cause) {
      await presence.close();
      throw cause;
    }
  }

  async isGone(name: string): Promise<boolean> {
    const number = Number.parseInt(name, 10);
    const client = await this.#connected;
    const { rows } = await client.query('select pg_try_advisory_lock($1, $2) as free', [lockSpace, number]);
    if (!rows[0].free) return false;
    await client.query('select pg_advisory_unlock($1, $2)', [lockSpace, number]);
    return true;
  }

  addressOf(name: string): string | null {
    return name.slice(name.indexOf(' ') + 1) || null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const client = await this.#connected.catch(() => undefined);
    await client?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#settings);
    client.on('error', () => {});
    client.once('end', this.#again);
    await client.connect();
    await client.query('select pg_advisory_lock($1, $2)', [lockSpace, this.#number]);
    return client;
  }

  /** Comes back after the database has. Until then another service may take what this one held; the numbers of lines decide between them. */
  readonly #again = (): void => {
    if (this.#isClosed) return;
    const pause = new Promise((resolve) => setTimeout(resolve, 200).unref());
    this.#connected = pause.then(() => this.#connect());
    this.#connected.catch(() => {});
  };
}
