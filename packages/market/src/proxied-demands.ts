import type { CalledGoods, Holding } from './called-goods.ts';
import type { ExchangeReport } from './exchange-agents.ts';
import { demand, quantitiesBought } from './utility/demand.ts';
import { type Bundle, type Shape, shapeOf } from './utility/utility.ts';

/** What an agent would hold in the end at the prices called. */
export function wantedBy({ endowment, utility }: ExchangeReport, prices: Bundle): Record<string, number> {
  if (!Object.values(endowment).some((has) => has > 0)) return {};
  const income = Object.entries(endowment).reduce((sum, [good, has]) => sum + has * (prices[good] ?? 0), 0);
  const held = demand(utility, prices, income);
  for (const good in held) held[good] = Math.min(held[good] as number, Number.MAX_VALUE);
  return held;
}

/** An agent that wants something, and the goods that it wants by their numbers. */
interface Buyer {
  readonly shape: Shape;
  readonly goods: readonly number[];
  readonly weights: readonly number[];
  readonly holding: Holding;
}

/** What all agents together want at prices: as {@link wantedBy} says of each, without a bundle for everybody at every call. */
export class ProxiedDemands {
  readonly #called: CalledGoods;
  readonly #buyers: readonly Buyer[];

  constructor(called: CalledGoods, reports: Iterable<ExchangeReport>) {
    this.#called = called;
    this.#buyers = [...reports].flatMap(({ endowment, utility }, index) => {
      if (!Object.values(endowment).some((has) => has > 0)) return [];
      const shape = shapeOf(utility);
      const goods = shape.weights.map(([good]) => called.numberOf.get(good) as number);
      const weights = shape.weights.map(([, weight]) => weight);
      return [{ shape, goods, weights, holding: called.holdings[index] as Holding }];
    });
  }

  /** By how much demand exceeds supply. */
  excess(prices: readonly number[]): number[] {
    const sums = new Float64Array(prices.length);
    for (const { shape, goods, weights, holding } of this.#buyers) {
      let income = 0;
      for (const [good, quantity] of holding) income += quantity * (prices[good] as number);
      const own = goods.map((good) => prices[good] as number);
      const wanted = quantitiesBought(shape, weights, own, income);
      for (let index = 0; index < goods.length; index++)
        (sums[goods[index] as number] as number) += Math.min(wanted[index] as number, Number.MAX_VALUE);
    }
    return this.#called.excessOf(sums);
  }
}
