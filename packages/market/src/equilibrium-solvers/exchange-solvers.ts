import { stationaryDistribution } from '@mechane/numerics';
import { closedForm } from './closed-form.ts';
import { type ExchangeMarket, type ExchangePoint, followExchange } from './exchange-path.ts';

/** An equilibrium of an economy in which everybody can trade with everybody, if only through others. */
export function solveExchange(
  market: ExchangeMarket,
  maxIterations: number,
  signal: { readonly aborted: boolean } | undefined,
): ExchangePoint & { readonly method: string } {
  const options = { maxIterations, tolerance: 0 };
  if (market.budgets.length === 1) {
    market.budgets[0] = 1;
    return closedForm.solve(market, options);
  }
  if (market.rho.every((rho) => rho === 0)) {
    const worth = circulate(market);
    const { budgets, ownership, goodCount } = market;
    for (let i = 0; i < budgets.length; i++) {
      budgets[i] = worth.reduce((sum, value, j) => sum + value * (ownership[i * goodCount + j] as number), 0);
    }
    return closedForm.solve(market, options);
  }
  return { ...followExchange(market, maxIterations, signal), method: 'homotopy' };
}

/** What each good is worth when money goes round among Cobb–Douglas agents. */
function circulate({ goodCount: n, budgets, ownership, starts, goods, logWeights }: ExchangeMarket): Float64Array {
  const flows = new Float64Array(n * n);
  for (let i = 0; i < budgets.length; i++) {
    for (let owned = 0; owned < n; owned++) {
      const part = ownership[i * n + owned] as number;
      if (part === 0) continue;
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
        const at = owned * n + (goods[k] as number);
        flows[at] = (flows[at] as number) + part * Math.exp(logWeights[k] as number);
      }
    }
  }
  return stationaryDistribution(flows, n);
}
