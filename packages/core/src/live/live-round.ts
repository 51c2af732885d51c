import type { AgentId } from '../contract/agent.ts';
import type { MechaneError } from '../contract/mechane-error.ts';
import { type Replies, type Round, refuseOutOfPlace } from '../contract/round.ts';
import { duplicateMessage, lateMessage, outOfTurn, unknownAgent } from '../errors.ts';
import { validate } from '../input/validate.ts';
import type { Receipt } from '../play/journal.ts';
import type { RecordedRound } from '../play/recorded-rounds.ts';
import type { RunEvent, Silence } from '../services/events.ts';
import type { LiveAgent, Respond, ResponseContext } from './agent-registry.ts';
import type { LiveRun } from './live-run.ts';

/**
 * One round with live agents: asks everybody at once and closes when all have answered, one has, or time is up. A message counts once the
 * journal has it; the replies have the order in which they were accepted.
 */
export class LiveRound {
  readonly #run: LiveRun;
  readonly #round: Round;
  readonly #number: number;
  readonly #past: RecordedRound | undefined;
  readonly #replies: Map<AgentId, unknown>;
  readonly #waiting: Set<AgentId>;
  /** Messages that were accepted and are not in the journal yet. */
  #unwritten = 0;
  /** Nothing more is accepted. */
  #isOver = false;
  /** Tells agents that an answer would come too late; made when one wants to know. */
  #over: AbortController | undefined;
  #stopTimer: () => void = () => {};
  #resolve: (replies: Replies<unknown>) => void = () => {};
  #reject: (reason: unknown) => void = () => {};

  /** @param recorded what a journal has of the round, where it was open when the run was cut off */
  constructor(run: LiveRun, round: Round, number: number, recorded?: RecordedRound) {
    this.#run = run;
    this.#round = round;
    this.#number = number;
    this.#past = recorded;
    this.#replies = new Map(recorded?.replies);
    this.#waiting = new Set(round.agents.filter((agent) => !this.#replies.has(agent)));
  }

  hold(): Promise<Replies<unknown>> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#run.cancellation.onCancel = this.#callOff;
      this.#open();
      this.#emit(() => ({ kind: 'asked', round: this.#number, agents: [...this.#round.agents] }));
      for (const agent of this.#waiting) this.#ask(agent);
      if (this.#waiting.size === 0) this.close();
    });
  }

  /** Sets the deadline, or what is left of it, and takes it down. */
  #open(): void {
    const { clock, within, recording } = this.#run;
    const { agents } = this.#round;
    const limit = this.#round.within ?? within;
    const closesAt = this.#past?.closesAt;
    const left = typeof closesAt === 'number' ? Math.max(0, closesAt - clock.now()) : limit;
    this.#stopTimer = clock.after(left, this.close);
    if (!recording.isKept || closesAt !== undefined || this.#round.closes === 'at-first-message') return;
    const entry = { kind: 'asked', round: this.#number, agents: [...agents], closesAt: clock.now() + limit } as const;
    this.#write(recording.add(entry));
  }

  /** Waits until the journal has something; the run fails with what the journal fails with. */
  #write<Written>(written: Written | Promise<Written>): void {
    if (!(written instanceof Promise)) return;
    this.#unwritten += 1;
    written.then(this.#written, this.#fail);
  }

  /**
   * Takes a message that an outside party sends; gives its receipt once the journal has it.
   *
   * @throws MechaneError `unknown-agent`, `out-of-turn`, `duplicate-message`, `late-message` or `invalid-message`; then nothing has changed.
   */
  submit(agent: AgentId, message: unknown): Receipt | Promise<Receipt> {
    const refusal = this.#refusalOf(agent);
    if (refusal) throw this.#refused(agent, refusal);
    return this.#take(agent, this.#read(agent, message));
  }

  /** Closes the round with the replies that are there; whoever has not replied is silent. */
  readonly close = (): void => {
    if (this.#isOver) return;
    this.#end();
    if (this.#unwritten === 0) this.#conclude();
  };

  #conclude(): void {
    const why = this.#round.closes === 'at-first-message' ? 'unheard' : 'late';
    for (const agent of this.#waiting) this.#silent(agent, why);
    this.#emit(() => ({ kind: 'round-closed', round: this.#number, replies: this.#replies.size }));
    this.#resolve(this.#replies);
  }

  #ask(agent: AgentId): void {
    const live = this.#run.agents.get(agent);
    if (live === 'external') return;
    answerOf(live, this.#round.contentFor(agent), this.#contextFor(agent)).then(
      (message) => this.#hear(agent, message),
      () => this.#giveUp(agent, 'threw'),
    );
  }

  #contextFor(agent: AgentId): ResponseContext {
    const over = (): AbortSignal => this.#signal();
    return {
      agent,
      mechanism: this.#run.mechanism.id,
      round: this.#number,
      get signal() {
        return over();
      },
    };
  }

  #signal(): AbortSignal {
    this.#over ??= new AbortController();
    if (this.#isOver) this.#over.abort();
    return this.#over.signal;
  }

  #hear(agent: AgentId, message: unknown): void {
    if (message === undefined) {
      this.#giveUp(agent, 'said-nothing');
      return;
    }
    try {
      const receipt = this.submit(agent, message);
      // A journal that fails has failed the run already.
      if (receipt instanceof Promise) receipt.catch(() => {});
    } catch {
      // Refused for what it is, not for when it came: then the agent is not waited for any more.
      this.#giveUp(agent, 'malformed');
    }
  }

  #read(agent: AgentId, message: unknown): unknown {
    try {
      const reply = validate(this.#run.mechanism.message, message, 'invalid-message', ['messages', agent]);
      refuseOutOfPlace(this.#round, agent, reply, ['messages', agent]);
      return reply;
    } catch (error) {
      throw this.#refused(agent, error as MechaneError);
    }
  }

  #take(agent: AgentId, reply: unknown): Receipt | Promise<Receipt> {
    const receipt = this.#recorded(agent, reply);
    this.#replies.set(agent, reply);
    this.#waiting.delete(agent);
    this.#emit(() => ({ kind: 'replied', round: this.#number, agent }));
    this.#write(receipt);
    this.#settle();
    return receipt;
  }

  #recorded(agent: AgentId, reply: unknown): Receipt | Promise<Receipt> {
    try {
      return this.#run.recording.message(this.#number, agent, reply);
    } catch (failure) {
      this.#fail(failure);
      throw failure;
    }
  }

  readonly #written = (): void => {
    this.#unwritten -= 1;
    if (this.#isOver && this.#unwritten === 0) this.#conclude();
  };

  readonly #fail = (reason: unknown): void => {
    this.#end();
    this.#reject(reason);
  };

  #giveUp(agent: AgentId, why: Silence): void {
    if (this.#isOver || !this.#waiting.delete(agent)) return;
    this.#silent(agent, why);
    this.#settle();
  }

  #settle(): void {
    const enough = this.#round.closes === 'at-first-message' && this.#replies.size > 0;
    if (enough || this.#waiting.size === 0) this.close();
  }

  readonly #callOff = (error: MechaneError): void => {
    if (this.#isOver && this.#unwritten === 0) return;
    this.#fail(error);
  };

  #end(): void {
    this.#isOver = true;
    this.#stopTimer();
    this.#over?.abort();
  }

  #refusalOf(agent: AgentId): MechaneError | undefined {
    if (this.#waiting.has(agent)) return this.#isOver ? lateMessage(agent) : undefined;
    const { agents } = this.#run;
    if (!agents.has(agent)) return unknownAgent(agent, [...agents.keys()], ['messages']);
    return this.#round.agents.includes(agent) ? duplicateMessage(agent) : outOfTurn(agent);
  }

  #refused(agent: AgentId, error: MechaneError): MechaneError {
    this.#emit(() => ({ kind: 'refused', round: this.#number, agent, error: error.toJSON() }));
    return error;
  }

  #silent(agent: AgentId, why: Silence): void {
    this.#emit(() => ({ kind: 'silent', round: this.#number, agent, why }));
  }

  #emit(event: () => RunEvent): void {
    const { events } = this.#run;
    if (events.heard) events.emit(event());
  }
}

/** Whatever an agent does, it does inside a promise. */
async function answerOf(agent: LiveAgent | undefined, content: unknown, context: ResponseContext): Promise<unknown> {
  const respond: Respond | undefined = typeof agent === 'function' ? agent : agent?.respond.bind(agent);
  return respond?.(frozen(content), context);
}

/** Freezes what agents are asked, so that none can change what another reads. */
function frozen<Content>(content: Content): Content {
  if (typeof content !== 'object' || content === null || Object.isFrozen(content) || ArrayBuffer.isView(content)) {
    return content;
  }
  Object.freeze(content);
  for (const part of Object.values(content)) frozen(part);
  return content;
}
