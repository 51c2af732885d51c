import type { Random } from '@mechane/core';
import { tooFewBids } from '../errors.ts';
import { type DrawnBid, numbered, type PackageScenario, packageScenario } from './package-scenario.ts';
import { UndominatedBids } from './undominated.ts';

/** Draws the bids of one bidder; none where the bidder wants nothing. */
export type DrawBidder = () => readonly DrawnBid[];

/** Draws without a new bid, and draws for a bid on average, after which a distribution is taken to have no more to give. */
const patience = 2_000;
const drawsForABid = 100;

interface Wanted {
  readonly goods: number;
  readonly bids: number;
  readonly removeDominated: boolean;
  readonly mechanism: string;
}

/**
 * An instance with exactly as many bids as are wanted: bidders are drawn one by one, and the last keeps the first of its bids. Goods are
 * called by their numbers.
 *
 * @throws `too-few-bids` when nearly all that is drawn is dominated.
 */
export function collectBids(
  settings: Wanted,
  random: Random,
  distribution: (random: Random) => DrawBidder,
): PackageScenario {
  const { goods, bids, removeDominated, mechanism } = settings;
  const draw = distribution(random);
  const bidders = removeDominated ? undominated(draw, goods, bids) : firstBids(draw, bids);
  const names = Array.from({ length: goods }, (_, good) => String(good));
  return packageScenario(mechanism, names, numbered(bidders));
}

function firstBids(draw: DrawBidder, wanted: number): readonly (readonly DrawnBid[])[] {
  const bidders: (readonly DrawnBid[])[] = [];
  let drawn = 0;
  for (let idle = 0; drawn < wanted; idle++) {
    if (idle > patience) throw tooFewBids(wanted, drawn);
    const bids = draw().slice(0, wanted - drawn);
    if (bids.length === 0) continue;
    bidders.push(bids);
    drawn += bids.length;
    idle = 0;
  }
  return bidders;
}

function undominated(draw: DrawBidder, goods: number, wanted: number): readonly (readonly DrawnBid[])[] {
  const kept = new UndominatedBids(goods);
  let most = 0;
  let idle = 0;
  for (let draws = 0; kept.size < wanted; draws++) {
    if (idle > patience || draws > patience + drawsForABid * wanted) throw tooFewBids(wanted, most);
    kept.add(draw().slice(0, wanted - kept.size));
    idle = kept.size > most ? 0 : idle + 1;
    most = Math.max(most, kept.size);
  }
  return kept.bidders();
}
