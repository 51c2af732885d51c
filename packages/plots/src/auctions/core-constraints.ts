import type { PackageAuction, PackageBid } from './package-auction.ts';

/** All points whose product with `normal` is at least `least`. */
export interface Halfplane {
  readonly normal: readonly number[];
  readonly least: number;
}

const mostBidders = 10;

/**
 * What the winners have to pay together so that no coalition of bidders would do better with the seller alone: for each coalition, the winners
 * outside of it pay at least what its best selection is worth beyond what its own members won. `undefined` where coalitions are too many.
 */
export function coreConstraints(auction: PackageAuction, winners: readonly string[]): readonly Halfplane[] | undefined {
  const bidders = Object.keys(auction.bids);
  if (bidders.length > mostBidders) return undefined;
  return Array.from({ length: 2 ** bidders.length }, (_, subset) => {
    const coalition = bidders.filter((_, place) => (subset >> place) & 1);
    const kept = winners
      .filter((agent) => coalition.includes(agent))
      .reduce((sum, agent) => sum + (auction.values[agent] ?? 0), 0);
    const normal = winners.map((agent) => (coalition.includes(agent) ? 0 : 1));
    return {
      normal,
      least:
        bestWelfare(
          coalition.map((agent) => auction.bids[agent] ?? []),
          auction.goods,
        ) - kept,
    };
  }).filter(({ normal, least }) => least > 0 && normal.some((each) => each !== 0));
}

/** The best that bidders can have together, one bid each, with one of each good. */
function bestWelfare(bids: readonly (readonly PackageBid[])[], goods: readonly string[]): number {
  const [first, ...others] = bids;
  if (first === undefined) return 0;
  const without = bestWelfare(others, goods);
  return first.reduce((best, { bundle, value }) => {
    if (!bundle.every((good) => goods.includes(good))) return best;
    const left = goods.filter((good) => !bundle.includes(good));
    return Math.max(best, value + bestWelfare(others, left));
  }, without);
}

/** What of a convex polygon lies in all half-planes (Sutherland and Hodgman 1974). */
export function insideOf(
  polygon: readonly (readonly number[])[],
  halfplanes: readonly Halfplane[],
): readonly (readonly number[])[] {
  return halfplanes.reduce((corners, { normal, least }) => {
    const excess = (corner: readonly number[]): number =>
      normal.reduce((sum, each, axis) => sum + each * (corner[axis] ?? 0), -least);
    return corners.flatMap((corner, place) => {
      const next = corners[(place + 1) % corners.length] as readonly number[];
      const [here, there] = [excess(corner), excess(next)];
      const kept = here >= -1e-9 ? [corner] : [];
      if (here * there >= 0 || Math.abs(here) < 1e-9 || Math.abs(there) < 1e-9) return kept;
      const share = here / (here - there);
      return [...kept, corner.map((value, axis) => value + share * ((next[axis] ?? 0) - value))];
    });
  }, polygon);
}
