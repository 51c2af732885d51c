import type { ExchangeMarket } from './equilibrium-solvers/exchange-path.ts';
import type { Trader } from './exchange-agents.ts';
import type { TradingCircle } from './trading-circles.ts';
import type { Bundle } from './utility/utility.ts';

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
