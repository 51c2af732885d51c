import { type AgentId, History, type TieOrder } from '@mechane/core';
import { type ClinchingOutcome, clinchedOutcome, type DemandChange } from './clinching-outcome.ts';

/** What bidders demand while the price rises, and what they have clinched. */
export class DemandBook {
  readonly #units: number;
  /** By the tie order, the preferred first. */
  readonly #agents: readonly AgentId[];
  readonly #participants: readonly AgentId[];
  readonly #demand = new Map<AgentId, number>();
  readonly #clinched = new Map<AgentId, number>();
  readonly #clinches: (readonly [number, AgentId])[] = [];
  readonly #history = new History<DemandChange>();

  constructor(participants: readonly AgentId[], units: number, tieOrder: TieOrder) {
    this.#units = units;
    this.#participants = participants;
    this.#agents = [...participants].sort(tieOrder);
  }

  demandOf(agent: AgentId): number {
    return this.#demand.get(agent) ?? 0;
  }

  get total(): number {
    return this.#agents.reduce((total, agent) => total + this.demandOf(agent), 0);
  }

  /** Whoever still demands something. */
  get bidders(): readonly AgentId[] {
    return this.#agents.filter((agent) => this.demandOf(agent) > 0);
  }

  /** Takes down what is demanded at the starting price, no more than there is. */
  open(price: number, demandOf: (agent: AgentId) => number): void {
    for (const agent of this.#agents) this.#set(1, price, agent, Math.min(this.#units, demandOf(agent)));
    this.#clinch(price);
  }

  /**
   * Takes down what is demanded at a higher price: no more than before, and no less than is clinched. If that is less than there
   * is, those who wanted more before get what is left, at the rationing price.
   */
  fall(round: number, price: number, rationingPrice: number, demandOf: (agent: AgentId) => number): void {
    const earlier = this.bidders.map((agent) => ({ agent, demand: this.demandOf(agent) }));
    for (const { agent } of earlier) {
      const least = this.#clinched.get(agent) ?? 0;
      this.#set(round, price, agent, Math.max(least, Math.min(this.demandOf(agent), demandOf(agent))));
    }
    let left = this.#units - this.total;
    for (const { agent, demand } of earlier) {
      const more = Math.max(0, Math.min(left, demand - this.demandOf(agent)));
      this.#sell(agent, more, rationingPrice);
      left -= more;
    }
    this.#clinch(price);
  }

  outcome(rounds: number): ClinchingOutcome {
    return clinchedOutcome(this.#participants, this.#clinches, rounds, this.#history.told());
  }

  #set(round: number, price: number, agent: AgentId, demand: number): void {
    if (demand === this.demandOf(agent)) return;
    this.#demand.set(agent, demand);
    this.#history.add({ round, price, agent, demand });
  }

  /** Everybody clinches what the others' demand leaves over. */
  #clinch(price: number): void {
    const { total } = this;
    for (const agent of this.#agents) {
      const demand = this.demandOf(agent);
      const clinched = this.#clinched.get(agent) ?? 0;
      const due = Math.min(demand, this.#units - (total - demand));
      if (due <= clinched) continue;
      this.#sell(agent, due - clinched, price);
      this.#clinched.set(agent, due);
    }
  }

  #sell(agent: AgentId, units: number, price: number): void {
    for (let unit = 0; unit < units; unit++) this.#clinches.push([price, agent]);
  }
}
