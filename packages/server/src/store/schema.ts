import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from 'kysely';

/** The tables of a store. */
export interface Tables {
  session: { id: string; made_at: string; made: string; ended: string | null; holder: string | null };
  journal: { session: string; seq: number; line: string };
  /** Amounts are decimals as text: databases differ in what else they make of them. */
  account: { id: string; budget: string | null; spent: string };
  hold: { session: string; agent: string; account: string; round: number; before: string; most: string };
}

const sessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('session')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('made_at', 'text', (column) => column.notNull())
      .addColumn('made', 'text', (column) => column.notNull())
      .addColumn('ended', 'text')
      .addColumn('holder', 'text')
      .execute();
    await db.schema.createIndex('session_made_at').on('session').columns(['made_at', 'id']).execute();
    await db.schema
      .createTable('journal')
      .addColumn('session', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('line', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('journal_of_session', ['session', 'seq'])
      .execute();
  },
};

const accounts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('account')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('budget', 'text')
      .addColumn('spent', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('hold')
      .addColumn('session', 'text', (column) => column.notNull())
      .addColumn('agent', 'text', (column) => column.notNull())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('round', 'integer', (column) => column.notNull())
      .addColumn('before', 'text', (column) => column.notNull())
      .addColumn('most', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('hold_of_agent', ['session', 'agent'])
      .execute();
    await db.schema.createIndex('hold_of_account').on('hold').columns(['account']).execute();
  },
};

/** Those that are open are looked for all the time, and most are not: without an index, all that ever were are read. */
const openSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('session_open')
      .on('session')
      .column('id')
      .where(sql.ref('ended'), 'is', null)
      .execute();
  },
};

/** They are made in the order of their names. */
const migrations: MigrationProvider = {
  getMigrations: async () => ({
    '2026-11-sessions': sessions,
    '2026-12-accounts': accounts,
    '2026-12-open-sessions': openSessions,
  }),
};

/** Brings the tables of a store to what this version needs. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error !== undefined) throw error;
}
