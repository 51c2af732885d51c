import type { AgentId, Mechanism } from '@mechane/core';
import type { Side } from '../bidders/bidder.ts';
import type { Values } from '../population/value-distribution.ts';
import type { ReportOfBid } from './report-field.ts';

/** What has to be known of an agent to say what is at stake for it. */
export interface Stakeholder {
  readonly agent: AgentId;
  readonly side: Side;
  readonly values: Values;
  readonly reportOf: ReportOfBid;
}

/** What can be had at a mechanism, in the units that it deals in, before anybody plays. */
export interface Stakes {
  /** The most that an agent can get out of it: alone where there are only buyers, and with one partner in a market. `undefined`: it does not say. */
  readonly gain: number | undefined;
  /** The most that all can get out of it together; `undefined` where it does not say. */
  readonly welfare: number | undefined;
  /**
   * How many agents can be served, each with one unit that it values at its value; in a market, `Infinity`: as many as meet. `undefined` where
   * it is not one unit each that is dealt in, or not all are alike, so that there is no one price for them.
   */
  readonly supply: number | undefined;
}

const unknown: Stakes = { gain: undefined, welfare: undefined, supply: undefined };

/** Asks a mechanism for the best welfare of agents at their best: buyers at their highest values, sellers at their lowest costs. */
export function stakesOf(mechanism: Mechanism, settings: unknown, holders: readonly Stakeholder[]): Stakes {
  if (!mechanism.bestWelfare) return unknown;
  const best = (types: readonly (readonly [Stakeholder, number])[]): number =>
    mechanism.bestWelfare?.(
      new Map(types.map(([{ agent, reportOf }, value]) => [agent, reportOf(value)])),
      settings,
    ) as number;
  const atBest = (holder: Stakeholder): readonly [Stakeholder, number] => [
    holder,
    holder.side === 'buy' ? holder.values.highest : holder.values.lowest,
  ];
  const welfare = best(holders.map(atBest));
  const kinds = bestOfEachKind(holders);
  const [buyers, sellers] = [kinds.filter(({ side }) => side === 'buy'), kinds.filter(({ side }) => side === 'sell')];
  if (sellers.length === 0) {
    const gain = Math.max(...buyers.map((buyer) => best([atBest(buyer)])));
    return { gain, welfare, supply: supplyOf(holders, best) };
  }
  const pairs = buyers.flatMap((buyer) => sellers.map((seller) => [atBest(buyer), atBest(seller)] as const));
  const gains = pairs.map((pair) => best(pair));
  const unitEach = pairs.every(([[, value], [, cost]], index) =>
    near(gains[index] as number, Math.max(0, value - cost)),
  );
  return { gain: Math.max(0, ...gains), welfare, supply: unitEach ? Number.POSITIVE_INFINITY : undefined };
}

/** How many of so many agents of one value are served, if each that is gets a unit of the same. */
function supplyOf(
  holders: readonly Stakeholder[],
  best: (types: readonly (readonly [Stakeholder, number])[]) => number,
): number | undefined {
  const value = Math.max(...holders.map(({ values }) => values.highest));
  const served = (count: number): number => best(holders.slice(0, count).map((holder) => [holder, value]));
  if (!(value > 0) || !near(served(1), value)) return undefined;
  const supply = Math.round(served(holders.length) / value);
  // The best welfare grows by a whole unit's value up to the supply, and not at all beyond.
  return near(served(holders.length), supply * value) && near(served(supply), supply * value) ? supply : undefined;
}

/** Of agents who are alike but for their values, the one with the best value. */
function bestOfEachKind(holders: readonly Stakeholder[]): readonly Stakeholder[] {
  const kinds = new Map<string, Stakeholder>();
  for (const holder of holders) {
    const { side, values, reportOf } = holder;
    const kind = JSON.stringify([side, reportOf(1)]);
    const known = kinds.get(kind);
    const better =
      known === undefined ||
      (side === 'buy' ? values.highest > known.values.highest : values.lowest < known.values.lowest);
    if (better) kinds.set(kind, holder);
  }
  return [...kinds.values()];
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}
