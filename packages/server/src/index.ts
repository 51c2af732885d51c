export { openStore } from './store/open-store.ts';
export { openPostgres, type PostgresOptions } from './store/postgres.ts';
export { openSqlite } from './store/sqlite.ts';
export type { Listing, Store, StoredSession } from './store/store.ts';
