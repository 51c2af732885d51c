import { CentralPath } from './central-path.ts';
import type { FisherMarket, FisherSolution, SolverOptions } from './fisher-market.ts';
import { finishLinear } from './linear-finish.ts';

const gentlest = 16;
const sharpening = 4;
const sharpest = 1e6;
/** When agents regret no more than this part of all money, their favourite goods are taken for the ones they will have. */
const nearEnough = 1e-6;
/** Only goods within so many times the inverse of the sharpness of an agent's best are looked at. */
const margin = 8;
/** Goods that were not looked at are looked at again, so many times. */
const attempts = 20;

/** The exact equilibrium of a market of linear and quasi-linear agents; nothing where rounding keeps it from being found. */
export function solveLinear(market: FisherMarket, options: SolverOptions): Omit<FisherSolution, 'method'> | undefined {
  let narrow: Narrowed = { market, entries: undefined };
  let path = new CentralPath(market, options);
  let sharpness = gentlest;
  path.sharpen(0, sharpness);
  for (;;) {
    path.descend(0, 0.03);
    if (path.exhausted()) return undefined;
    if (path.regret() <= nearEnough || sharpness >= sharpest) break;
    path.sharpen(sharpness, sharpness * sharpening);
    sharpness *= sharpening;
    const kept = nearBest(narrow.market, path.logPrices, margin / sharpness);
    narrow = narrowed(market, compose(narrow.entries, kept));
    path = path.narrowed(narrow.market, kept);
  }
  return finish(market, narrow, path);
}

/** Finishes among the goods that are looked at, and adds others until none that is left out is better. */
function finish(market: FisherMarket, start: Narrowed, path: CentralPath): Omit<FisherSolution, 'method'> | undefined {
  let narrow = start;
  let [logPrices, spent] = [path.logPrices, path.spending.spent];
  let { iterations } = path;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const limit = 500 + 2 * (market.goodCount + market.budgets.length);
    const found = finishLinear(narrow.market, logPrices, spent, limit);
    if (!found) return undefined;
    iterations += found.iterations;
    logPrices = found.prices.map(Math.log);
    const { entries } = narrow;
    if (entries === undefined) return { ...found, iterations };
    const money = new Float64Array(market.logWeights.length);
    const quantities = new Float64Array(market.logWeights.length);
    entries.forEach((entry, k) => {
      quantities[entry] = found.quantities[k] as number;
      money[entry] = (found.quantities[k] as number) * (found.prices[market.goods[entry] as number] as number);
    });
    if (nobodyMissesOut(market, narrow.market, logPrices)) return { prices: found.prices, quantities, iterations };
    const wider = new Set(entries);
    for (const entry of nearBest(market, logPrices, 1e-3)) wider.add(entry);
    const sorted = Int32Array.from(wider).sort();
    narrow = narrowed(market, sorted);
    spent = Float64Array.from(sorted, (entry) => money[entry] as number);
  }
  return undefined;
}

/** A market in which some goods are out of sight of some agents; `entries` are those of the whole market that are left. */
interface Narrowed {
  readonly market: FisherMarket;
  readonly entries: Int32Array | undefined;
}

function narrowed(market: FisherMarket, entries: Int32Array): Narrowed {
  const { starts, goods, logWeights, budgets } = market;
  const kept = new Int32Array(budgets.length + 1);
  let next = 0;
  for (let i = 0; i < budgets.length; i++) {
    while (next < entries.length && (entries[next] as number) < (starts[i + 1] as number)) next += 1;
    kept[i + 1] = next;
  }
  return {
    market: {
      ...market,
      starts: kept,
      goods: Int32Array.from(entries, (entry) => goods[entry] as number),
      logWeights: Float64Array.from(entries, (entry) => logWeights[entry] as number),
    },
    entries,
  };
}

function compose(outer: Int32Array | undefined, inner: Int32Array): Int32Array {
  return outer === undefined ? inner : inner.map((entry) => outer[entry] as number);
}

/** Entries whose weight per price is within a distance of the agent's best, as a logarithm, or of the best that anybody has of that good. */
function nearBest(market: FisherMarket, logPrices: Float64Array, distance: number): Int32Array {
  const { starts, goods, logWeights, budgets, goodCount } = market;
  const best = bestRates(market, logPrices);
  const nearest = new Float64Array(goodCount).fill(Infinity);
  const away = new Float64Array(logWeights.length);
  for (let i = 0; i < budgets.length; i++) {
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const good = goods[k] as number;
      const distanceOf = (best[i] as number) - (logWeights[k] as number) + (logPrices[good] as number);
      away[k] = distanceOf;
      if (distanceOf < (nearest[good] as number)) nearest[good] = distanceOf;
    }
  }
  const found = new Int32Array(logWeights.length);
  let count = 0;
  away.forEach((distanceOf, k) => {
    if (distanceOf <= distance || distanceOf <= (nearest[goods[k] as number] as number) + distance) found[count++] = k;
  });
  return found.slice(0, count);
}

function bestRates(
  { starts, goods, logWeights, budgets, keepsMoney }: FisherMarket,
  logPrices: Float64Array,
): Float64Array {
  const best = new Float64Array(budgets.length);
  for (let i = 0; i < budgets.length; i++) {
    let most = keepsMoney[i] ? 0 : -Infinity;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++)
      most = Math.max(most, (logWeights[k] as number) - (logPrices[goods[k] as number] as number));
    best[i] = most;
  }
  return best;
}

function nobodyMissesOut(whole: FisherMarket, narrow: FisherMarket, logPrices: Float64Array): boolean {
  const seen = bestRates(narrow, logPrices);
  return bestRates(whole, logPrices).every((best, i) => best <= (seen[i] as number) + 1e-13);
}
