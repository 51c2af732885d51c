/** What the units are worth in the best of all ways to share them out. */
export function bestUnitShare(values: Readonly<Record<string, readonly number[]>>, units: number): number {
  const marginals = Object.values(values);
  const from = (agent: number, left: number): number => {
    const own = marginals[agent];
    if (own === undefined) return 0;
    let best = from(agent + 1, left);
    let worth = 0;
    for (const [index, value] of own.slice(0, left).entries()) {
      worth += value;
      best = Math.max(best, worth + from(agent + 1, left - index - 1));
    }
    return best;
  };
  return from(0, units);
}
