import type { Kysely } from 'kysely';
import { seqTaken, storeFailed } from '../errors.ts';
import { Accounts, type Balance, type Charge, type Hold, type Payer } from './accounts.ts';
import { AppendQueue, type Row } from './append-queue.ts';
import { migrate, type Tables } from './schema.ts';
import type { Listing, Store, StoredSession } from './store.ts';

/** How one service knows whether another is still there. */
export interface Holders {
  /** What this service is called among those that use the store. */
  readonly name: string;
  /** Whether several services may use the store at once. */
  readonly areSeveral: boolean;
  /** Whether the service of this name is gone. */
  isGone(name: string): Promise<boolean>;
  /** The address that a service has told, in its name. */
  addressOf(name: string): string | null;
  close(): Promise<void>;
}

/** How databases say that a key is taken: SQLite and Postgres. */
const taken = new Set(['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT', '23505']);

/** A store in any database that Kysely speaks to. */
export class SqlStore implements Store {
  readonly #db: Kysely<Tables>;
  readonly #holders: Holders;
  readonly #appends: AppendQueue;
  readonly #accounts: Accounts;
  readonly #transactions = new Set<Promise<unknown>>();

  private constructor(db: Kysely<Tables>, holders: Holders) {
    this.#db = db;
    this.#holders = holders;
    this.#accounts = new Accounts(db, holders.areSeveral);
    this.#appends = new AppendQueue((rows) => this.#insert(rows));
  }

  /** Opens a store, and makes its tables where they are not there. */
  static async open(db: Kysely<Tables>, holders: Holders): Promise<SqlStore> {
    try {
      await migrate(db);
      return new SqlStore(db, holders);
    } catch (cause) {
      await holders.close();
      await db.destroy();
      throw cause;
    }
  }

  async make(id: string, made: string): Promise<StoredSession | undefined> {
    const row = { id, made, made_at: new Date().toISOString(), ended: null, holder: this.#holders.name };
    try {
      await this.#db.insertInto('session').values(row).execute();
      return undefined;
    } catch (cause) {
      if (!isTaken(cause)) throw storeFailed(cause);
      return this.find(id);
    }
  }

  async find(id: string): Promise<StoredSession | undefined> {
    const row = await told(this.#db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst());
    return row && this.#sessionOf(row);
  }

  list(listing: Listing): Promise<readonly StoredSession[]> {
    return told(this.#page(listing));
  }

  async #page({ after, limit }: Listing): Promise<readonly StoredSession[]> {
    const last =
      after === undefined
        ? undefined
        : await this.#db.selectFrom('session').select(['id', 'made_at']).where('id', '=', after).executeTakeFirst();
    const listed = this.#db.selectFrom('session').selectAll().orderBy('made_at').orderBy('id').limit(limit);
    const rows = await (last === undefined
      ? listed
      : listed.where(({ eb, and, or }) =>
          or([eb('made_at', '>', last.made_at), and([eb('made_at', '=', last.made_at), eb('id', '>', last.id)])]),
        )
    ).execute();
    return rows.map((row) => this.#sessionOf(row));
  }

  async end(id: string, ended: string, charges?: readonly Charge[]): Promise<void> {
    const endIn = async (db: Kysely<Tables>): Promise<boolean> => {
      const open = db.updateTable('session').set({ ended }).where('id', '=', id).where('ended', 'is', null);
      return (await open.executeTakeFirstOrThrow()).numUpdatedRows > 0n;
    };
    // Where no account pays, a statement is enough, and others need not wait for it.
    if (charges === undefined) return void (await told(endIn(this.#db)));
    const isOver = this.#db.transaction().execute(async (db) => {
      if (await endIn(db)) await this.#accounts.settle(db, id, charges);
    });
    await this.#whole(isOver);
  }

  setBudget(account: string, budget: number | null): Promise<Balance> {
    return this.#whole(this.#accounts.setBudget(account, budget));
  }

  heldFor(payer: Payer): Promise<Hold | undefined> {
    return told(this.#accounts.heldFor(payer));
  }

  hold(payer: Payer, hold: Hold): Promise<number | undefined> {
    return this.#whole(this.#accounts.hold(payer, hold));
  }

  append(id: string, seq: number, lines: readonly string[]): Promise<void> {
    return this.#appends.add(lines.map((line, index) => ({ session: id, seq: seq + index, line })));
  }

  async read(id: string, from = 0): Promise<readonly string[]> {
    const lines = this.#db.selectFrom('journal').select('line').where('session', '=', id).where('seq', '>=', from);
    const rows = await told(lines.orderBy('seq').execute());
    return rows.map(({ line }) => line);
  }

  head(id: string): Promise<{ readonly seq: number; readonly line: string } | undefined> {
    const lines = this.#db.selectFrom('journal').select(['seq', 'line']).where('session', '=', id);
    return told(lines.orderBy('seq', 'desc').limit(1).executeTakeFirst());
  }

  lease(): Promise<readonly StoredSession[]> {
    return told(this.#leased());
  }

  async #leased(): Promise<readonly StoredSession[]> {
    const { name } = this.#holders;
    const rows = await this.#db.selectFrom('session').select('holder').distinct().where('ended', 'is', null).execute();
    for (const { holder } of rows) {
      if (holder === name || (holder !== null && !(await this.#holders.isGone(holder)))) continue;
      await this.#db
        .updateTable('session')
        .set({ holder: name })
        .where('ended', 'is', null)
        .where('holder', holder === null ? 'is' : '=', holder)
        .execute();
    }
    const held = this.#db.selectFrom('session').selectAll().where('ended', 'is', null).where('holder', '=', name);
    return (await held.orderBy('made_at').orderBy('id').execute()).map((row) => this.#sessionOf(row));
  }

  async open(): Promise<readonly string[]> {
    const rows = await told(this.#db.selectFrom('session').select('id').where('ended', 'is', null).execute());
    return rows.map(({ id }) => id);
  }

  async ping(): Promise<void> {
    await told(this.#db.selectFrom('session').select('id').limit(1).execute());
  }

  async close(): Promise<void> {
    await this.#appends.settled();
    await Promise.allSettled(this.#transactions);
    await this.#holders.close();
    await this.#db.destroy();
  }

  async #insert(rows: readonly Row[]): Promise<void> {
    try {
      await this.#db.insertInto('journal').values(rows).execute();
    } catch (cause) {
      throw isTaken(cause) ? seqTaken(cause) : storeFailed(cause);
    }
  }

  /** What a transaction gives. A store is not closed in the middle of one. */
  #whole<Value>(transaction: Promise<Value>): Promise<Value> {
    this.#transactions.add(transaction);
    return told(transaction.finally(() => this.#transactions.delete(transaction)));
  }

  #sessionOf({ id, made, ended, holder }: Tables['session']): StoredSession {
    const isOurs = holder === null || holder === this.#holders.name;
    return { id, made, ended, heldBy: isOurs ? null : this.#holders.addressOf(holder) };
  }
}

/** What the database gives, or a coded error. */
async function told<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await asked;
  } catch (cause) {
    throw storeFailed(cause);
  }
}

function isTaken(cause: unknown): boolean {
  return taken.has((cause as { readonly code?: string }).code ?? '');
}
