import type { AgentId } from '@mechane/core';
import type { PackageBid, PackageBids } from '../package-bids.ts';
import { bundleKey } from './package-choices.ts';

const none: readonly PackageBid[] = [];

/** The highest bid of every agent on every package it has bid on. Of an agent's bids at most one wins. */
export class StandingBids {
  readonly #byAgent = new Map<AgentId, Map<string, PackageBid>>();

  of(agent: AgentId): readonly PackageBid[] {
    const own = this.#byAgent.get(agent);
    return own === undefined ? none : [...own.values()];
  }

  on(agent: AgentId, bundle: readonly string[]): number | undefined {
    return this.#byAgent.get(agent)?.get(bundleKey(bundle))?.value;
  }

  place(agent: AgentId, bid: PackageBid): void {
    const own = this.#byAgent.get(agent) ?? new Map<string, PackageBid>();
    this.#byAgent.set(agent, own.set(bundleKey(bid.bundle), bid));
  }

  /** Whether all bids are those of another round. */
  sameAs(other: StandingBids): boolean {
    const all = (bids: StandingBids): readonly string[] =>
      [...bids.#byAgent]
        .flatMap(([agent, own]) => [...own].map(([key, { value }]) => `${value} ${key} ${agent}`))
        .sort();
    const [own, others] = [all(this), all(other)];
    return own.length === others.length && own.every((bid, index) => bid === others[index]);
  }

  /** All bids as reports of a sealed auction. */
  asReports(): ReadonlyMap<AgentId, PackageBids> {
    return new Map([...this.#byAgent].map(([agent, own]) => [agent, { xor: [...own.values()] }]));
  }
}
