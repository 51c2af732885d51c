import type { AgentId } from '../contract/agent.ts';
import type { Certificate } from '../contract/certificate.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import type { Replies, Round } from '../contract/round.ts';
import { closedEntry, duplicateAgent, lateMessage, outOfTurn, unknownAgent } from '../errors.ts';
import { type Conversed, Conversing } from '../play/conversing.ts';
import type { Receipt } from '../play/journal.ts';
import type { RunResult } from '../play/run-types.ts';
import type { RunEvent } from '../services/events.ts';
import type { Participant } from './agent-registry.ts';
import { KeptKeys } from './kept-keys.ts';
import { LiveRound } from './live-round.ts';
import { sealedRefusal } from './sealed-error.ts';
import type { SessionRun } from './session-run.ts';
import { type Saying, Submissions } from './submissions.ts';

/** A result of any mechanism, with a certificate or without. */
export type AnyResult = RunResult<string, object, Certificate | undefined>;

/**
 * How something is said.
 *
 * @category Live agents
 */
export interface SubmitOptions {
  /** Under this, an agent may say the same again, after a crash too, and gets the same receipt: it counts once. */
  readonly key?: string;
  /** The round that is meant: once it is over, the message is refused as `late-message`. */
  readonly round?: number;
  /** Heard now or never: refused as `out-of-turn` where no round is open for it, instead of waiting for the next. */
  readonly now?: boolean;
}

/**
 * How somebody comes in.
 *
 * @category Live agents
 */
export interface JoinOptions {
  /** Under this, the same agent may come in again, after a crash too: it is in. The journal shows it to whoever may read that. */
  readonly key?: string;
}

/**
 * What is asked of an agent.
 *
 * @category Live agents
 */
export interface Asked<Ask = unknown> {
  readonly round: number;
  readonly content: Ask;
  /** When the round closes by itself, in milliseconds since 1970; `null` for never. */
  readonly closesAt: number | null;
}

/**
 * What a message may cost at the most.
 *
 * @category Live agents
 */
export interface MostPaid {
  readonly most: number;
  readonly round: number;
  /** Whether it is said of this round alone. Where a mechanism listens, it is true of whichever round hears the message. */
  readonly isOnlyThere: boolean;
}

/**
 * A run among live agents while it happens: iterate over it for its events, `submit` what outside parties say, await its
 * `outcome`. It begins after the current turn of the event loop, so whoever iterates at once misses nothing, and what is submitted at once
 * is heard in the first round.
 *
 * @category Live agents
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const agents = { ann: () => ({ bid: 9 }), bob: 'external' } as const;
 * const session = mechane.open('auction-sealed/second-price', { agents });
 * for await (const event of session) {
 *   if (event.kind === 'asked') await session.submit('bob', { bid: 7 });
 * }
 * (await session.outcome).payment; // => 7
 * ```
 */
export class Session<Result extends AnyResult = RunResult, Message = unknown, Ask = unknown>
  implements AsyncIterable<RunEvent>
{
  /** The result with its metrics; rejects with a coded error when the run fails or is cancelled. */
  readonly result: Promise<Result>;
  readonly #run: SessionRun;
  #submissions: Submissions | undefined;
  #keys: KeptKeys | undefined;
  /** Who came in under which key. */
  readonly #joined = new Map<AgentId, { readonly key: string; readonly written: Promise<unknown> | undefined }>();
  #round: LiveRound | undefined;
  /** There is an outcome, or none will be. */
  #isOver = false;
  /** The last entry has been handed to the journal. */
  #isConcluding = false;
  #isClosing = false;
  /** The journal has, or will have, the opening. */
  #hasBegun = false;
  #failure: MechaneError | undefined;
  /** The journal says that nobody goes on with it. */
  #isCalledOff = false;
  /** Stops what the run is waiting for. */
  #interrupt: ((error: MechaneError) => void) | undefined;

  constructor(run: SessionRun) {
    this.#run = run;
    this.#isClosing = run.recorded?.isClosing ?? false;
    run.attach(this.#fail, {
      current: () => this.#round,
      say: (agent, message, round) => this.#say(sayingOf(run, agent, message), round as LiveRound),
    });
    if (run.past) this.#keys = KeptKeys.of(run.past, run.recording);
    for (const entry of run.past?.entries ?? []) {
      if (entry.kind === 'joined' && entry.key !== undefined)
        this.#joined.set(entry.agent, { key: entry.key, written: undefined });
    }
    this.result = Promise.resolve().then(() => this.#play()) as Promise<unknown> as Promise<Result>;
    // Whoever awaits it hears of the failure; nobody has to.
    this.result.catch(() => {});
  }

  /** What the run is called: in its journal, its events and its receipts. */
  get id(): string {
    return this.#run.identity.id;
  }

  /** What came out. */
  get outcome(): Promise<Result['outcome']> {
    const outcome = this.result.then((result) => result.outcome as Result['outcome']);
    outcome.catch(() => {});
    return outcome;
  }

  /** Everybody who takes part, those who came in later too. */
  get participants(): readonly AgentId[] {
    return [...this.#run.agents.keys()];
  }

  /** The hash of the last entry that was handed to the journal, where that has a chain. It can be published, and gives nothing away. */
  get head(): string | undefined {
    return this.#run.play.journal?.head;
  }

  /** How many messages were refused because their senders do not take part. */
  get strangers(): number {
    return this.#run.events.strangers;
  }

  /**
   * Says something for an agent in the round that is open, or in the first, where none is yet. The promise is kept with a receipt once the
   * message counts: where there is a journal, when the journal has it. Where the mechanism listens, whatever comes together is taken in the order in which it
   * came. Whoever does not await the promise is not bothered by a refusal; it is an event as well.
   *
   * @throws MechaneError `unknown-agent`, `out-of-turn`, `duplicate-message`, `late-message`, `invalid-message`, `key-reused`, or what the
   * mechanism refuses it with; then nothing has changed. `aborted` or `journal-failed` where the run was stopped and can be resumed: it may count there.
   */
  submit(agent: AgentId, message: Message, options: SubmitOptions = {}): Promise<Receipt> {
    return this.#answered(sayingOf(this.#run, agent, message, options));
  }

  /**
   * Takes back what an agent has said in the round that is open, where the mechanism allows it (`revisable`).
   *
   * @throws MechaneError `not-revisable`, `out-of-turn` where there is nothing to take back, `late-message` or `unknown-agent`.
   */
  withdraw(agent: AgentId, options: SubmitOptions = {}): Promise<Receipt> {
    return this.#answered({ ...sayingOf(this.#run, agent, undefined, options), isWithdrawal: true });
  }

  /**
   * Lets somebody in while the run goes on, where the mechanism has open entry. The promise is kept when the journal has it. Whoever comes in again under
   * the same key is in already, and nothing happens.
   *
   * @throws MechaneError `closed-entry`, or `duplicate-agent`.
   */
  async join(
    agent: AgentId,
    participant: Participant<Ask, Message> = 'external',
    { key }: JoinOptions = {},
  ): Promise<void> {
    const { mechanism, agents, participants, recording, events, entry } = this.#run;
    const before = this.#joined.get(agent);
    if (before !== undefined && before.key === key) {
      await before.written;
      return;
    }
    if (!mechanism.openEntry) throw closedEntry(`${mechanism.id} has no place for those who come later`);
    if (entry === 'closed') throw closedEntry('this run takes nobody who comes later');
    if (this.#isOver || this.#isClosing) throw closedEntry('the run is over');
    if (agents.has(agent)) throw duplicateAgent(agent, ['agents', agent]);
    agents.set(agent, participant as Participant);
    participants.push(agent);
    const seq = recording.isKept ? recording.next : undefined;
    // Whoever comes before the beginning stands in it.
    const byKey = key === undefined ? {} : { key };
    const joined = this.#hasBegun ? recording.add({ kind: 'joined', agent, ...byKey }) : undefined;
    if (key !== undefined) this.#joined.set(agent, { key, written: joined });
    this.#round?.admit(agent);
    await joined;
    events.tell({ kind: 'joined', agent }, seq);
  }

  /**
   * The most that an agent may come to pay if it says this now: see `mostPaid` of mechanisms. `undefined` where it would not be heard now, or where
   * the mechanism does not know.
   *
   * @param before the most for what it has said in each round before
   */
  mostPaid(agent: AgentId, message: Message, before: (round: number) => number = () => 0): MostPaid | undefined {
    const { mechanism, setup } = this.#run;
    const round = this.#round;
    if (!mechanism.mostPaid || !round?.isAsking(agent)) return undefined;
    const read = mechanism.message.safeParse(message);
    if (!read.success) return undefined;
    const said = { settings: setup.settings, ask: round.contentFor(agent), before: before(round.number) };
    return { most: mechanism.mostPaid(read.data, said), round: round.number, isOnlyThere: !round.listens };
  }

  /** What is asked of an agent now; `undefined` where nothing is, or it has answered and may not answer again. */
  asked(agent: AgentId): Asked<Ask> | undefined {
    const round = this.#round;
    const { recording, agents } = this.#run;
    if (!agents.has(agent)) throw unknownAgent(agent, [...agents.keys()], ['agents']);
    // What follows from a message that the journal does not have yet is shown to nobody.
    if (!round?.isAsking(agent) || (round.listens && !recording.isSynced)) return undefined;
    const closesAt = Number.isFinite(round.closesAt) ? round.closesAt : null;
    return { round: round.number, content: round.contentFor(agent) as Ask, closesAt };
  }

  /** When the open round closes by itself, in milliseconds since 1970, as agents are told it; `null` where it does not, or none is open. */
  get closesAt(): number | null {
    const round = this.#round;
    if (round === undefined || !Number.isFinite(round.closesAt)) return null;
    return round.listens && !this.#run.recording.isSynced ? null : round.closesAt;
  }

  /** What happens from now on, as an agent may see it: with what it is asked, and without the refusals of others. */
  eventsFor(agent: AgentId): AsyncIterable<RunEvent> {
    const { events } = this.#run;
    return { [Symbol.asyncIterator]: () => events.seenBy(agent) };
  }

  /** Stops waiting: the open round closes with the replies that are there, and so does every round after it. */
  close(): void {
    if (this.#isClosing || this.#isOver) return;
    this.#isClosing = true;
    if (this.#hasBegun) this.#run.recording.add({ kind: 'closing' });
    this.#round?.close();
  }

  /** Calls the run off, for good: `result` and `outcome` reject with the code `aborted`, and no `resume` goes on with it. */
  cancel(reason?: unknown): void {
    const { recording, cancellation } = this.#run;
    const goesOn = this.#hasBegun && !this.#isConcluding && !this.#isOver && !this.#failure;
    if (goesOn) {
      recording.add({ kind: 'cancelled' });
      this.#isCalledOff = true;
    }
    cancellation.cancel(reason);
  }

  [Symbol.asyncIterator](): AsyncIterator<RunEvent> {
    return this.#run.events[Symbol.asyncIterator]();
  }

  #answered(saying: Saying): Promise<Receipt> {
    const receipt = new Promise<Receipt>((resolve) => resolve(this.#submitted(saying)));
    receipt.catch(() => {});
    return receipt;
  }

  #submitted(saying: Saying): Receipt | Promise<Receipt> {
    const { key } = saying;
    if (key === undefined) return this.#say(saying);
    this.#keys ??= new KeptKeys();
    return this.#keys.once(key, saying, this.#run.mechanism, () => this.#say(saying));
  }

  /** @param round the one that is answered, where whoever answers was asked in it */
  #say(saying: Saying, round: LiveRound | undefined = this.#round): Receipt | Promise<Receipt> {
    if (this.#isCutOff) throw this.#failure;
    if (this.#isOver && round === undefined) throw this.#tooLate(saying.agent);
    const hasTurn =
      round && (this.#isOver || !(this.#comesBefore(saying, round) || (round.listens && this.#isWaitedFor)));
    const { meter } = this.#run;
    if (!hasTurn && saying.isNow) throw outOfTurn(saying.agent);
    const receipt = hasTurn ? round.take(saying) : this.#later(saying);
    if (receipt instanceof Promise)
      receipt.then(
        () => meter.receipt(this.#run.clock.now() - saying.arrivedAt),
        () => {},
      );
    else meter.receipt(0);
    return receipt;
  }

  /** Whether something is said while no round is open for it: in the next, it can be heard. */
  #comesBefore({ round: meant = 0 }: Saying, round: LiveRound): boolean {
    return round.isOver && (round.listens || meant > round.number);
  }

  /** Whether something that was said waits for its turn. */
  get #isWaitedFor(): boolean {
    return this.#submissions !== undefined && !this.#submissions.isEmpty;
  }

  /** Whether it was stopped where its journal goes on: whoever resumes it hears what is not heard here. */
  get #isCutOff(): boolean {
    return this.#failure !== undefined && this.#run.recording.isKept && !this.#isCalledOff;
  }

  #later(saying: Saying): Promise<Receipt> {
    this.#submissions ??= new Submissions();
    return this.#submissions.add(saying);
  }

  #tooLate(agent: AgentId): MechaneError {
    const { agents, events, meter } = this.#run;
    const isStranger = !agents.has(agent);
    const error = isStranger ? unknownAgent(agent, [...agents.keys()], ['messages']) : lateMessage(agent);
    meter.message(error.code);
    const refused = { kind: 'refused', round: 0, agent, error: sealedRefusal(error, agent) } as const;
    if (isStranger) events.tellOfStranger(refused);
    else events.tell(refused);
    return error;
  }

  async #play(): Promise<RunResult> {
    const run = this.#run;
    run.begin();
    try {
      this.#throwIfStopped();
      this.#hasBegun = true;
      const opened = run.open();
      if (this.#isClosing && !run.past) run.recording.add({ kind: 'closing' });
      await this.#synced(opened);
      const conversed = await this.#converse();
      this.#isConcluding = true;
      const result = run.resultOf(conversed);
      const seq = run.recording.isKept ? run.recording.next : undefined;
      await this.#synced(run.recording.add({ kind: 'closed', outcome: result.outcome }));
      run.finished(result, seq);
      return result;
    } catch (thrown) {
      throw run.failed(this.#failure ?? thrown);
    } finally {
      this.#isOver = true;
      this.#round = undefined;
      while (this.#isWaitedFor) {
        this.#submissions?.answer(({ agent }) => {
          throw this.#isCutOff ? this.#failure : this.#tooLate(agent);
        });
      }
      await run.end();
    }
  }

  async #converse(): Promise<Conversed> {
    const { mechanism, setup } = this.#run;
    const conversing = new Conversing(mechanism, setup, undefined, this.#throwIfStopped);
    let round = conversing.next();
    while (round) {
      const held = this.#hold(round, conversing.rounds);
      round = conversing.next(held instanceof Promise ? await held : held);
    }
    return conversing.conversed;
  }

  /** Holds a round. What is waiting to be heard is heard first; only then are agents asked. */
  #hold(round: Round, number: number): Replies<unknown> | Promise<Replies<unknown>> {
    const { recorded } = this.#run;
    const before = recorded?.hasNext ? recorded.next(round) : undefined;
    if (before?.closed) return before.replies;
    const live = new LiveRound(this.#run, round, number, before);
    this.#round = live;
    for (let next = this.#submissions?.next; next && !this.#comesBefore(next, live); next = this.#submissions?.next) {
      this.#submissions?.answer((saying) => live.take(saying));
    }
    return live.isOver ? this.#closed(live) : this.#heldOpen(live);
  }

  async #heldOpen(live: LiveRound): Promise<Replies<unknown>> {
    if (this.#isClosing) queueMicrotask(live.close);
    await this.#interruptible<void>((resolve) => live.wait(resolve));
    return this.#closed(live);
  }

  /** Goes on once the journal has the round. What follows from a message that it does not have yet may be worked out, but nobody is told. */
  #closed(live: LiveRound): Replies<unknown> | Promise<Replies<unknown>> {
    const { recording } = this.#run;
    const replies = live.closing();
    const seq = recording.isKept && !(live.listens && replies.size > 0) ? recording.next - 1 : undefined;
    const { synced } = recording;
    const tell = (): void => live.tellEnd(replies.size, seq);
    if (synced === undefined) {
      tell();
      return replies;
    }
    if (live.listens && this.#isWaitedFor) {
      synced.then(tell, () => {});
      return replies;
    }
    return this.#synced(synced).then(() => {
      tell();
      return replies;
    });
  }

  readonly #throwIfStopped = (): void => {
    if (this.#failure) throw this.#failure;
    this.#run.cancellation.throwIfCancelled();
  };

  readonly #fail = (error: MechaneError): void => {
    this.#failure ??= error;
    this.#interrupt?.(error);
  };

  /** Waits for the journal, unless the run is stopped before. */
  async #synced(written: Promise<unknown> | undefined): Promise<void> {
    if (written) await this.#interruptible<unknown>((resolve, reject) => written.then(resolve, reject));
  }

  #interruptible<Value>(
    wait: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      if (this.#failure) reject(this.#failure);
      else wait(resolve, reject);
    });
  }
}

function sayingOf({ clock }: SessionRun, agent: AgentId, message: unknown, options: SubmitOptions = {}): Saying {
  const { key, round, now: isNow = false } = options;
  return { agent, message, isWithdrawal: false, key, round, isNow, arrivedAt: clock.now() };
}
