import pg from 'pg';
import { noDatabase } from '../errors.ts';
import type { JobStatus } from './job-status.ts';

/** So long a connection may take to come up, in milliseconds. */
const patience = 5_000;
const mostConnections = 4;

/** Whoever makes the tables at the same moment waits: Postgres refuses the second otherwise. */
const tables = `
begin;
select pg_advisory_xact_lock(x'6d656368'::int, x'6a6f6273'::int);
create table if not exists job (
  name text primary key, what text not null, begun timestamptz not null default now(), pieces integer
);
create table if not exists job_piece (
  job text not null references job on delete cascade, number integer not null,
  task text not null, result text, failure text,
  primary key (job, number)
);
commit;`;

/** Long texts are kept by what takes the least time, where this Postgres has it. */
const quickly = 'set default_toast_compression = lz4';

function nothing(): void {}

/** What came of a piece: its result, or what went wrong. */
export interface Outcome {
  readonly result: string | null;
  readonly failure: string | null;
}

/** Jobs in Postgres: what is to be done, and what was done of it. A result that is there stays, whoever comes with another. */
export class JobStore {
  readonly #pool: pg.Pool;

  private constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** @throws MechaneError `cannot-open-store`. */
  static async open(url: string): Promise<JobStore> {
    const pool = new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: patience,
      max: mostConnections,
      onConnect: (client) => client.query(quickly).then(nothing, nothing),
    });
    // A connection that breaks is replaced; without listeners it would end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    try {
      await pool.query(tables);
    } catch (cause) {
      await pool.end();
      throw noDatabase(url, cause);
    }
    return new JobStore(pool);
  }

  /** Makes a job, unless it is there. */
  async begin(name: string, what: string): Promise<void> {
    await this.#pool.query('insert into job (name, what) values ($1, $2) on conflict do nothing', [name, what]);
  }

  /** Keeps tasks, numbered from `first` on; those that are there stay. */
  async add(name: string, first: number, tasks: readonly string[]): Promise<void> {
    // A list of values, as an array would have to be written as one text first, each quotation mark of it escaped.
    const places = tasks.map((_, index) => `($1, $${2 * index + 2}, $${2 * index + 3})`);
    await this.#pool.query(
      `insert into job_piece (job, number, task) values ${places.join(', ')} on conflict do nothing`,
      [name, ...tasks.flatMap((task, index) => [first + index, task])],
    );
  }

  /** Says that all of its tasks are kept. */
  async complete(name: string, pieces: number): Promise<void> {
    await this.#pool.query('update job set pieces = $2 where name = $1', [name, pieces]);
  }

  async task(name: string, number: number): Promise<string | undefined> {
    const query = 'select task from job_piece where job = $1 and number = $2 and result is null';
    const { rows } = await this.#pool.query<{ task: string }>(query, [name, number]);
    return rows[0]?.task;
  }

  async keep(name: string, number: number, { result, failure }: Outcome): Promise<void> {
    await this.#pool.query(
      'update job_piece set result = $3, failure = $4 where job = $1 and number = $2 and result is null',
      [name, number, result, failure],
    );
  }

  async outcome(name: string, number: number): Promise<Outcome | undefined> {
    const query = 'select result, failure from job_piece where job = $1 and number = $2';
    const { rows } = await this.#pool.query<Outcome>(query, [name, number]);
    return rows[0];
  }

  /** The numbers of the pieces that have a result, from `first` on. */
  async done(name: string, first = 0): Promise<ReadonlySet<number>> {
    const query = 'select number from job_piece where job = $1 and number >= $2 and result is not null';
    const { rows } = await this.#pool.query<{ number: number }>(query, [name, first]);
    return new Set(rows.map(({ number }) => number));
  }

  async forget(name: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('delete from job where name = $1', [name]);
    return rowCount === 1;
  }

  /** All jobs, the oldest first. */
  async list(): Promise<readonly JobStatus[]> {
    const { rows } = await this.#pool.query<{
      name: string;
      what: string;
      begun: Date;
      pieces: number | null;
      done: string;
    }>(
      `select name, what, begun, pieces,
         (select count(*) from job_piece where job = name and result is not null) as done
       from job order by begun, name`,
    );
    return rows.map(({ begun, done, ...job }) => ({ ...job, begun: begun.toISOString(), done: Number(done) }));
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
