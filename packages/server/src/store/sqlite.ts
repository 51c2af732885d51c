import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { cannotBind, cannotOpen, storeInUse } from '../errors.ts';
import type { Tables } from './schema.ts';
import { type Holders, SqlStore } from './sql-store.ts';
import type { Store } from './store.ts';

/** So long another process may take to let go of the file, in milliseconds. */
const patience = 1_000;

/**
 * Opens a store in a file of SQLite, for this process alone: the lock ends with the process, however that ends. What is written is synced.
 *
 * @param file its path, or `:memory:` for one that nothing outlives
 * @throws MechaneError `store-in-use` while another process has it, or `cannot-open-store`.
 * @category Stores
 */
export async function openSqlite(file: string): Promise<Store> {
  const database = opened(file);
  const dialect = new SqliteDialect({ database: guarded(database) });
  return SqlStore.open(new Kysely<Tables>({ dialect }), alone);
}

function opened(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: patience });
    // Before the mode of the journal: then the first write keeps the lock, and there is no memory to share.
    database.exec('pragma locking_mode = EXCLUSIVE');
    database.exec('pragma journal_mode = WAL');
    database.exec('pragma synchronous = FULL');
    database.exec('begin immediate; commit');
    return database;
  } catch (cause) {
    database?.close();
    const isBusy = String((cause as { readonly code?: string }).code).startsWith('SQLITE_BUSY');
    throw isBusy ? storeInUse(file, cause) : cannotOpen(file, cause);
  }
}

/** Whoever has the file knows that nobody else has. */
const alone: Holders = {
  name: 'this',
  areSeveral: false,
  isGone: async () => true,
  addressOf: () => null,
  close: async () => {},
};

type Bound = readonly unknown[];

/** A value that is neither text, number, bytes nor null would end the process where it is bound. */
function guarded(database: Database.Database): ConstructorParameters<typeof SqliteDialect>[0]['database'] & object {
  return {
    close() {
      // Statements that are not collected yet would keep the lock.
      database.exec('pragma journal_mode = DELETE');
      database.exec('pragma locking_mode = NORMAL');
      database.exec('begin immediate; commit');
      database.close();
    },
    prepare(text: string) {
      const statement = database.prepare(text);
      return {
        reader: statement.reader,
        all: (values: Bound) => statement.all(bindable(values)),
        run: (values: Bound) => statement.run(bindable(values)),
        iterate: (values: Bound) => statement.iterate(bindable(values)),
      };
    },
  } as object as ReturnType<typeof guarded>;
}

function bindable(values: Bound): Bound {
  for (const value of values) {
    const isPlain = ['string', 'number', 'bigint'].includes(typeof value);
    if (!isPlain && value !== null && !(value instanceof Uint8Array)) throw cannotBind(typeof value);
  }
  return values;
}
