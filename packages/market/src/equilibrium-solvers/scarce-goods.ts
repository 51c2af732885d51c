/*
 * Fisher markets of Leontief agents, in which most goods are free when there are many: nearly as many levels of utility as agents can be
 * limited by far fewer goods. So the program is solved for the goods that look scarce, the limits on the others left out; those of which
 * more is then used than there is are added, until there are none. What is left out is no approximation: at the end all limits hold, and
 * goods without a price are those that are not used up.
 */
import { CentralPath } from './central-path.ts';
import type { FisherMarket, FisherSolution, SolverOptions } from './fisher-market.ts';

/** Below this number of goods there is nothing to be saved. */
const worthwhile = 32;
/** What is scarce shows after so many rounds of tâtonnement, in which each good's price becomes what is spent on it. */
const soundings = 6;
const rounds = 30;
/** Use above supply, as a part of it, that is rounding. */
const rounding = 1e-11;
/** Until no good is missing, the program is solved so far only. */
const roughBarrier = 1e-4;
const roughly = 1e-3;
const shrink = 0.03;

/** The equilibrium of a market of Leontief agents, or nothing where numbers are out of reach or few goods are left out. */
export function solveScarce(market: FisherMarket, options: SolverOptions): Omit<FisherSolution, 'method'> | undefined {
  const { goodCount, budgets, starts, goods } = market;
  if (goodCount < worthwhile) return undefined;
  const needs = market.logWeights.map(Math.exp);
  for (const need of needs) if (!(need > 0 && need < Infinity)) return undefined;
  const levels = new Float64Array(budgets.length);
  const prices = new Float64Array(goodCount).fill(1 / goodCount);
  for (let round = 0; round < soundings; round++) {
    const used = use(market, needs, prices, levels);
    for (let j = 0; j < goodCount; j++) prices[j] = (prices[j] as number) * (used[j] as number);
  }
  const scarce = looksScarce(market, needs, prices);
  let iterations = soundings;
  for (let round = 0; round < rounds; round++) {
    const { narrow, entries, kept } = restricted(market, scarce);
    if (kept.length > goodCount / 2) return undefined;
    const path = new CentralPath(narrow, { ...options, maxIterations: options.maxIterations - iterations });
    const missing = approach(path, (tolerance) =>
      overused(use(market, needs, spread(path.prices, kept, prices), levels), scarce, tolerance),
    );
    iterations += path.iterations;
    for (const good of missing) scarce[good] = 1;
    if (missing.length > 0 && !path.exhausted()) continue;
    const found = path.solution();
    const quantities = new Float64Array(goods.length);
    for (let i = 0; i < budgets.length; i++) {
      for (let k = starts[i] as number; k < (starts[i + 1] as number); k++)
        quantities[k] = (needs[k] as number) * (levels[i] as number);
    }
    entries.forEach((entry, k) => {
      quantities[entry] = found.quantities[k] as number;
    });
    return { prices: spread(found.prices, kept, prices), quantities, iterations };
  }
  return undefined;
}

/** Goes to the equilibrium of some goods, unless it shows on the way, or at the end, that others are missing. */
function approach(path: CentralPath, missingAbove: (tolerance: number) => readonly number[]): readonly number[] {
  const n = path.prices.length;
  let sounded = false;
  for (let barrier = 0.1 / n; barrier > path.lastBarrier && !path.exhausted(); barrier *= shrink) {
    path.descend(barrier, 1, true);
    if (sounded || barrier > roughBarrier / n) continue;
    sounded = true;
    const missing = missingAbove(roughly);
    if (missing.length > 0) return missing;
  }
  path.descend(path.lastBarrier, 1e-12);
  return missingAbove(rounding);
}

/** Marks the goods that cost most, and for every agent one that it needs. */
function looksScarce(
  { budgets, starts, goods, goodCount }: FisherMarket,
  needs: Float64Array,
  prices: Float64Array,
): Uint8Array {
  const scarce = new Uint8Array(goodCount);
  const dearest = Array.from(prices.keys()).sort((a, b) => (prices[b] as number) - (prices[a] as number));
  for (const good of dearest.slice(0, Math.ceil(2 * Math.sqrt(goodCount)))) scarce[good] = 1;
  for (let i = 0; i < budgets.length; i++) {
    let [most, best] = [-1, 0];
    let covered = false;
    for (let k = starts[i] as number; k < (starts[i + 1] as number) && !covered; k++) {
      const good = goods[k] as number;
      covered = scarce[good] === 1;
      const cost = (needs[k] as number) * (prices[good] as number);
      if (cost > most) [most, best] = [cost, good];
    }
    if (!covered) scarce[best] = 1;
  }
  return scarce;
}

/** The market of these goods only; `entries` are those of the whole market that are left, `kept` the goods. */
function restricted(
  market: FisherMarket,
  scarce: Uint8Array,
): { narrow: FisherMarket; entries: Int32Array; kept: Int32Array } {
  const { goodCount, budgets, starts, goods, logWeights } = market;
  const numberOf = new Int32Array(goodCount);
  const kept = new Int32Array(scarce.reduce((sum, marked) => sum + marked, 0));
  for (let j = 0, number = 0; j < goodCount; j++) {
    if (!scarce[j]) continue;
    kept[number] = j;
    numberOf[j] = number++;
  }
  const found = new Int32Array(goods.length);
  const narrowStarts = new Int32Array(budgets.length + 1);
  let next = 0;
  for (let i = 0; i < budgets.length; i++) {
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++)
      if (scarce[goods[k] as number]) found[next++] = k;
    narrowStarts[i + 1] = next;
  }
  const entries = found.slice(0, next);
  const narrow = {
    ...market,
    goodCount: kept.length,
    starts: narrowStarts,
    goods: entries.map((entry) => numberOf[goods[entry] as number] as number),
    logWeights: Float64Array.from(entries, (entry) => logWeights[entry] as number),
  };
  return { narrow, entries, kept };
}

/** Sets the prices of all goods: those of the goods that were kept, and 0. */
function spread(narrow: Float64Array, kept: Int32Array, prices: Float64Array): Float64Array {
  prices.fill(0);
  kept.forEach((good, j) => {
    prices[good] = narrow[j] as number;
  });
  return prices;
}

/** How much of each good is used at these prices; sets the agents' levels of utility. */
function use(
  { goodCount, budgets, starts, goods }: FisherMarket,
  needs: Float64Array,
  prices: Float64Array,
  levels: Float64Array,
): Float64Array {
  const used = new Float64Array(goodCount);
  for (let i = 0; i < budgets.length; i++) {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    let cost = 0;
    for (let k = from; k < to; k++) cost += (needs[k] as number) * (prices[goods[k] as number] as number);
    const level = (budgets[i] as number) / cost;
    levels[i] = level;
    for (let k = from; k < to; k++) {
      const good = goods[k] as number;
      used[good] = (used[good] as number) + (needs[k] as number) * level;
    }
  }
  return used;
}

/** The goods left out of which most is missing: no more of them than are in already. */
function overused(used: Float64Array, scarce: Uint8Array, tolerance: number): readonly number[] {
  const limit = Math.max(8, scarce.reduce((sum, marked) => sum + marked, 0) / 2);
  return Array.from(used.keys())
    .filter((j) => !scarce[j] && !((used[j] as number) <= 1 + tolerance))
    .sort((a, b) => (used[b] as number) - (used[a] as number))
    .slice(0, limit);
}
