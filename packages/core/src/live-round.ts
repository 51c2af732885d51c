import type { AgentId } from './agent.ts';
import type { LiveAgent, Respond, ResponseContext } from './agent-registry.ts';
import { MechaneError } from './errors.ts';
import type { Silence } from './events.ts';
import type { LiveRun } from './live.ts';
import type { Replies, Round } from './round.ts';
import { abortedRun } from './setup.ts';
import { validate } from './validate.ts';

/** One round with live agents: asks everybody at once and closes when all have answered, one has, or time is up. */
export class LiveRound {
  readonly #run: LiveRun;
  readonly #round: Round;
  readonly #number: number;
  readonly #replies = new Map<AgentId, unknown>();
  readonly #waiting: Set<AgentId>;
  /** Tells agents that an answer would come too late. */
  readonly #over = new AbortController();
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
    const { clock, events, setup, within } = this.#run;
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#stopTimer = clock.after(this.#round.within ?? within, () => this.#close());
      setup.signal?.addEventListener('abort', this.#callOff, { once: true });
      events.emit({ kind: 'asked', round: this.#number, agents: [...this.#round.agents] });
      for (const agent of this.#round.agents) this.#ask(agent);
      if (this.#waiting.size === 0) this.#close();
    });
  }

  #ask(agent: AgentId): void {
    const { agents, mechanism } = this.#run;
    const context = { agent, mechanism: mechanism.id, round: this.#number, signal: this.#over.signal };
    answerOf(agents.get(agent), this.#round.contentFor(agent), context).then(
      (message) => this.#hear(agent, message),
      () => this.#giveUp(agent, 'threw'),
    );
  }

  #hear(agent: AgentId, message: unknown): void {
    if (message === undefined) this.#giveUp(agent, 'said-nothing');
    else if (this.#isOver) this.#refuse(agent, lateReply(agent));
    else this.#take(agent, message);
  }

  #take(agent: AgentId, message: unknown): void {
    const { mechanism, events } = this.#run;
    try {
      this.#replies.set(agent, validate(mechanism.message, message, 'invalid-message', ['messages', agent]));
      events.emit({ kind: 'replied', round: this.#number, agent });
      this.#settle(agent);
    } catch (error) {
      this.#refuse(agent, error as MechaneError);
      this.#giveUp(agent, 'malformed');
    }
  }

  #giveUp(agent: AgentId, why: Silence): void {
    if (this.#isOver) return;
    this.#silent(agent, why);
    this.#settle(agent);
  }

  #settle(agent: AgentId): void {
    this.#waiting.delete(agent);
    const enough = this.#round.closes === 'at-first-message' && this.#replies.size > 0;
    if (enough || this.#waiting.size === 0) this.#close();
  }

  #close(): void {
    if (this.#isOver) return;
    this.#end();
    const why = this.#round.closes === 'at-first-message' ? 'unheard' : 'late';
    for (const agent of this.#waiting) this.#silent(agent, why);
    this.#run.events.emit({ kind: 'round-closed', round: this.#number, replies: this.#replies.size });
    const spoke = this.#round.agents.filter((agent) => this.#replies.has(agent));
    this.#resolve(new Map(spoke.map((agent) => [agent, this.#replies.get(agent)])));
  }

  readonly #callOff = (): void => {
    this.#end();
    this.#reject(abortedRun(this.#run.setup.signal));
  };

  #end(): void {
    this.#stopTimer();
    this.#run.setup.signal?.removeEventListener('abort', this.#callOff);
    this.#over.abort();
  }

  get #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #silent(agent: AgentId, why: Silence): void {
    this.#run.events.emit({ kind: 'silent', round: this.#number, agent, why });
  }

  #refuse(agent: AgentId, error: MechaneError): void {
    this.#run.events.emit({ kind: 'refused', round: this.#number, agent, error: error.toJSON() });
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

function lateReply(agent: AgentId): MechaneError<'invalid-message'> {
  return new MechaneError('invalid-message', {
    problem: 'the round was over when this reply came',
    path: ['messages', agent],
    fix: 'answer before the deadline, or when the signal aborts stop',
  });
}
