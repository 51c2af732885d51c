/* What call markets must come to, found unit by unit from definitions, without anything that the package uses. */

/** One unit that somebody would buy or sell. */
export interface Unit {
  readonly agent: string;
  readonly side: 'buy' | 'sell';
  readonly price: number;
}

/** The largest gains from trade: the best sum for every balance of buying and selling. */
export function bestGains(units: readonly Unit[]): number {
  let best = new Map([[0, 0]]);
  for (const { side, price } of units) {
    const next = new Map(best);
    for (const [balance, gains] of best) {
      const to = balance + (side === 'buy' ? 1 : -1);
      next.set(to, Math.max(next.get(to) ?? Number.NEGATIVE_INFINITY, gains + (side === 'buy' ? price : -price)));
    }
    best = next;
  }
  return best.get(0) as number;
}

/** How many units are wanted or offered by those for whom it holds. */
function count(units: readonly Unit[], side: Unit['side'], holds: (price: number) => boolean): number {
  return units.filter((unit) => unit.side === side && holds(unit.price)).length;
}

/**
 * The prices at which the market clears, among those of orders, and the most units that can change hands: at a price, whoever gains trades,
 * who neither gains nor loses may.
 */
export function clearingOf(units: readonly Unit[]): { interval: [number, number] | null; traded: number } {
  const prices = [...new Set(units.map(({ price }) => price))].sort((a, b) => a - b);
  const clearing = prices.filter((price) => {
    const least = Math.max(
      count(units, 'buy', (own) => own > price),
      count(units, 'sell', (own) => own < price),
    );
    return least <= tradedAt(units, price);
  });
  const traded = Math.max(0, ...clearing.map((price) => tradedAt(units, price)));
  if (traded === 0) return { interval: null, traded };
  const most = clearing.filter((price) => tradedAt(units, price) === traded);
  return { interval: [Math.min(...most), Math.max(...most)], traded };
}

function tradedAt(units: readonly Unit[], price: number): number {
  return Math.min(
    count(units, 'buy', (own) => own >= price),
    count(units, 'sell', (own) => own <= price),
  );
}

/** Bids from the highest and asks from the lowest, and how many pairs gain or break even: McAfee's b, s and k. */
export function ladder(units: readonly Unit[]): { b: number[]; s: number[]; k: number } {
  const b = units.flatMap(({ side, price }) => (side === 'buy' ? [price] : [])).sort((one, two) => two - one);
  const s = units.flatMap(({ side, price }) => (side === 'sell' ? [price] : [])).sort((one, two) => one - two);
  let k = 0;
  while (k < b.length && k < s.length && (b[k] as number) >= (s[k] as number)) k += 1;
  return { b, s, k };
}
