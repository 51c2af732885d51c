/** What the units are worth in the best of all ways to share them out, the seller keeping those it values more. */
export function bestUnitShare(
  bids: Readonly<Record<string, readonly number[]>>,
  units: number,
  reserve: number,
): number {
  const marginals = Object.values(bids);
  const from = (agent: number, left: number): number => {
    const marginal = marginals[agent];
    if (marginal === undefined) return left * reserve;
    let best = from(agent + 1, left);
    let worth = 0;
    for (const [index, bid] of marginal.slice(0, left).entries()) {
      worth += bid;
      best = Math.max(best, worth + from(agent + 1, left - index - 1));
    }
    return best;
  };
  // The seller's own value of what is left is nothing when there is no reserve.
  return from(0, units);
}

/** What the positions are worth in the best of all ways to fill them, the seller keeping those it values more. */
export function bestClickShare(
  bids: Readonly<Record<string, number>>,
  rates: readonly number[],
  reserve: number,
): number {
  const from = (position: number, free: readonly number[]): number => {
    const clicks = rates[position];
    if (clicks === undefined) return 0;
    let best = clicks * reserve + from(position + 1, free);
    for (const [index, bid] of free.entries()) {
      const others = free.filter((_, other) => other !== index);
      best = Math.max(best, clicks * bid + from(position + 1, others));
    }
    return best;
  };
  return from(0, Object.values(bids));
}

/**
 * Ironed virtual values by brute force: the revenue of selling to the best q samples, raised at each q to the highest chord over
 * it, and then its slope at each sample.
 */
export function ironedBySearch(samples: readonly number[]): ReadonlyMap<number, number> {
  const falling = [...samples].sort((a, b) => b - a);
  // Between two equal samples a lottery over both counts as a price too, so a point there may only lie below the chord.
  const revenue = [0, ...falling.map((price, index) => price * (index + 1))];
  const corners = revenue.map((_, q) => q === 0 || falling[q] !== falling[q - 1]);
  const hull = revenue.map((own, q) => {
    let highest = corners[q] ? own : Number.NEGATIVE_INFINITY;
    for (let left = 0; left < q; left++) {
      for (let right = q + 1; right < revenue.length; right++) {
        if (!corners[left] || !corners[right]) continue;
        const [low = 0, high = 0] = [revenue[left], revenue[right]];
        highest = Math.max(highest, low + ((high - low) * (q - left)) / (right - left));
      }
    }
    return highest;
  });
  return new Map(falling.map((value, index) => [value, (hull[index + 1] ?? 0) - (hull[index] ?? 0)]));
}
