import type { AgentId } from '../contract/agent.ts';
import { type ErrorReport, isMechaneError } from '../contract/mechane-error.ts';
import type { Receipt } from '../play/journal.ts';
import type { Clock } from '../services/clock.ts';
import type { LiveAgent, Participant, Respond, ResponseContext } from './agent-registry.ts';
import type { AskingRound, Calls } from './asking-round.ts';

/** How often in one instant an agent may answer what is refused. Over time it may try until the deadline. */
const triesAtOnce = 3;
/** What a better answer would not mend. */
const notForWhatItIs = new Set([
  'late-message',
  'out-of-turn',
  'duplicate-message',
  'unknown-agent',
  'journal-failed',
  'aborted',
]);

/** Whoever calls agents: a session. */
export interface Caller {
  readonly mechanism: { readonly id: string };
  readonly agents: ReadonlyMap<AgentId, Participant>;
  readonly clock: Clock;
  /** The round that is open. */
  readonly current: () => AskingRound | undefined;
  readonly say: (agent: AgentId, message: unknown, round: AskingRound) => Receipt | Promise<Receipt>;
}

/** An agent that is being asked, and how often it has answered what is refused. */
interface Call {
  readonly agent: AgentId;
  readonly round: AskingRound;
  readonly tries: number;
  /** When it was refused last. */
  readonly since: number;
  readonly refused: ErrorReport | undefined;
}

/** Agents that are functions: asks them, hears what they answer, and tells those whose answer is refused. */
export class AgentCalls implements Calls {
  readonly #caller: Caller;
  /** Where a mechanism listens, who is still thinking is not asked again: what it says is heard in the round that is open then. */
  #thinking: Set<AgentId> | undefined;
  #over: AbortController | undefined;
  #hasEnded = false;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Nothing will be asked any more. */
  end(): void {
    this.#hasEnded = true;
    this.#over?.abort();
  }

  ask(round: AskingRound, agent: AgentId): void {
    if (this.#caller.agents.get(agent) === 'external') return;
    this.#call({ agent, round, tries: 0, since: Number.NaN, refused: undefined });
  }

  #call(call: Call): void {
    const { agent, round } = call;
    if (round.listens) {
      this.#thinking ??= new Set();
      if (this.#thinking.has(agent)) return;
      this.#thinking.add(agent);
    }
    const participant = this.#caller.agents.get(agent) as LiveAgent | undefined;
    answerOf(participant, round.contentFor(agent), this.#contextFor(call)).then(
      (message) => this.#hear(call, message),
      () => this.#hear(call, undefined, 'threw'),
    );
  }

  #contextFor({ agent, round, refused }: Call): ResponseContext {
    const signal = (): AbortSignal => (round.listens ? this.#signal() : round.signal);
    return {
      agent,
      mechanism: this.#caller.mechanism.id,
      round: round.number,
      ...(refused === undefined ? {} : { refused }),
      get signal() {
        return signal();
      },
    };
  }

  #signal(): AbortSignal {
    this.#over ??= new AbortController();
    if (this.#hasEnded) this.#over.abort();
    return this.#over.signal;
  }

  #hear(call: Call, message: unknown, why: 'said-nothing' | 'threw' = 'said-nothing'): void {
    const { agent } = call;
    this.#thinking?.delete(agent);
    const round = this.#roundOf(call);
    if (message !== undefined) {
      this.#say({ ...call, round }, message);
    } else if (round !== call.round && why === 'said-nothing') {
      // It had nothing to say to what has changed since.
      this.ask(round, agent);
    } else {
      round.giveUp(agent, why);
    }
  }

  /** Where a mechanism listens, an answer is for the round that is open when it comes. */
  #roundOf({ round, agent }: Call): AskingRound {
    const current = round.listens ? this.#caller.current() : undefined;
    return current?.listens && current.asks(agent) ? current : round;
  }

  #say(call: Call, message: unknown): void {
    const { agent, round } = call;
    try {
      const receipt = this.#caller.say(agent, message, round);
      if (receipt instanceof Promise) receipt.catch((error: unknown) => this.#refused(call, error));
    } catch (error) {
      this.#refused(call, error);
    }
  }

  /** Tells an agent what is wrong with its answer, and lets it try again. */
  #refused(call: Call, error: unknown): void {
    if (!isMechaneError(error) || notForWhatItIs.has(error.code)) return;
    const now = this.#caller.clock.now();
    const tries = call.since === now ? call.tries + 1 : 1;
    const round = this.#roundOf(call);
    if (tries >= triesAtOnce || round.isOver) round.giveUp(call.agent, 'malformed');
    else this.#call({ ...call, round, tries, since: now, refused: error.toJSON() });
  }
}

/** Whatever an agent does, it does inside a promise. */
async function answerOf(agent: LiveAgent | undefined, content: unknown, context: ResponseContext): Promise<unknown> {
  const respond: Respond | undefined = typeof agent === 'function' ? agent : agent?.respond.bind(agent);
  return respond?.(content, context);
}
