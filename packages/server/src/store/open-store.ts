import { unknownStore } from '../errors.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * Opens a store by its name: `sqlite:FILE`, or `postgres://user@host/database`.
 *
 * @throws MechaneError `unknown-store`, or `store-in-use`.
 * @category Stores
 */
export async function openStore(name: string, options: PostgresOptions = {}): Promise<Store> {
  if (name.startsWith('sqlite:') && name.length > 'sqlite:'.length) return openSqlite(name.slice('sqlite:'.length));
  if (/^postgres(ql)?:\/\//.test(name)) return openPostgres(name, options);
  throw unknownStore(name);
}
