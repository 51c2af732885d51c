import { type Kysely, type Migration, type MigrationProvider, Migrator } from 'kysely';

/** The tables of a store. */
export interface Tables {
  session: { id: string; made_at: string; made: string; ended: string | null; holder: string | null };
  journal: { session: string; seq: number; line: string };
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

const migrations: MigrationProvider = { getMigrations: async () => ({ '2026-11-sessions': sessions }) };

/** Brings the tables of a store to what this version needs. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error !== undefined) throw error;
}
