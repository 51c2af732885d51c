import { type AgentId, byCodeUnit, emptyRecord, type TieOrder } from '@mechane/core';
import { type Bundle, type Shape, shapeOf, type Utility } from './utility/utility.ts';

/**
 * An agent that trades what it has.
 *
 * @category Types of mechanisms
 */
export interface ExchangeReport {
  endowment: Record<string, number>;
  utility: Utility;
}

/** An agent that has something, and what it wants. */
export interface Trader {
  readonly agent: AgentId;
  /** Only what it has some of. */
  readonly endowment: Bundle;
  readonly shape: Shape;
}

/** Who trades what. */
export interface Economy {
  /** How much there is of every good that somebody has or wants, in code unit order of goods. */
  readonly supplies: Readonly<Record<string, number>>;
  /** In tie order. Whoever has nothing is not among them: it can ask for nothing. */
  readonly traders: readonly Trader[];
  /** By good: who wants it, also of those who have nothing, and with which weight. */
  readonly wanted: ReadonlyMap<string, readonly (readonly [agent: AgentId, weight: number])[]>;
}

/** Reads reports, in an order that does not depend on who reported first. */
export function readEconomy(reports: ReadonlyMap<AgentId, ExchangeReport>, tieOrder: TieOrder): Economy {
  const everybody = [...reports]
    .sort(([a], [b]) => tieOrder(a, b))
    .map(([agent, { endowment, utility }]) => ({ agent, endowment: owned(endowment), shape: shapeOf(utility) }));
  const named = new Set<string>();
  for (const { endowment, shape } of everybody) {
    for (const good of Object.keys(endowment)) named.add(good);
    for (const [good] of shape.weights) named.add(good);
  }
  const supplies = emptyRecord<number>();
  for (const good of [...named].sort(byCodeUnit)) supplies[good] = 0;
  for (const { endowment } of everybody) {
    for (const good of Object.keys(endowment))
      supplies[good] = (supplies[good] as number) + (endowment[good] as number);
  }
  const wanted = new Map<string, [AgentId, number][]>();
  for (const { agent, shape } of everybody) {
    for (const [good, weight] of shape.weights) {
      const own = wanted.get(good);
      if (own) own.push([agent, weight]);
      else wanted.set(good, [[agent, weight]]);
    }
  }
  return { supplies, wanted, traders: everybody.filter(({ endowment }) => Object.keys(endowment).length > 0) };
}

/** What somebody has some of. */
export function owned(endowment: Bundle): Record<string, number> {
  const held = emptyRecord<number>();
  for (const [good, quantity] of Object.entries(endowment)) if (quantity > 0) held[good] = quantity;
  return held;
}
