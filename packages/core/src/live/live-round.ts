import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import { type Round, refuseOutOfPlace } from '../contract/round.ts';
import { TimedReplies } from '../contract/timed-replies.ts';
import {
  duplicateMessage,
  lateMessage,
  nothingToWithdraw,
  notRevisable,
  outOfTurn,
  saysItsTime,
  unknownAgent,
} from '../errors.ts';
import { validate } from '../input/validate.ts';
import type { Receipt } from '../play/journal.ts';
import type { RecordedRound } from '../play/recorded-rounds.ts';
import type { Happening, Silence } from '../services/events.ts';
import type { AskingRound } from './asking-round.ts';
import { frozen } from './frozen.ts';
import type { LiveRun } from './live-run.ts';
import { sealedRefusal } from './sealed-error.ts';
import type { Saying } from './submissions.ts';

/**
 * One round with live agents: closes when all have answered, one has, or time is up. A message counts once the journal has it; the replies have
 * the order in which they were accepted.
 */
export class LiveRound implements AskingRound {
  readonly number: number;
  readonly round: Round;
  /** Nothing more is accepted. */
  isOver = false;
  /** When it closes by itself, in milliseconds since 1970. */
  closesAt: number = Number.POSITIVE_INFINITY;
  /** Called when it is over. */
  onOver: (() => void) | undefined;
  readonly #run: LiveRun;
  #replies: TimedReplies | undefined;
  /** Agents that are not waited for any more. */
  #givenUp: Set<AgentId> | undefined;
  /** Tells agents that an answer would come too late; made when one wants to know. */
  #over: AbortController | undefined;
  #stopTimer: (() => void) | undefined;

  /** @param past what a journal has of the round, where it was open when the run was cut off */
  constructor(run: LiveRun, round: Round, number: number, past?: RecordedRound) {
    this.#run = run;
    this.round = round;
    this.number = number;
    this.#replies = past?.replies;
    this.#open(past?.closesAt);
    // Of what was said before, all may have been there but the end.
    if (past) this.#settle();
  }

  /** Whether it closes at the first message. */
  get listens(): boolean {
    return this.round.closes === 'at-first-message';
  }

  get signal(): AbortSignal {
    this.#over ??= new AbortController();
    if (this.isOver) this.#over.abort();
    return this.#over.signal;
  }

  /** Whether an agent is among those who are asked: most rounds ask all who take part. */
  asks(agent: AgentId): boolean {
    const { agents, participants, asked } = this.#run;
    return this.round.agents === participants ? agents.has(agent) : asked.of(this.round.agents).has(agent);
  }

  /** What an agent is asked, where it may still say something. */
  contentFor(agent: AgentId): unknown {
    return frozen(this.round.contentFor(agent));
  }

  /** Whether something is asked of an agent now. */
  isAsking(agent: AgentId): boolean {
    if (this.isOver || !this.asks(agent)) return false;
    return this.#run.mechanism.revisable || !this.#replies?.has(agent);
  }

  /** Sets the deadline, or what is left of it, takes it down, and says that the round is open. */
  #open(recorded: number | null | undefined): void {
    const { recording, deadlines, events } = this.#run;
    const { agents, closesAt: moment, within } = this.round;
    const limit = within ?? (this.listens ? Number.POSITIVE_INFINITY : deadlines.within);
    const closesAt = recorded === undefined ? recording.now() + limit : (recorded ?? Number.POSITIVE_INFINITY);
    const own = moment === undefined ? Number.POSITIVE_INFINITY : recording.openedAt + moment;
    this.closesAt = Math.min(closesAt, own, deadlines.closesAt);
    // Where a mechanism listens, only a deadline that counts from now would be forgotten.
    const isTaken = recording.isKept && recorded === undefined && (!this.listens || within !== undefined);
    const seq = isTaken ? recording.next : undefined;
    if (isTaken) {
      const end = Number.isFinite(this.closesAt) ? this.closesAt : null;
      recording.add({ kind: 'asked', round: this.number, agents: [...agents], closesAt: end });
    }
    if (events.heard) {
      const asked = { kind: 'asked', round: this.number, agents: [...agents] } as const;
      events.tell(asked, seq, (agent) => this.contentFor(agent));
    }
  }

  /** Asks, and waits for answers and for the deadline. */
  wait(onOver: () => void): void {
    this.onOver = onOver;
    if (this.isOver) {
      onOver();
      return;
    }
    const { clock, recording, calls } = this.#run;
    const left = this.closesAt - recording.now();
    if (left <= 0) {
      this.close();
      return;
    }
    if (left < Number.POSITIVE_INFINITY) this.#stopTimer = clock.after(left, this.close);
    for (const agent of this.round.agents) if (!this.#replies?.has(agent)) calls.ask(this, agent);
    this.#settle();
  }

  /** Whoever comes in is asked, where the round is asked of all. */
  admit(agent: AgentId): void {
    if (this.isOver || !this.asks(agent)) return;
    this.#run.calls.ask(this, agent);
  }

  /**
   * Takes what an agent says; gives the receipt once the journal has it.
   *
   * @throws MechaneError `unknown-agent`, `out-of-turn`, `duplicate-message`, `late-message`, `not-revisable` or `invalid-message`, or with what the
   * mechanism refuses it; then nothing has changed.
   */
  take(saying: Saying): Receipt | Promise<Receipt> {
    const { agent } = saying;
    const at = this.#run.recording.now(saying.arrivedAt);
    const refusal = this.#refusalOf(saying, at);
    if (refusal) throw this.#refused(agent, refusal);
    return saying.isWithdrawal ? this.#withdraw(saying, at) : this.#hear(saying, at);
  }

  #hear({ agent, message, key }: Saying, at: number): Receipt | Promise<Receipt> {
    const reply = this.#read(agent, message);
    const { recording } = this.#run;
    const seq = recording.next;
    const said = { kind: 'message', round: this.number, agent, message: reply } as const;
    const receipt = recording.said(key === undefined ? said : { ...said, key }, at);
    this.#replies ??= new TimedReplies();
    this.#replies.hear(agent, reply, at - recording.openedAt);
    this.#givenUp?.delete(agent);
    this.#accepted({ kind: 'replied', round: this.number, agent }, seq, receipt);
    this.#settle();
    return receipt;
  }

  #withdraw({ agent, key }: Saying, at: number): Receipt | Promise<Receipt> {
    const { recording } = this.#run;
    const seq = recording.next;
    const said = { kind: 'withdrawn', round: this.number, agent } as const;
    const receipt = recording.said(key === undefined ? said : { ...said, key }, at);
    this.#replies?.delete(agent);
    this.#accepted(said, seq, receipt);
    return receipt;
  }

  /** Says so once the journal has it. */
  #accepted(happening: Happening, seq: number, receipt: Receipt | Promise<Receipt>): void {
    const { meter, events, recording } = this.#run;
    meter.message('accepted');
    const number = recording.isKept ? seq : undefined;
    if (receipt instanceof Promise) {
      receipt.then(
        () => events.tell(happening, number),
        () => {},
      );
    } else events.tell(happening, number);
  }

  /** Closes the round with the replies that are there; whoever has not replied is silent. */
  readonly close = (): void => {
    if (this.isOver) return;
    this.isOver = true;
    this.#stopTimer?.();
    this.#over?.abort();
    this.onOver?.();
  };

  /** Takes the end of the round down, unless it closed with a message. */
  closing(): TimedReplies {
    const { recording } = this.#run;
    const replies = this.#replies ?? new TimedReplies();
    const at = recording.now();
    replies.closedAt = at - recording.openedAt;
    if (!this.listens || replies.size === 0) recording.add({ kind: 'round-closed', round: this.number }, at);
    return replies;
  }

  /** Says that the round has closed, once the journal has it. */
  tellEnd(replies: number, seq: number | undefined): void {
    const { trace, meter, events } = this.#run;
    trace.round(this.number, this.round.agents.length, replies);
    meter.round();
    if (!events.heard) return;
    // Where one has spoken, the others have not kept silent: they speak next.
    const isHeard = this.listens && replies > 0;
    for (const agent of isHeard ? [] : this.round.agents) {
      if (!this.#replies?.has(agent) && !this.#givenUp?.has(agent))
        this.#silent(agent, this.listens ? 'unheard' : 'late');
    }
    events.tell({ kind: 'round-closed', round: this.number, replies }, seq);
  }

  #read(agent: AgentId, message: unknown): unknown {
    const { mechanism } = this.#run;
    try {
      const reply = validate(mechanism.message, message, 'invalid-message', ['messages', agent]);
      if (mechanism.timeIn?.(reply) !== undefined) throw saysItsTime(agent);
      refuseOutOfPlace(this.round, agent, reply, ['messages', agent]);
      return reply;
    } catch (error) {
      throw this.#refused(agent, error as MechaneError);
    }
  }

  /** Stops waiting for an agent, which may still say something while the round is open. */
  giveUp(agent: AgentId, why: Silence): void {
    if (this.isOver || this.#replies?.has(agent) || this.#givenUp?.has(agent)) return;
    this.#givenUp ??= new Set();
    this.#givenUp.add(agent);
    this.#silent(agent, why);
    this.#settle();
  }

  #settle(): void {
    const replies = this.#replies?.size ?? 0;
    const isAnswered = replies + this.#silentOnes >= this.round.agents.length;
    if (this.listens ? replies > 0 || (isAnswered && !this.#waitsForMore()) : isAnswered && !this.#staysOpen())
      this.close();
  }

  /** Where a mechanism listens until a moment, or to whoever comes, all may be silent for a while. */
  #waitsForMore(): boolean {
    return this.#run.isOpen || this.round.closesAt !== undefined;
  }

  get #silentOnes(): number {
    return this.#givenUp?.size ?? 0;
  }

  /** Where deadlines are given, those outside have until then to think again, and others to come in. */
  #staysOpen(): boolean {
    const { deadlines, isOpen, agents } = this.#run;
    if (isOpen) return true;
    return deadlines.areGiven && this.round.agents.some((agent) => agents.get(agent) === 'external');
  }

  #refusalOf({ agent, round, isWithdrawal }: Saying, at: number): MechaneError | undefined {
    const { agents, mechanism } = this.#run;
    if (!agents.has(agent)) return unknownAgent(agent, [...agents.keys()], ['messages']);
    const hasReplied = this.#replies?.has(agent) ?? false;
    const isLate = this.isOver || at >= this.closesAt || (round !== undefined && round < this.number);
    if (round !== undefined && round > this.number) return outOfTurn(agent);
    if (hasReplied && !mechanism.revisable) {
      return isWithdrawal ? notRevisable(mechanism.id, agent) : duplicateMessage(agent);
    }
    if (!this.asks(agent)) return outOfTurn(agent);
    if (isLate) return lateMessage(agent);
    return isWithdrawal && !hasReplied ? nothingToWithdraw(agent) : undefined;
  }

  #refused(agent: AgentId, error: MechaneError): MechaneError {
    const { events, meter } = this.#run;
    meter.message(error.code);
    const refused = { kind: 'refused', round: this.number, agent, error: sealedRefusal(error, agent) } as const;
    if (error.code === 'unknown-agent') events.tellOfStranger(refused);
    else events.tell(refused);
    return error;
  }

  #silent(agent: AgentId, why: Silence): void {
    this.#run.events.tell({ kind: 'silent', round: this.number, agent, why });
  }
}
