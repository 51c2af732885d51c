import {
  type AgentId,
  type Asked,
  disclosedTo,
  type Mechane,
  type MechaneError,
  type Mechanism,
  type Receipt,
  readJournalLines,
  type Session,
  type SignReceipt,
  type SubmitOptions,
} from '@mechane/core';
import { headerOf } from '@mechane/core/host';
import { isPassing } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Belongings } from './belongings.ts';
import type { Ended, SessionView } from './ended-session.ts';
import { JournalRows, Progress } from './journal-rows.ts';
import { agentsOf, type Making, openingOf, outside, shownOf } from './made-session.ts';
import { type PaidFor, Spending } from './spending.ts';

/** What sessions are held with. */
export interface House {
  readonly mechane: Mechane<Mechanism>;
  readonly store: Store;
  readonly sign: SignReceipt;
  readonly belongings: Belongings;
  /** Whether other services share the store, and may go on with a session while this one stands still. */
  readonly isShared: boolean;
}

/** A session that is open here. */
export class HostedSession {
  readonly id: string;
  readonly making: Making;
  readonly session: Session;
  /** How it ended; rejects where it did not and its journal cannot be written: then it has to be taken up again. */
  readonly ended: Promise<Ended>;
  /** How it ended, as soon as that is known, though it may not be kept yet. */
  how: Ended | undefined;
  readonly #journal: JournalRows;
  readonly #abandonment: AbortController;
  readonly #spending: Spending;
  readonly #paidFor: PaidFor;
  readonly #isShared: boolean;

  private constructor(
    { store, isShared }: House,
    id: string,
    making: Making,
    session: Session,
    journal: JournalRows,
    abandonment: AbortController,
  ) {
    this.id = id;
    this.making = making;
    this.session = session;
    this.#journal = journal;
    this.#abandonment = abandonment;
    this.#spending = new Spending(store, id, making);
    this.#isShared = isShared;
    this.#paidFor = { session, next: () => journal.progress.next, settled: () => this.begun() };
    this.ended = session.result.then(
      (result) => this.#end('closed', { result }),
      (error: MechaneError) => this.#failed(error),
    );
    this.ended.then(
      (how) => {
        this.how = how;
      },
      () => {},
    );
  }

  /**
   * Opens a session that is new.
   *
   * @param ready what has to be kept before its journal
   * @throws MechaneError with what is wrong in what it is made with.
   */
  static open(house: House, id: string, making: Making, ready?: Promise<unknown>): HostedSession {
    const { mechane, store, sign } = house;
    const journal = new JournalRows(store, id, sign, new Progress(), ready);
    const abandonment = new AbortController();
    const session = mechane.untyped.open(making.mechanism, {
      ...openingOf(making),
      id,
      agents: outside(agentsOf(making)),
      journal,
      signal: abandonment.signal,
    });
    return new HostedSession(house, id, making, session, journal, abandonment);
  }

  /** Goes on with a session where its journal ends. */
  static async takeUp(house: House, id: string, making: Making): Promise<HostedSession | Ended> {
    const { mechane, store, sign } = house;
    await mechane.untyped.prepare(making.mechanism);
    const lines = await store.read(id);
    if (lines.length === 0) return HostedSession.open(house, id, making);
    const { journal: past, closed, head } = await readJournalLines(`${lines.join('\n')}\n`);
    const progress = new Progress();
    for (const [index, entry] of past.entries.entries()) progress.see(entry, past.seals?.[index]?.hash ?? head);
    const agents = [...headerOf(past).participants];
    for (const entry of past.entries) if (entry.kind === 'joined') agents.push(entry.agent);
    const { round } = progress;
    // Its end stands in the journal, and was not kept besides.
    if (closed) return { status: 'closed', round, agents, head, result: mechane.untyped.replay(past) };
    if (past.entries.at(-1)?.kind === 'cancelled') return { status: 'cancelled', round, agents, head };
    const journal = new JournalRows(store, id, sign, progress);
    const abandonment = new AbortController();
    const { signal } = abandonment;
    const session = mechane.untyped.resume(past, { agents: outside(agents), journal, signal });
    return new HostedSession(house, id, making, session, journal, abandonment);
  }

  /** Kept once the journal has its beginning, and its first round, or the one in which it goes on, is open. */
  async begun(): Promise<void> {
    await Promise.race([this.#journal.begun, this.session.result]);
    await new Promise((resolve) => setImmediate(resolve));
    await this.#journal.settled();
  }

  /** Kept once all that has happened so far is stored, or cannot be. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  /** Whether nobody else has gone on with it. */
  async isHere(): Promise<boolean> {
    return !this.#isShared || this.#journal.endsHere();
  }

  /** Whether it is as it stands here: all that has happened is stored, and nobody else goes on with it. */
  async stands(): Promise<boolean> {
    const isWhole = await this.#journal.isWhole();
    return isWhole && !this.#abandonment.signal.aborted && this.isHere();
  }

  /** Calls it off, for good. */
  cancel(): void {
    this.session.cancel('whoever holds the session called it off');
  }

  get view(): SessionView {
    const { round, answered, closesAt, head } = this.#journal.progress;
    return {
      id: this.id,
      mechanism: this.making.mechanism,
      ...shownOf(this.making),
      status: 'open',
      round,
      answered,
      // Where a mechanism sets its end by itself, no entry says when that is.
      closesAt: momentOf(closesAt ?? this.session.closesAt),
      agents: this.session.participants,
      head,
    };
  }

  submit(agent: AgentId, message: unknown, options: SubmitOptions): Promise<Receipt> {
    return this.#spending.submit(this.#paidFor, agent, message, options);
  }

  /** What is asked of an agent that has not answered it: now, or as soon as something is, unless the signal aborts before. */
  async ask(agent: AgentId, signal: AbortSignal): Promise<Asked | undefined> {
    const events = this.session.eventsFor(agent)[Symbol.asyncIterator]();
    const stop = (): void => void events.return?.();
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (let isOver = signal.aborted; ; ) {
        const asked = this.session.asked(agent);
        const isNew = asked && !this.#journal.progress.hasAnswered(agent, asked.round);
        if (isNew || isOver) return isNew ? asked : undefined;
        isOver = (await events.next()).done === true;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  /** Lets go of it without ending it: whoever takes it up finds it where it was. */
  abandon(): void {
    this.#abandonment.abort();
  }

  async #failed(error: MechaneError): Promise<Ended> {
    await this.#journal.settled();
    if (this.#journal.progress.isCancelled) return this.#end('cancelled');
    if (isPassing(error.code)) throw error;
    return this.#end('failed', { error: error.toJSON() });
  }

  #end(status: Ended['status'], how: Pick<Ended, 'result' | 'error'> = {}): Ended {
    const { round, head } = this.#journal.progress;
    return { status, round, agents: this.session.participants, head, ...how };
  }
}

export function momentOf(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

/** A journal as text: all of it, or what one who took part may see. */
export function journalText(lines: readonly string[], seenBy?: { readonly agent: AgentId | undefined }): string {
  const text = lines.map((line) => `${line}\n`).join('');
  return seenBy === undefined ? text : disclosedTo(text, seenBy.agent);
}
