/** The lowest of the prices that earn most from buyers who pay up to these values; `otherwise` where there are none. */
export function bestSinglePrice(values: readonly number[], otherwise: number): number {
  const descending = Float64Array.from(values).sort().reverse();
  let best = otherwise;
  let revenue = 0;
  descending.forEach((price, index) => {
    if (price * (index + 1) < revenue) return;
    best = price;
    revenue = price * (index + 1);
  });
  return best;
}
