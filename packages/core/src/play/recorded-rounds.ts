import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import { quote } from '../contract/mechane-error.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Replies, Round } from '../contract/round.ts';
import { impossibleJournal } from '../errors.ts';
import { validate } from '../input/validate.ts';
import { endOf, type Journal, type JournalEntry } from './journal.ts';

/** A round as a journal has it. */
export interface RecordedRound {
  readonly replies: Replies<unknown>;
  /** Whether the round had closed before the journal ends. */
  readonly closed: boolean;
  /** When an open round closes by itself, in milliseconds since 1970; `undefined` where the journal does not say. */
  readonly closesAt: number | null | undefined;
}

/** The rounds of a journal, played again one by one. */
export class RecordedRounds {
  readonly #entries: readonly JournalEntry[];
  readonly #end: { readonly outcome: unknown } | undefined;
  readonly #mechanism: Mechanism;
  #position = 1;
  #rounds = 0;

  constructor(journal: Journal, mechanism: Mechanism) {
    this.#entries = journal.entries;
    this.#end = endOf(journal);
    this.#mechanism = mechanism;
  }

  /** Whether the journal says anything of the next round. */
  get hasNext(): boolean {
    const next = this.#entries[this.#position];
    return next !== undefined && next.kind !== 'closed';
  }

  /**
   * What the journal says of the next round.
   *
   * @throws MechaneError `invalid-journal` when it says what cannot have happened.
   */
  next({ agents, closes }: Pick<Round, 'agents' | 'closes'>): RecordedRound {
    this.#rounds += 1;
    const asked = new Set(agents);
    const replies = new Map<AgentId, unknown>();
    let closesAt: number | null | undefined;
    let closed = false;
    for (let entry = this.#taken(closed); entry; entry = this.#taken(closed)) {
      if (entry.kind === 'asked') closesAt = entry.closesAt;
      else if (entry.kind === 'message') this.#hear(entry, asked, replies);
      closed = entry.kind === 'round-closed' || (closes === 'at-first-message' && entry.kind === 'message');
    }
    return { replies, closed, closesAt };
  }

  /** @throws MechaneError `invalid-journal` when the journal's run ends before this round, or in it. */
  nextClosed(round: Round): Replies<unknown> {
    const { replies, closed } = this.next(round);
    if (!closed) throw this.#mismatch('the journal ends before the run does');
    return replies;
  }

  /** @throws MechaneError `invalid-journal` when there is more than the run took, or something else came out. */
  finish(outcome: unknown): void {
    if (this.hasNext) throw this.#mismatch('the run ends before the journal does');
    if (this.#end === undefined || sameInJson(outcome, this.#end.outcome)) return;
    const last = this.#entries.length - 1;
    throw impossibleJournal('the replies lead to another outcome than the journal says', ['entries', last, 'outcome']);
  }

  /** @throws MechaneError `invalid-journal` when the journal has other messages in a round than these. */
  expect({ replies: recorded }: RecordedRound, said: Replies<unknown>): void {
    const expected = [...said].slice(0, recorded.size);
    if (!sameInJson([...recorded], expected)) throw this.#mismatch('the scenario says something else here');
  }

  /** The next entry that belongs to the round; after it has closed, only the entry that says so once more. */
  #taken(closed: boolean): JournalEntry | undefined {
    const entry = this.#entries[this.#position];
    if (entry === undefined || entry.kind === 'opened' || entry.kind === 'closed') return undefined;
    if (closed && !(entry.kind === 'round-closed' && entry.round === this.#rounds)) return undefined;
    this.#position += 1;
    if (entry.round !== this.#rounds) {
      throw this.#mismatch(`something of round ${entry.round} stands in the place of round ${this.#rounds}`);
    }
    return entry;
  }

  #hear(
    { agent, message }: { readonly agent: AgentId; readonly message: unknown },
    asked: Set<AgentId>,
    replies: Map<AgentId, unknown>,
  ): void {
    if (!asked.delete(agent)) throw this.#mismatch(`it has a message of ${quote(agent)}, who was not asked`);
    const path = ['journal', 'entries', this.#position - 1, 'message'];
    replies.set(agent, validate(this.#mechanism.message, message, 'invalid-journal', path));
  }

  #mismatch(problem: string): MechaneError<'invalid-journal'> {
    return impossibleJournal(problem, ['entries', Math.min(this.#position, this.#entries.length) - 1]);
  }
}

function sameInJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
