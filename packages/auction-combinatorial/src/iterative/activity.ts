/*
 * The activity rule of Milgrom and Wilson (Milgrom 2000): every good has points, and a bidder may hold and bid on no more points than
 * it was active on before, so that nobody can wait and see.
 */
import type { AgentId } from '@mechane/core';

/** How many points each agent may still bid on. */
export class Eligibility {
  readonly #points: ReadonlyMap<string, number>;
  readonly #requirement: number;
  readonly #left: Map<AgentId, number>;

  /**
   * @param requirement the share of its eligibility that an agent has to use in order to keep it
   * @param initial where an agent does not start with the points of all goods
   */
  constructor(
    agents: readonly AgentId[],
    points: ReadonlyMap<string, number>,
    requirement: number,
    initial: Readonly<Record<AgentId, number>>,
  ) {
    const all = [...points.values()].reduce((sum, each) => sum + each, 0);
    this.#points = points;
    this.#requirement = requirement;
    this.#left = new Map(agents.map((agent) => [agent, Object.hasOwn(initial, agent) ? Number(initial[agent]) : all]));
  }

  of(agent: AgentId): number {
    return this.#left.get(agent) as number;
  }

  /** The points of goods. */
  pointsOf(goods: Iterable<string>): number {
    let sum = 0;
    for (const good of goods) sum += this.#points.get(good) as number;
    return sum;
  }

  /** An agent has been active on so many points in a round. */
  use(agent: AgentId, activity: number): void {
    this.#left.set(agent, Math.min(this.of(agent), activity / this.#requirement));
  }
}
