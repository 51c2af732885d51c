import { seededRandom } from '@mechane/core';
import { onGrid } from '../bidders/bidder.ts';
import { rivalRanksOf } from './rival-ranks.ts';
import { RivalRows } from './rival-rows.ts';
import type { Seat } from './round-play.ts';
import type { Settled } from './settled.ts';
import type { Stage } from './stage.ts';
import type { Valuation } from './valuation.ts';

/**
 * Rows by rivals for a stage, where all choose from the same bids and what comes of an agent's seems to depend on few of the others';
 * `undefined` where not. `settle` says what comes of a profile of bids.
 */
export function rivalRowsFor(
  stage: Stage,
  seats: readonly Seat[],
  valuation: Valuation,
  settle: (chosen: Int32Array) => Settled,
): RivalRows | undefined {
  const grids = seats.map(({ bidder }) => (onGrid(bidder) ? bidder.grid : undefined));
  const [grid] = grids;
  const { tieOrder } = stage;
  if (seats.length < 2 || grid === undefined || tieOrder === undefined || !valuation.isQuasilinear) return undefined;
  const isShared = grids.every((other) => other?.length === grid.length && other.every((bid, at) => bid === grid[at]));
  if (!isShared) return undefined;
  const ranked = [...seats.keys()].sort((a, b) => tieOrder((seats[a] as Seat).agent, (seats[b] as Seat).agent));
  const order = new Int32Array(seats.length);
  for (const [place, seat] of ranked.entries()) order[seat] = place;
  const names = seats.map(({ values: { lowest, highest }, reportOf }) =>
    JSON.stringify([lowest, highest, reportOf(1)]),
  );
  const kinds = Int32Array.from(names, (name) => names.indexOf(name));
  const alike = (seat: number, profile: Int32Array, other: number, changed: Int32Array): boolean => {
    const own = valuation.broughtBy(seat, settle(profile));
    const theirs = valuation.broughtBy(other, settle(changed));
    if (stage.drew || !own || !theirs || own.traded !== theirs.traded) return false;
    const isNear = (of: 'intercept' | 'slope' | 'paid'): boolean => valuation.near(own[of], theirs[of]);
    return isNear('intercept') && isNear('slope') && isNear('paid');
  };
  // What is tried does not depend on the run: the same mechanism is always found to be the same.
  const ranks = rivalRanksOf({ bids: grid.length, order, kinds, alike }, seededRandom(1));
  return ranks && new RivalRows(ranks, grid.length, order, kinds);
}
