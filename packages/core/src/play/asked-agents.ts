import type { AgentId } from '../contract/agent.ts';

/** Who is asked, looked up in the same list again and again: mechanisms that listen do so to the same agents for thousands of rounds. */
export class AskedAgents {
  #agents: readonly AgentId[] | undefined;
  #asked: ReadonlySet<AgentId> = nobody;

  /** The members of a list that may have grown since. */
  of(agents: readonly AgentId[]): ReadonlySet<AgentId> {
    if (this.#agents !== agents || this.#asked.size !== agents.length) {
      this.#agents = agents;
      this.#asked = new Set(agents);
    }
    return this.#asked;
  }
}

const nobody: ReadonlySet<AgentId> = new Set();
