import Big from 'big.js';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * What an account has, in exact decimals.
 *
 * @category Stores
 */
export interface Balance {
  /** What may be spent in all; `null` where nobody has said. */
  readonly budget: number | null;
  /** What was paid in sessions that are over, less what was received. */
  readonly spent: number;
  /** The most that may come to be paid in open sessions. */
  readonly held: number;
  /** What is left; `null` without a budget. */
  readonly left: number | null;
}

/**
 * The most that an agent may come to pay in a session.
 *
 * @category Stores
 */
export interface Hold {
  /** The round in which it has last said something. */
  readonly round: number;
  /** The most for what it said in the rounds before. */
  readonly before: number;
  readonly most: number;
}

/**
 * For whom something is held: an agent in a session, at the cost of an account.
 *
 * @category Stores
 */
export interface Payer {
  readonly account: string;
  readonly session: string;
  readonly agent: string;
}

/**
 * What an account pays for a session that is over.
 *
 * @category Stores
 */
export interface Charge {
  readonly account: string;
  readonly amount: number;
}

/** The accounts of a store. Whatever changes one holds its row, so that two who spend at once cannot both have the last of it. */
export class Accounts {
  readonly #db: Kysely<Tables>;
  readonly #locks: boolean;

  /** @param locks whether the database lets several write at once */
  constructor(db: Kysely<Tables>, locks: boolean) {
    this.#db = db;
    this.#locks = locks;
  }

  setBudget(id: string, budget: number | null): Promise<Balance> {
    return this.#db.transaction().execute(async (db) => {
      await this.#locked(db, id);
      const text = budget === null ? null : decimal(budget);
      await db.updateTable('account').set({ budget: text }).where('id', '=', id).execute();
      return balanceOf(db, id);
    });
  }

  heldFor({ session, agent }: Payer): Promise<Hold | undefined> {
    return holdOf(this.#db, session, agent);
  }

  /** Holds an amount, in the place of what was held; gives what is left where that is less, and then nothing has changed. */
  hold({ account, session, agent }: Payer, { round, before, most }: Hold): Promise<number | undefined> {
    return this.#db.transaction().execute(async (db) => {
      await this.#locked(db, account);
      const own = await holdOf(db, session, agent);
      const { budget, spent, held } = await decimalsOf(db, account);
      const others = spent.plus(held).minus(own?.most ?? 0);
      // Whoever lets itself in for less than before may always do so.
      const isMore = most > (own?.most ?? 0);
      const isTooMuch = (limit: Big): boolean => most === Number.POSITIVE_INFINITY || others.plus(most).gt(limit);
      if (budget !== null && isMore && isTooMuch(budget)) return budget.minus(others).toNumber();
      // Without a budget, what has no limit is no matter, and is more than could be held.
      if (most === Number.POSITIVE_INFINITY) return undefined;
      const row = { account, round, before: decimal(before), most: decimal(most) };
      await db
        .insertInto('hold')
        .values({ session, agent, ...row })
        .onConflict((conflict) => conflict.columns(['session', 'agent']).doUpdateSet(row))
        .execute();
      return undefined;
    });
  }

  /** A session is over: nothing is held for it any more, and what was paid is spent. */
  async settle(db: Transaction<Tables>, session: string, charges: readonly Charge[]): Promise<void> {
    // In one order, so that two sessions that end at once do not wait for each other.
    for (const { account, amount } of [...charges].sort((a, b) => (a.account < b.account ? -1 : 1))) {
      const { spent } = await this.#locked(db, account);
      const paid = new Big(spent).plus(amount).toFixed();
      await db.updateTable('account').set({ spent: paid }).where('id', '=', account).execute();
    }
    await db.deleteFrom('hold').where('session', '=', session).execute();
  }

  /** The row of an account, which is made where it is not there, and is held until the end of the transaction. */
  async #locked(db: Transaction<Tables>, id: string): Promise<Tables['account']> {
    const fresh = { id, budget: null, spent: '0' };
    await db
      .insertInto('account')
      .values(fresh)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const row = db.selectFrom('account').selectAll().where('id', '=', id);
    return (this.#locks ? row.forUpdate() : row).executeTakeFirstOrThrow();
  }
}

async function holdOf(db: Kysely<Tables>, session: string, agent: string): Promise<Hold | undefined> {
  const holds = db.selectFrom('hold').selectAll().where('session', '=', session).where('agent', '=', agent);
  const row = await holds.executeTakeFirst();
  return row && { round: row.round, before: Number(row.before), most: Number(row.most) };
}

interface Decimals {
  readonly budget: Big | null;
  readonly spent: Big;
  readonly held: Big;
}

async function decimalsOf(db: Kysely<Tables>, id: string): Promise<Decimals> {
  const { budget, spent } = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const holds = await db.selectFrom('hold').select('most').where('account', '=', id).execute();
  const held = holds.reduce((sum, { most }) => sum.plus(most), new Big(0));
  return { budget: budget === null ? null : new Big(budget), spent: new Big(spent), held };
}

async function balanceOf(db: Kysely<Tables>, id: string): Promise<Balance> {
  const { budget, spent, held } = await decimalsOf(db, id);
  return {
    budget: budget?.toNumber() ?? null,
    spent: spent.toNumber(),
    held: held.toNumber(),
    left: budget?.minus(spent).minus(held).toNumber() ?? null,
  };
}

/** An amount as it is written, without an exponent. */
function decimal(amount: number): string {
  return new Big(amount).toFixed();
}
