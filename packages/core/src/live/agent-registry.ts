import type { AgentId } from '../contract/agent.ts';
import type { ErrorReport } from '../contract/mechane-error.ts';
import { duplicateAgent, unknownAgent } from '../errors.ts';

/**
 * What an agent is told besides the question.
 *
 * @category Live agents
 */
export interface ResponseContext {
  readonly agent: AgentId;
  readonly mechanism: string;
  readonly round: number;
  /** What was wrong with its last answer to this question, where that was refused. */
  readonly refused?: ErrorReport;
  /** Aborted when an answer would come too late: the round is over or, where a mechanism listens, the run. */
  readonly signal: AbortSignal;
}

/**
 * Answers a round; `undefined` is silence.
 *
 * @category Live agents
 */
export type Respond<Ask = unknown, Message = unknown> = (
  ask: Ask,
  context: ResponseContext,
) => Message | undefined | Promise<Message | undefined>;

/**
 * A live participant: a function, or an object with a `respond` method.
 *
 * @category Live agents
 */
export type LiveAgent<Ask = unknown, Message = unknown> = Respond<Ask, Message> | { respond: Respond<Ask, Message> };

/**
 * A live participant, or one that answers by `session.submit`.
 *
 * @category Live agents
 */
export type Participant<Ask = unknown, Message = unknown> = LiveAgent<Ask, Message> | 'external';

/**
 * What is known of an agent besides how it answers.
 *
 * @category Live agents
 */
export interface AgentProfile {
  /** What it can do, to be found by: `['gpu', 'translate']`. */
  readonly capabilities: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** @category Live agents */
export interface RegisteredAgent extends AgentProfile {
  readonly id: AgentId;
  readonly agent: LiveAgent;
}

/**
 * The agents that live runs can name.
 *
 * @category Live agents
 * @example
 * ```ts
 * import { AgentRegistry } from '@mechane/core';
 *
 * const agents = new AgentRegistry();
 * agents.register('ann', () => ({ bid: 3 }), { capabilities: ['gpu'] });
 * agents.find({ capability: 'gpu' }).map(({ id }) => id); // => ['ann']
 * ```
 */
export class AgentRegistry {
  readonly #agents = new Map<AgentId, RegisteredAgent>();

  /**
   * Registers an agent; the returned function takes it out again.
   *
   * @throws MechaneError `duplicate-agent` when the id is taken.
   */
  register<Ask, Message>(id: AgentId, agent: LiveAgent<Ask, Message>, profile: Partial<AgentProfile> = {}): () => void {
    if (this.#agents.has(id)) throw duplicateAgent(id, ['agents', id]);
    const registered: RegisteredAgent = Object.freeze({
      id,
      // What it is asked and says is checked when it takes part.
      agent: agent as LiveAgent<never, Message> as LiveAgent,
      capabilities: Object.freeze([...(profile.capabilities ?? [])]),
      metadata: Object.freeze({ ...profile.metadata }),
    });
    this.#agents.set(id, registered);
    return () => {
      if (this.#agents.get(id) === registered) this.#agents.delete(id);
    };
  }

  /** @throws MechaneError `unknown-agent` with the nearest id. */
  get(id: AgentId): RegisteredAgent {
    const registered = this.#agents.get(id);
    if (registered) return registered;
    throw unknownAgent(id, [...this.#agents.keys()], ['agents']);
  }

  /** Agents with a capability (or all), in order of registration. */
  find({ capability }: { readonly capability?: string } = {}): readonly RegisteredAgent[] {
    const agents = [...this.#agents.values()];
    return capability === undefined ? agents : agents.filter(({ capabilities }) => capabilities.includes(capability));
  }
}
