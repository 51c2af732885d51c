import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import { quote } from '../contract/mechane-error.ts';
import type { Mechanism } from '../contract/mechanism.ts';
import type { Round } from '../contract/round.ts';
import { TimedReplies } from '../contract/timed-replies.ts';
import { impossibleJournal } from '../errors.ts';
import { validate } from '../input/validate.ts';
import { AskedAgents } from './asked-agents.ts';
import { endOf, type Journal, type JournalEntry } from './journal.ts';

/** A round as a journal has it. */
export interface RecordedRound {
  readonly replies: TimedReplies;
  /** Whether the round had closed before the journal ends. */
  readonly closed: boolean;
  /** When an open round closes by itself, in milliseconds since 1970; `undefined` where the journal does not say. */
  readonly closesAt: number | null | undefined;
  /** How many entries of the journal are messages of this round. */
  readonly messages: number;
}

/** The rounds of a journal, played again one by one. */
export class RecordedRounds {
  readonly #entries: readonly JournalEntry[];
  readonly #end: { readonly outcome: unknown } | undefined;
  readonly #mechanism: Mechanism;
  /** The list of participants of the run, which grows with those who came in. */
  readonly #participants: AgentId[];
  readonly #openedAt: number;
  readonly #asked = new AskedAgents();
  #position = 1;
  #rounds = 0;

  constructor(journal: Journal, mechanism: Mechanism, participants: AgentId[]) {
    this.#entries = journal.entries;
    this.#end = endOf(journal);
    this.#mechanism = mechanism;
    this.#participants = participants;
    this.#openedAt = journal.entries[0]?.at ?? 0;
  }

  /** Whether whoever held the run had begun to close its rounds. */
  get isClosing(): boolean {
    return this.#entries.some(({ kind }) => kind === 'closing');
  }

  /** Whether the journal says anything of the next round. */
  get hasNext(): boolean {
    const next = this.#entries[this.#position];
    return next !== undefined && !isEnd(next);
  }

  /**
   * What the journal says of the next round.
   *
   * @throws MechaneError `invalid-journal` when it says what cannot have happened.
   */
  next({ agents, closes }: Pick<Round, 'agents' | 'closes'>): RecordedRound {
    this.#rounds += 1;
    const heard: Heard = {
      agents,
      closes,
      replies: new TimedReplies(),
      messages: 0,
      closesAt: undefined,
      closed: false,
    };
    for (let entry = this.#taken(heard.closed); entry; entry = this.#taken(heard.closed)) this.#take(entry, heard);
    return heard;
  }

  /** @throws MechaneError `invalid-journal` when the journal's run ends before this round, or in it. */
  nextClosed(round: Round): TimedReplies {
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
  expect({ replies: recorded }: RecordedRound, said: ReadonlyMap<AgentId, unknown>): void {
    const expected = [...said].slice(0, recorded.size);
    if (!sameInJson([...recorded], expected)) throw this.#mismatch('the scenario says something else here');
  }

  /** The next entry that belongs to the round; after it has closed, only the entry that says so once more. */
  #taken(closed: boolean): JournalEntry | undefined {
    const entry = this.#entries[this.#position];
    if (entry === undefined || entry.kind === 'opened' || isEnd(entry)) return undefined;
    if (closed && !(entry.kind === 'round-closed' && entry.round === this.#rounds)) return undefined;
    this.#position += 1;
    if ('round' in entry && entry.round !== this.#rounds) {
      throw this.#mismatch(`something of round ${entry.round} stands in the place of round ${this.#rounds}`);
    }
    return entry;
  }

  #take(entry: JournalEntry, heard: Heard): void {
    switch (entry.kind) {
      case 'asked':
        heard.closesAt = entry.closesAt;
        break;
      case 'joined':
        if (this.#participants.includes(entry.agent)) throw this.#mismatch(`${quote(entry.agent)} comes in twice`);
        this.#participants.push(entry.agent);
        break;
      case 'message':
        this.#hear(entry, heard);
        break;
      case 'withdrawn':
        if (!heard.replies.delete(entry.agent)) {
          throw this.#mismatch(`${quote(entry.agent)} takes back what was never said`);
        }
        heard.messages += 1;
        break;
      case 'round-closed':
        heard.closed = true;
        heard.replies.closedAt = entry.at - this.#openedAt;
    }
  }

  #hear({ agent, message, at }: JournalEntry & { readonly kind: 'message' }, heard: Heard): void {
    const { agents, closes, replies } = heard;
    if (!this.#asked.of(agents).has(agent))
      throw this.#mismatch(`it has a message of ${quote(agent)}, who was not asked`);
    if (replies.has(agent) && !this.#mechanism.revisable) {
      throw this.#mismatch(`it has a second message of ${quote(agent)}, who was not asked again`);
    }
    const path = ['journal', 'entries', this.#position - 1, 'message'];
    replies.hear(agent, validate(this.#mechanism.message, message, 'invalid-journal', path), at - this.#openedAt);
    heard.messages += 1;
    if (closes === 'at-first-message') {
      heard.closed = true;
      replies.closedAt = at - this.#openedAt;
    }
  }

  #mismatch(problem: string): MechaneError<'invalid-journal'> {
    return impossibleJournal(problem, ['entries', Math.min(this.#position, this.#entries.length) - 1]);
  }
}

/** A round that is being read. */
interface Heard extends Pick<Round, 'agents' | 'closes'> {
  readonly replies: TimedReplies;
  messages: number;
  closesAt: number | null | undefined;
  closed: boolean;
}

function isEnd({ kind }: JournalEntry): boolean {
  return kind === 'closed' || kind === 'cancelled';
}

function sameInJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
