import type { Balance, Charge, Hold, Payer } from './accounts.ts';

/**
 * A session as a store has it.
 *
 * @category Stores
 */
export interface StoredSession {
  readonly id: string;
  /** What it was made with, as JSON. */
  readonly made: string;
  /** How it ended, as JSON; `null` while it is open. */
  readonly ended: string | null;
  /** Who has it, where that is another service: its address, as far as it has told. */
  readonly heldBy: string | null;
}

/**
 * Which sessions are listed.
 *
 * @category Stores
 */
export interface Listing {
  /** The session after which the list goes on. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/**
 * Where a service keeps its sessions. Whatever it has promised outlives a crash of the process and of the machine.
 *
 * @category Stores
 */
export interface Store {
  /** Keeps what a session is made with and holds it; gives the session that has this id already, where one has. */
  make(id: string, made: string): Promise<StoredSession | undefined>;
  find(id: string): Promise<StoredSession | undefined>;
  /** Sessions, in the order in which they were made. */
  list(listing: Listing): Promise<readonly StoredSession[]>;
  /** Keeps how a session ended, and what accounts pay for it where some do; what is kept already stays. */
  end(id: string, ended: string, charges?: readonly Charge[]): Promise<void>;
  /** Says what an account may spend in all, `null` for anything. */
  setBudget(account: string, budget: number | null): Promise<Balance>;
  /** What is held for an agent. */
  heldFor(payer: Payer): Promise<Hold | undefined>;
  /** Holds an amount for an agent, in the place of what was held; gives what is left where that is less, and then nothing has changed. */
  hold(payer: Payer, hold: Hold): Promise<number | undefined>;
  /**
   * Appends lines to a session's journal, all or none.
   *
   * @param seq the number of the first of them
   * @throws MechaneError `seq-taken` where another has written a line of this number.
   */
  append(id: string, seq: number, lines: readonly string[]): Promise<void>;
  /** The lines of a journal, in order, from this number on. */
  read(id: string, from?: number): Promise<readonly string[]>;
  /** The last line of a journal, and its number. */
  head(id: string): Promise<{ readonly seq: number; readonly line: string } | undefined>;
  /** Takes the open sessions that nobody holds any more, and gives them. A lease ends with the process that has it. */
  lease(): Promise<readonly StoredSession[]>;
  /** The ids of all sessions that are open, whoever holds them. */
  open(): Promise<readonly string[]>;
  /** Whether the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
