import { linearFrom, type Spending } from './spending.ts';

/** What a share of spending is at least taken for when agents start from it anew, as a logarithm. */
const forgotten = -40;

/**
 * Lets linear agents start from what they spend now and shift it towards better goods more sharply: one round of the exponential method of
 * multipliers. `from` is how sharply they shifted it before, 0 at the beginning.
 */
export function sharpen(spending: Spending, logPrices: Float64Array, from: number, to: number): void {
  const { market } = spending;
  const { starts, goods, logWeights, rho, budgets } = market;
  const { base, curvature, keepingBase } = spending;
  for (let i = 0; i < budgets.length; i++) {
    if ((rho[i] as number) < linearFrom) continue;
    const [begin, end] = [starts[i] as number, starts[i + 1] as number];
    let most = from === 0 ? 0 : (keepingBase[i] as number);
    if (from > 0) {
      for (let k = begin; k < end; k++)
        most = Math.max(most, (base[k] as number) - from * (logPrices[goods[k] as number] as number));
    }
    for (let k = begin; k < end; k++) {
      const share = from === 0 ? 0 : (base[k] as number) - from * (logPrices[goods[k] as number] as number) - most;
      base[k] = Math.max(share, forgotten) + to * (logWeights[k] as number);
    }
    if (keepingBase[i] !== -Infinity) keepingBase[i] = Math.max((keepingBase[i] as number) - most, forgotten);
    curvature[i] = to;
  }
}

/** What linear agents could gain by spending on their favourite goods only, as a part of all money. */
export function spendingRegret(spending: Spending, logPrices: Float64Array): number {
  const { market } = spending;
  const { starts, goods, logWeights, rho, budgets, keepsMoney } = market;
  let regret = 0;
  for (let i = 0; i < budgets.length; i++) {
    if ((rho[i] as number) < linearFrom) continue;
    let best = keepsMoney[i] ? 0 : -Infinity;
    const [begin, end] = [starts[i] as number, starts[i + 1] as number];
    for (let k = begin; k < end; k++)
      best = Math.max(best, (logWeights[k] as number) - (logPrices[goods[k] as number] as number));
    if (keepsMoney[i]) regret += (spending.kept[i] as number) * -Math.expm1(-best);
    for (let k = begin; k < end; k++) {
      const money = spending.spent[k] as number;
      if (money > 0)
        regret -= money * Math.expm1((logWeights[k] as number) - (logPrices[goods[k] as number] as number) - best);
    }
  }
  return regret;
}
