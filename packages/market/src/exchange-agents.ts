import { type AgentId, byCodeUnit, quote, type TieOrder } from '@mechane/core';
import { connectedParts } from './equilibrium-solvers/connected-parts.ts';
import type { ExchangeMarket } from './equilibrium-solvers/exchange-path.ts';
import { linearFrom } from './equilibrium-solvers/spending.ts';
import { type Bundle, type Shape, shapeOf, type Utility } from './utility/utility.ts';

/** An agent that trades what it has. */
export interface ExchangeReport {
  endowment: Record<string, number>;
  utility: Utility;
}

/** An agent that has something of value, and what it wants of what there is. */
export interface Trader {
  readonly agent: AgentId;
  readonly endowment: Bundle;
  readonly shape: Shape;
}

/** Goods and agents that trade among themselves only. */
export interface TradingCircle {
  readonly goods: readonly string[];
  readonly traders: readonly Trader[];
}

/** An economy, taken apart. */
export interface Economy {
  /** By good of anybody's endowment or utility, in code unit order. */
  readonly supplies: Readonly<Record<string, number>>;
  /** Money goes round within each; agents may want goods of earlier ones, and can be kept from buying them by the price. */
  readonly circles: readonly TradingCircle[];
  /** Goods that agents with linear utilities want and nobody has: they have a price at which nobody would buy them. */
  readonly missing: readonly {
    readonly good: string;
    readonly wanted: readonly (readonly [agent: AgentId, weight: number])[];
  }[];
  /** Why there is no equilibrium, or none to be found here. */
  readonly obstacle: Obstacle | undefined;
}

export interface Obstacle {
  readonly status: 'no-equilibrium' | 'not-found';
  readonly reason: string;
}

/** Takes an economy apart into circles that trade, or says why there can be no equilibrium. */
export function takeApart(reports: ReadonlyMap<AgentId, ExchangeReport>, tieOrder: TieOrder): Economy {
  const everybody = [...reports]
    .sort(([a], [b]) => tieOrder(a, b))
    .map(([agent, { endowment, utility }]) => ({ agent, endowment, shape: shapeOf(utility) }));
  const supplies: Record<string, number> = Object.create(null);
  for (const good of goodsOf(everybody)) supplies[good] = 0;
  for (const { endowment } of everybody) {
    for (const [good, quantity] of Object.entries(endowment)) supplies[good] = (supplies[good] as number) + quantity;
  }
  const { traders, valued } = worthwhile(everybody, supplies);
  const wanted = new Set(traders.flatMap(({ shape }) => shape.weights.map(([good]) => good)));
  const missing = [...wanted]
    .filter((good) => supplies[good] === 0)
    .sort(byCodeUnit)
    .map((good) => ({
      good,
      wanted: traders.flatMap(({ agent, shape }) =>
        shape.weights.flatMap(([named, weight]) => (named === good ? [[agent, weight] as const] : [])),
      ),
    }));
  const none = { supplies, circles: [], missing };
  for (const { shape } of traders) {
    const lacking = shape.weights.find(([good]) => supplies[good] === 0);
    if (lacking && shape.rho < linearFrom) {
      const reason = `nobody has ${quote(lacking[0])}, and at any price somebody would buy some`;
      return { ...none, obstacle: { status: 'no-equilibrium', reason } };
    }
  }
  for (const { agent, endowment, shape } of everybody) {
    // Whoever has only what nobody can pay for can take what nobody else wants, and there is no limit to that.
    if (traders.some((trader) => trader.agent === agent) || !Object.values(endowment).some((has) => has > 0)) continue;
    const free = shape.weights.filter(([good]) => (supplies[good] as number) > 0 && !valued.has(good));
    if (free.length === 0 || (shape.rho <= 0 && free.length < shape.weights.length)) continue;
    const good = quote((free[0] as readonly [string, number])[0]);
    const reason = `those who want ${good} have nothing that anybody would take for it, so that no price clears its market`;
    return { ...none, obstacle: { status: 'no-equilibrium', reason } };
  }
  const within = traders.map((trader) => ({
    ...trader,
    shape: { ...trader.shape, weights: trader.shape.weights.filter(([good]) => valued.has(good)) },
  }));
  return { supplies, missing, ...circlesOf(within, [...valued].sort(byCodeUnit)) };
}

function goodsOf(everybody: readonly Trader[]): readonly string[] {
  const named = everybody.flatMap(({ endowment, shape }) => [
    ...Object.keys(endowment).filter((good) => (endowment[good] as number) > 0),
    ...shape.weights.map(([good]) => good),
  ]);
  return [...new Set(named)].sort(byCodeUnit);
}

/** Agents that own what is wanted by agents that own what is wanted, and so on; and that. */
function worthwhile(
  everybody: readonly Trader[],
  supplies: Bundle,
): { readonly traders: readonly Trader[]; readonly valued: ReadonlySet<string> } {
  let traders = everybody;
  for (;;) {
    const valued = new Set(
      traders.flatMap(({ shape }) => shape.weights.map(([good]) => good)).filter((good) => (supplies[good] ?? 0) > 0),
    );
    const left = traders.filter(({ endowment }) =>
      Object.entries(endowment).some(([good, quantity]) => quantity > 0 && valued.has(good)),
    );
    if (left.length === traders.length) return { traders, valued };
    traders = left;
  }
}

/** Follows money: from agents to what they want, from goods to who has them. */
function circlesOf(traders: readonly Trader[], goods: readonly string[]): Pick<Economy, 'circles' | 'obstacle'> {
  const numberOf = new Map(goods.map((good, index) => [good, traders.length + index]));
  const edges = [
    ...traders.map(({ shape }) => shape.weights.map(([good]) => numberOf.get(good) as number)),
    ...goods.map((good) => traders.flatMap(({ endowment }, index) => ((endowment[good] ?? 0) > 0 ? [index] : []))),
  ];
  const parts = connectedParts(edges);
  const partOf = (good: string): number => parts[numberOf.get(good) as number] as number;
  const circles: { goods: string[]; traders: Trader[] }[] = [];
  const circleOf = (part: number): { goods: string[]; traders: Trader[] } => {
    circles[part] ??= { goods: [], traders: [] };
    return circles[part] as { goods: string[]; traders: Trader[] };
  };
  for (const good of goods) circleOf(partOf(good)).goods.push(good);
  for (const [index, trader] of traders.entries()) {
    const part = parts[index] as number;
    circleOf(part).traders.push(trader);
    const leak = trader.shape.weights.find(([good]) => partOf(good) !== part);
    const own = trader.shape.weights.some(([good]) => partOf(good) === part);
    if (leak && (trader.shape.rho < linearFrom || !own)) return { circles: [], obstacle: noReturn(trader, leak[0]) };
  }
  const buyerOf = (good: string): Trader =>
    traders.find(({ shape }) => shape.weights.some(([wanted]) => wanted === good)) as Trader;
  for (const good of goods) {
    const leaks = traders.some(({ endowment }, index) => (endowment[good] ?? 0) > 0 && parts[index] !== partOf(good));
    if (leaks) return { circles: [], obstacle: noReturn(buyerOf(good), good) };
  }
  return { circles, obstacle: undefined };
}

function noReturn({ shape }: Trader, good: string): Obstacle {
  const reason =
    `the economy is not connected: what is paid for ${quote(good)} never comes back to those who pay it, ` +
    'so that its price would have to be 0, and then more than all of it would be wanted';
  return { status: shape.rho === Number.NEGATIVE_INFINITY ? 'not-found' : 'no-equilibrium', reason };
}

/** A circle in numbers: 1 of each good, agents and goods in order. */
export function numberCircle({ goods, traders }: TradingCircle, supplies: Bundle): ExchangeMarket {
  const n = goods.length;
  const numberOf = new Map(goods.map((good, index) => [good, index]));
  const weights = traders.map(({ shape }) =>
    shape.weights
      .flatMap(([good, weight]) => {
        const number = numberOf.get(good);
        return number === undefined ? [] : [{ number, log: Math.log(weight) }];
      })
      .sort((a, b) => a.number - b.number),
  );
  const starts = new Int32Array(traders.length + 1);
  weights.forEach((own, index) => {
    starts[index + 1] = (starts[index] as number) + own.length;
  });
  const ownership = new Float64Array(traders.length * n);
  traders.forEach(({ endowment }, index) => {
    goods.forEach((good, j) => {
      ownership[index * n + j] = (endowment[good] ?? 0) / (supplies[good] as number);
    });
  });
  return {
    goodCount: n,
    budgets: new Float64Array(traders.length).fill(1 / traders.length),
    starts,
    goods: Int32Array.from(weights.flat(), ({ number }) => number),
    logWeights: Float64Array.from(
      weights.flatMap((own, index) => {
        const { rho } = (traders[index] as Trader).shape;
        const most = own.reduce((largest, { log }) => Math.max(largest, log), -Infinity);
        const sum = own.reduce((before, { log }) => before + Math.exp(log - most), 0);
        const exponent = rho === Number.NEGATIVE_INFINITY ? -1 : rho;
        return own.map(
          ({ number, log }) =>
            log -
            most -
            (rho === 0 ? Math.log(sum) : 0) +
            exponent * Math.log(supplies[goods[number] as string] as number),
        );
      }),
    ),
    rho: Float64Array.from(traders, ({ shape }) => shape.rho),
    keepsMoney: new Uint8Array(traders.length),
    ownership,
  };
}
