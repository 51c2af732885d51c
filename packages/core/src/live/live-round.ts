import type { AgentId } from '../contract/agent.ts';
import { type Replies, type Round, refuseOutOfPlace } from '../contract/round.ts';
import { type CoreErrorCode, isMechaneError, MechaneError } from '../errors.ts';
import { validate } from '../input/validate.ts';
import type { RunEvent, Silence } from '../services/events.ts';
import { type LiveAgent, type Respond, type ResponseContext, unknownAgent } from './agent-registry.ts';
import type { LiveRun } from './live.ts';

/** One round with live agents: asks everybody at once and closes when all have answered, one has, or time is up. */
export class LiveRound {
  readonly #run: LiveRun;
  readonly #round: Round;
  readonly #number: number;
  readonly #replies = new Map<AgentId, unknown>();
  readonly #waiting: Set<AgentId>;
  #isOver = false;
  /** Tells agents that an answer would come too late; made when one wants to know. */
  #over: AbortController | undefined;
  #stopTimer: () => void = () => {};
  #resolve: (replies: Replies<unknown>) => void = () => {};
  #reject: (reason: MechaneError) => void = () => {};

  constructor(run: LiveRun, round: Round, number: number) {
    this.#run = run;
    this.#round = round;
    this.#number = number;
    this.#waiting = new Set(round.agents);
  }

  /** Holds the round. The replies come in the order of asking: the order of their arrival is chance. */
  hold(): Promise<Replies<unknown>> {
    const { cancellation, clock, within } = this.#run;
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#stopTimer = clock.after(this.#round.within ?? within, this.close);
      cancellation.onCancel = this.#callOff;
      this.#emit(() => ({ kind: 'asked', round: this.#number, agents: [...this.#round.agents] }));
      for (const agent of this.#round.agents) this.#ask(agent);
      if (this.#waiting.size === 0) this.close();
    });
  }

  /**
   * Takes a message that an outside party sends.
   *
   * @throws MechaneError `unknown-agent`, `out-of-turn`, `duplicate-message`, `late-message` or `invalid-message`; then nothing has changed.
   */
  submit(agent: AgentId, message: unknown): void {
    const refusal = this.#refusalOf(agent);
    if (refusal) throw this.#refused(agent, refusal);
    this.#take(agent, message);
  }

  /** Closes the round with the replies that are there; whoever has not replied is silent. */
  readonly close = (): void => {
    if (this.#isOver) return;
    this.#end();
    const why = this.#round.closes === 'at-first-message' ? 'unheard' : 'late';
    for (const agent of this.#waiting) this.#silent(agent, why);
    this.#emit(() => ({ kind: 'round-closed', round: this.#number, replies: this.#replies.size }));
    const ordered = new Map<AgentId, unknown>();
    for (const agent of this.#round.agents) {
      if (this.#replies.has(agent)) ordered.set(agent, this.#replies.get(agent));
    }
    this.#resolve(ordered);
  };

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
      this.submit(agent, message);
    } catch (error) {
      if (isMechaneError(error) && error.code === 'invalid-message') this.#giveUp(agent, 'malformed');
    }
  }

  #take(agent: AgentId, message: unknown): void {
    let reply: unknown;
    try {
      reply = validate(this.#run.mechanism.message, message, 'invalid-message', ['messages', agent]);
      refuseOutOfPlace(this.#round, agent, reply, ['messages', agent]);
    } catch (error) {
      throw this.#refused(agent, error as MechaneError);
    }
    this.#replies.set(agent, reply);
    this.#emit(() => ({ kind: 'replied', round: this.#number, agent }));
    this.#settle(agent);
  }

  #giveUp(agent: AgentId, why: Silence): void {
    if (this.#isOver || !this.#waiting.has(agent)) return;
    this.#silent(agent, why);
    this.#settle(agent);
  }

  #settle(agent: AgentId): void {
    this.#waiting.delete(agent);
    const enough = this.#round.closes === 'at-first-message' && this.#replies.size > 0;
    if (enough || this.#waiting.size === 0) this.close();
  }

  readonly #callOff = (error: MechaneError): void => {
    if (this.#isOver) return;
    this.#end();
    this.#reject(error);
  };

  #end(): void {
    this.#isOver = true;
    this.#stopTimer();
    this.#over?.abort();
  }

  #refusalOf(agent: AgentId): MechaneError | undefined {
    if (this.#waiting.has(agent)) return this.#isOver ? lateMessage(agent) : undefined;
    return refusalOf(agent, this.#run, this.#round.agents.includes(agent));
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

function refusalOf(agent: AgentId, { agents }: LiveRun, wasAsked: boolean): MechaneError {
  if (!agents.has(agent)) return unknownAgent(agent, [...agents.keys()], ['messages']);
  return wasAsked
    ? refusal('duplicate-message', agent, 'this agent has answered already', 'answer once a round')
    : refusal('out-of-turn', agent, 'this agent is not asked in this round', 'wait to be asked');
}

/** The refusal of a message that comes when nothing is asked any more. */
export function lateMessage(agent: AgentId): MechaneError {
  const fix = 'answer before the deadline, or stop when the signal aborts';
  return refusal('late-message', agent, 'the round was over when this message came', fix);
}

function refusal(code: CoreErrorCode, agent: AgentId, problem: string, fix: string): MechaneError {
  return new MechaneError(code, { problem, path: ['messages', agent], fix });
}
