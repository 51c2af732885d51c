/*
 * Which goods can have a price. Money is spent on what an agent wants and comes in for what it has, so an economy falls into circles in which
 * money goes round: the strongly connected parts of the graph that leads from agents to the goods they want and from goods to those who have
 * them. What leaves a circle never comes back. A circle is in equilibrium by itself, at prices above 0, where nothing leaves it (McKenzie,
 * Econometrica 27, 1959): linear agents can be kept from buying elsewhere by the price there, others cannot. All other goods are free, and those
 * who have nothing else can buy nothing. That is an equilibrium if they can do without what is free: complements are of no use
 * as long as one of them is out of reach, and of substitutes nobody ever has enough.
 *
 * Leontief agents alone can have enough of a good that is free, however rich they are. Which goods those may be has to be tried.
 */
import { byCodeUnit, quote } from '@mechane/core';
import { connectedParts } from './equilibrium-solvers/connected-parts.ts';
import { linearFrom } from './equilibrium-solvers/spending.ts';
import type { Economy, Trader } from './exchange-agents.ts';
import type { Shape } from './utility/utility.ts';

/** Goods and agents that trade among themselves only. */
export interface TradingCircle {
  readonly goods: readonly string[];
  /** Their shapes name only goods that have a price and of which there is some. */
  readonly traders: readonly Trader[];
}

/** One way in which an economy may be in equilibrium. */
export interface Trading {
  /** Linear agents may want goods of earlier circles, and can be kept from buying them by the price. */
  readonly circles: readonly TradingCircle[];
  /** Goods that are taken to be free although Leontief agents in circles want them. */
  readonly abundant: ReadonlySet<string>;
}

/** Why an economy is in equilibrium in no such way. */
export interface NoTrading {
  readonly reason: string;
}

/** So many ways of choosing goods to be free are tried, fewer where the economy is so large that looking at one takes long. */
const mostWays = 256;
const mostWork = 1e6;

/**
 * The ways in which an economy may be in equilibrium: the one with the fewest free goods first. Gives in the end why there is none, where
 * that is so and all ways have been looked at.
 */
export function* waysToTrade(economy: Economy): Generator<Trading, NoTrading | undefined> {
  const plain = tradingWith(economy, new Set());
  if ('circles' in plain) yield plain;
  const optional = enoughable(economy);
  const ways = Math.min(2 ** optional.length, mostWays, Math.ceil(mostWork / sizeOf(economy)));
  let none = !('circles' in plain);
  for (let chosen = 1; chosen < ways; chosen++) {
    const abundant = new Set(optional.filter((_, index) => Math.floor(chosen / 2 ** index) % 2 === 1));
    const trading = tradingWith(economy, abundant);
    if (!('circles' in trading)) continue;
    none = false;
    yield trading;
  }
  return none && ways === 2 ** optional.length && 'reason' in plain ? plain : undefined;
}

function sizeOf({ traders }: Economy): number {
  return traders.reduce((sum, { shape }) => sum + shape.weights.length, 1);
}

/** Goods that only Leontief agents want, so that they can be free and wanted. */
function enoughable({ supplies, traders }: Economy): readonly string[] {
  const insatiable = new Set<string>();
  const leontief = new Set<string>();
  for (const { shape } of traders) {
    for (const [good] of shape.weights) {
      if ((supplies[good] as number) === 0) continue;
      // What complements of other kinds want may be free as well, where they can buy nothing.
      if (shape.rho === Number.NEGATIVE_INFINITY) leontief.add(good);
      else if (shape.rho > 0) insatiable.add(good);
    }
  }
  return [...leontief].filter((good) => !insatiable.has(good)).sort(byCodeUnit);
}

/** What is spent on one good never comes back; another would therefore have to be free, or there is none of what is wanted. */
type Leak = { readonly missing: string } | { readonly paid: string; readonly free: string | undefined };

class TradeGraph {
  readonly economy: Economy;
  readonly abundant: ReadonlySet<string>;
  /** Goods that can have a price: those that a trader wants and a trader has. */
  readonly goods: readonly string[];
  readonly parts: Int32Array;
  readonly #nodeOf: ReadonlyMap<string, number>;

  constructor(economy: Economy, abundant: ReadonlySet<string>) {
    const { supplies, traders } = economy;
    this.economy = economy;
    this.abundant = abundant;
    const wanted = new Set<string>();
    for (const { shape } of traders) for (const [good] of shape.weights) wanted.add(good);
    this.goods = [...wanted].filter((good) => (supplies[good] as number) > 0 && !abundant.has(good)).sort(byCodeUnit);
    this.#nodeOf = new Map(this.goods.map((good, index) => [good, traders.length + index]));
    const nodesOf = (names: Iterable<string>): number[] =>
      [...names].map((good) => this.#nodeOf.get(good)).filter((node) => node !== undefined);
    const edges: number[][] = traders.map(({ shape }) => nodesOf(shape.weights.map(([good]) => good)));
    for (const _ of this.goods) edges.push([]);
    traders.forEach(({ endowment }, owner) => {
      for (const node of nodesOf(Object.keys(endowment))) edges[node]?.push(owner);
    });
    this.parts = connectedParts(edges);
  }

  partOfTrader(index: number): number {
    return this.parts[index] as number;
  }

  /** None for a good that is abundant, or of which there is none, or that no trader wants. */
  partOf(good: string): number | undefined {
    const node = this.#nodeOf.get(good);
    return node === undefined ? undefined : this.parts[node];
  }

  /** By part of goods: where money leaves it; nothing where it goes round. Edges lead to lower parts, which come first. */
  leaks(): (Leak | undefined)[] {
    const { goods, economy } = this;
    const count = this.parts.reduce((most, part) => Math.max(most, part + 1), 0);
    const members: { goods: string[]; traders: number[] }[] = Array.from({ length: count }, () => ({
      goods: [],
      traders: [],
    }));
    for (const good of goods) members[this.partOf(good) as number]?.goods.push(good);
    economy.traders.forEach((_, index) => {
      members[this.partOfTrader(index)]?.traders.push(index);
    });
    const sellers = this.#foreignSellers();
    const leaks: (Leak | undefined)[] = [];
    members.forEach((member, part) => {
      const sold = member.goods.find((good) => sellers.has(good));
      const [first] = member.goods;
      leaks[part] =
        first === undefined
          ? undefined
          : sold !== undefined
            ? { paid: sold, free: sold }
            : member.traders.map((index) => this.#leakOf(index, part, leaks)).find((leak) => leak !== undefined);
    });
    return leaks;
  }

  /** Goods of which some belongs to somebody outside their circle. */
  #foreignSellers(): ReadonlySet<string> {
    const found = new Set<string>();
    this.economy.traders.forEach(({ endowment }, index) => {
      for (const good of Object.keys(endowment)) {
        const part = this.partOf(good);
        if (part !== undefined && part !== this.partOfTrader(index)) found.add(good);
      }
    });
    return found;
  }

  #leakOf(index: number, part: number, leaks: readonly (Leak | undefined)[]): Leak | undefined {
    const { shape } = this.economy.traders[index] as Trader;
    const linear = shape.rho >= linearFrom;
    const satiable = shape.rho === Number.NEGATIVE_INFINITY;
    let own = false;
    let elsewhere: Leak | undefined;
    for (const [good] of shape.weights) {
      const partOfGood = this.partOf(good);
      if (partOfGood === part) own = true;
      else if (partOfGood !== undefined) {
        const below = leaks[partOfGood];
        if (!linear) elsewhere ??= { paid: good, free: undefined };
        else if (below) elsewhere ??= 'paid' in below ? { ...below, free: below.free ?? good } : below;
      } else if (this.abundant.has(good)) {
        if (!satiable) elsewhere ??= { paid: good, free: good };
      } else if (!linear) elsewhere ??= { missing: good };
    }
    if (own || elsewhere) return elsewhere;
    const [only] = shape.weights[0] as readonly [string, number];
    return this.economy.supplies[only] === 0 ? { missing: only } : { paid: only, free: undefined };
  }
}

/** How an economy falls into circles, where these goods are free. */
function tradingWith(economy: Economy, abundant: ReadonlySet<string>): Trading | NoTrading {
  const graph = new TradeGraph(economy, abundant);
  const leaks = graph.leaks();
  const priced = (good: string): boolean => {
    const part = graph.partOf(good);
    return part !== undefined && leaks[part] === undefined;
  };
  const circles = new Map<number, { goods: string[]; traders: Trader[] }>();
  for (const good of graph.goods) {
    if (!priced(good)) continue;
    const part = graph.partOf(good) as number;
    const circle = circles.get(part) ?? { goods: [], traders: [] };
    circles.set(part, circle);
    circle.goods.push(good);
  }
  for (const [index, trader] of economy.traders.entries()) {
    const circle = circles.get(graph.partOfTrader(index));
    if (circle) {
      const weights = trader.shape.weights.filter(([good]) => priced(good));
      circle.traders.push({ ...trader, shape: { ...trader.shape, weights } });
      continue;
    }
    const craved = craves(economy, trader.shape, priced);
    if (craved === undefined) continue;
    const leak = leaks[graph.partOf(craved) ?? -1];
    return { reason: reasonFor(economy, craved, leak ?? { paid: craved, free: craved }) };
  }
  return { circles: [...circles].sort(([a], [b]) => a - b).map(([, circle]) => circle), abundant };
}

/** A free good of which somebody without money would take more than there is. */
function craves({ supplies }: Economy, { rho, weights }: Shape, priced: (good: string) => boolean): string | undefined {
  const free = weights.filter(([good]) => (supplies[good] as number) > 0 && !priced(good));
  if (rho <= 0 && free.length < weights.length) return undefined;
  return free[0]?.[0];
}

function reasonFor({ traders }: Economy, craved: string, leak: Leak): string {
  const wanted = new Set(traders.flatMap(({ shape }) => shape.weights.map(([good]) => good)));
  const buyers = traders.filter(({ shape }) => shape.weights.some(([good]) => good === craved));
  if (!buyers.some(({ endowment }) => Object.keys(endowment).some((good) => wanted.has(good)))) {
    return `those who want ${quote(craved)} have nothing that anybody would take for it, so that no price clears its market`;
  }
  if ('missing' in leak) return `nobody has ${quote(leak.missing)}, and at any price somebody would buy some`;
  return (
    `the economy is not connected: what is paid for ${quote(leak.paid)} never comes back to those who pay it, ` +
    `so that the price of ${quote(leak.free ?? craved)} would have to be 0, and then more than all of it would be wanted`
  );
}
