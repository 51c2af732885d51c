export type { Limits } from './access/limits.ts';
export { randomToken } from './access/tokens.ts';
export type { Catalogue } from './catalogue.ts';
export { type Listening, type ListenOptions, listen } from './listen.ts';
export { createService, type Service, type ServiceOptions } from './service.ts';
export { openStore } from './store/open-store.ts';
export { openPostgres, type PostgresOptions } from './store/postgres.ts';
export { openSqlite } from './store/sqlite.ts';
export type { Listing, Store, StoredSession } from './store/store.ts';
